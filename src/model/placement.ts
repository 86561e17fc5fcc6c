/**
 * Whether the instances that must be there have room on the nodes that there can be: told before the run, for what
 * fits nowhere is pending for ever.
 *
 * Its own file because it looks at all services and pools at once. Only what is certain is told: sums and whole
 * instances a node, no packing. Checked by test/model/placement.test.ts.
 */
import type { BalancedModel, NodePoolModel, ServiceModel } from './contract.js';
import type { Findings } from './findings.js';
import type { PoolTaken } from './nodes.js';
import { chosen } from './place.js';
import { pathOf } from './replicas.js';
import type { ServiceTaken } from './services.js';

/** Room for rounding when fractions of vCPUs are added up. */
const tolerance = 1e-9;

interface Placed {
  readonly service: ServiceTaken;
  readonly model: ServiceModel;
  readonly dispatch: BalancedModel;
}

/** A service that no empty node can hold is an error; lower ends of `replicas` that never fit are warned of. */
export function checkPlacement(
  services: readonly (ServiceTaken | null)[],
  pools: readonly PoolTaken[],
  findings: Findings,
): void {
  const placed = services.flatMap((service): Placed[] => {
    const { model } = service ?? {};
    if (!service || !model || model.dispatch.kind !== 'balanced') return [];
    return model.dispatch.nodePools.length === 0 ? [] : [{ service, model, dispatch: model.dispatch }];
  });
  const homeless = placed.filter((each) => !fitsSomewhere(each, pools, findings));
  if (homeless.length > 0) return;
  const tooMany = placed.filter((each) => !hasSlots(each, pools, findings));
  if (tooMany.length === 0) checkTogether(placed, pools, findings);
}

function fitsSomewhere({ service, model, dispatch }: Placed, pools: readonly PoolTaken[], findings: Findings): boolean {
  const offers = dispatch.nodePools.map((index) => pools[index]!.model);
  if (offers.some((pool) => slotsOn(pool, model) > 0)) return true;
  const largest = offers.map(({ vCpu, memoryMb }) => `${vCpu} vCPU and ${Math.floor(memoryMb)}MB`).join(', ');
  const { origin } = service.size;
  const { platform } = service.place;
  findings.error({
    path: typeof origin === 'object' && 'path' in origin ? origin.path : ['platforms', platform.name],
    code: 'conflict',
    message:
      `lets ${model.name} ask for ${model.vCpuRequest} vCPU and ${model.memoryRequestMb}MB, ` +
      `and no node of ${platform.name} offers that: ${largest}`,
    hint: 'take larger nodes, or ask for less',
  });
  return false;
}

/** Instances of the service that an empty node of the pool holds. */
function slotsOn({ vCpu, memoryMb }: NodePoolModel, { vCpuRequest, memoryRequestMb }: ServiceModel): number {
  return Math.floor(Math.min((vCpu + tolerance) / vCpuRequest, (memoryMb + tolerance) / memoryRequestMb));
}

/** Instances of the service that all its nodes hold together, as many nodes as there may be. */
export function slotCount(model: ServiceModel, { nodePools }: BalancedModel, pools: readonly PoolTaken[]): number {
  return nodePools.reduce((sum, index) => {
    const pool = pools[index]!.model;
    return sum + pool.maxCount * slotsOn(pool, model);
  }, 0);
}

function hasSlots({ service, model, dispatch }: Placed, pools: readonly PoolTaken[], findings: Findings): boolean {
  const count = slotCount(model, dispatch, pools);
  if (dispatch.minCount <= count) return true;
  const { place } = service;
  const { name } = place.platform;
  findings.warn({
    path: chosen(place, 'replicas')?.path ?? pathOf(place),
    code: 'never-placed',
    message: `wants ${dispatch.minCount} instances of ${model.name}, and all nodes of ${name} hold ${count}`,
    hint: 'allow more nodes, or take larger ones; what fits nowhere is pending for ever',
  });
  return false;
}

/** The lower ends of all services together, against all that the nodes may ever offer. */
function checkTogether(placed: readonly Placed[], pools: readonly PoolTaken[], findings: Findings): void {
  const [first] = placed;
  if (!first) return;
  const used = new Set(placed.flatMap(({ dispatch }) => dispatch.nodePools));
  const offered = (amount: (pool: NodePoolModel) => number): number =>
    [...used].reduce((sum, index) => sum + amount(pools[index]!.model) * pools[index]!.model.maxCount, 0);
  const asked = (amount: (model: ServiceModel) => number): number =>
    placed.reduce((sum, { model, dispatch }) => sum + amount(model) * dispatch.minCount, 0);
  const vCpu = { asked: asked((each) => each.vCpuRequest), offered: offered((each) => each.vCpu) };
  const memoryMb = { asked: asked((each) => each.memoryRequestMb), offered: offered((each) => each.memoryMb) };
  const short = vCpu.asked > vCpu.offered + tolerance ? vCpu : memoryMb;
  if (short.asked <= short.offered + tolerance) return;
  const { platform } = first.service.place;
  const unit = short === vCpu ? ' vCPU' : 'MB';
  const print = (amount: number): string => `${Number(amount.toFixed(2))}${unit}`;
  findings.warn({
    path: ['platforms', platform.name, ...(platform.nodes ? ['nodes'] : [])],
    code: 'never-placed',
    message:
      `offers ${print(short.offered)} at most, ` +
      `and the fewest instances of all services request ${print(short.asked)}`,
    hint: 'allow more nodes, or take larger ones; what fits nowhere is pending for ever',
    part: 'key',
  });
}

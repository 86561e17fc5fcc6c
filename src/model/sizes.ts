/**
 * Need and choice: which size of instance a service takes on a platform.
 *
 * A need takes the smallest size sold that holds it; a choice outside what is sold is refused, naming the nearest two
 * that are. Where CPU follows memory a need of CPU plays no part. A dimension that nobody asks for counts as the
 * default
 * size's. Checked by test/model/sizes.test.ts over each provider's published sizes.
 */
import type { SizeRule, SoldSize } from '../platforms/contract.js';
import { chosen, needed, type Place, refuseMisplaced, type Written } from './place.js';
import { holds, nearestTwo, nearOnGrid, onGrid, same, vCpusNear } from './sizeGrid.js';
import { cited, type Origin, written } from './taken.js';

/** What an instance computes with and holds, and what the scheduler and scalers divide by. */
export interface SizeTaken {
  /** The provider's name of it; '' where sizes are free. */
  readonly name: string;
  readonly vCpu: number;
  readonly vCpuRequest: number;
  readonly memoryMb: number;
  readonly memoryRequestMb: number;
  readonly concurrencyDefault: number | null;
  readonly concurrencyLimit: number;
  readonly origin: Origin;
}

/** What a node offers to instances. */
export interface NodeOffer {
  readonly vCpu: number;
  readonly memoryMb: number;
}

interface Asked {
  readonly amount: number;
  readonly isChoice: boolean;
  readonly path: Written<unknown>['path'];
}

const noLimit = Number.POSITIVE_INFINITY;

/** Exactly, unlike what reports print: the reader will copy it. */
const printMemory = (mb: number): string =>
  mb >= 1024 && mb % 256 === 0 ? `${mb / 1024}GB` : `${Number(mb.toPrecision(12))}MB`;

/**
 * The size taken; null when what is asked for is not sold, which has then been reported.
 *
 * @param node what the largest node that may hold an instance offers; null where nodes are the provider's, or none are
 */
export function takeSize(place: Place, node: NodeOffer | null): SizeTaken | null {
  const rule = place.preset.sizes.value;
  if (rule.kind === 'free') return takeFree(place, rule, node);
  refuseLimits(place);
  if (rule.kind === 'memory-steps') return takeSteps(place, rule);
  return rule.kind === 'list' ? takeListed(place, rule) : takeFromGrid(place, rule);
}

function takeFree(place: Place, rule: Extract<SizeRule, { kind: 'free' }>, node: NodeOffer | null): SizeTaken | null {
  refuseMisplaced(place, ['class'], 'sizes are free there');
  const cpu = chosen(place, 'cpu') ?? needed(place, 'cpu');
  const memory = chosen(place, 'memory') ?? needed(place, 'memory');
  const origin = cpu ?? memory;
  const vCpuRequest = cpu?.value.requestVcpu ?? rule.defaultVCpu;
  const memoryRequestMb = memory?.value.requestMb ?? rule.defaultMemoryMb;
  return {
    name: '',
    vCpu: limitOf(place, cpu, cpu?.value.limitVcpu ?? rule.defaultVCpu, { request: vCpuRequest, offer: node?.vCpu }),
    vCpuRequest,
    memoryMb: limitOf(place, memory, memory?.value.limitMb ?? rule.defaultMemoryMb, {
      request: memoryRequestMb,
      offer: node?.memoryMb,
    }),
    memoryRequestMb,
    concurrencyDefault: null,
    concurrencyLimit: noLimit,
    origin: origin ? written(null, origin.path).origin : 'default',
  };
}

/** Without a limit an instance may take the whole of its node; where there is none, a need is what it requests. */
function limitOf(
  place: Place,
  asked: Written<unknown> | undefined,
  limit: number,
  { request, offer }: { readonly request: number; readonly offer: number | undefined },
): number {
  if (limit !== noLimit) return limit;
  if (offer !== undefined) return Math.max(request, offer);
  if (asked && asked.path[0] === 'platforms') {
    const message = `has no limit, and on ${place.preset.name} no node of yours bounds it`;
    place.findings.error({ path: asked.path, code: 'conflict', message, hint: 'write the limit, or one number' });
  }
  return request;
}

/** A size is bought whole: a choice of a request below the limit means nothing. */
function refuseLimits(place: Place): void {
  const cpu = chosen(place, 'cpu');
  const memory = chosen(place, 'memory');
  const message = `is sold in one size on ${place.preset.name}, without a request below the limit`;
  if (cpu && cpu.value.requestVcpu !== cpu.value.limitVcpu)
    place.findings.error({ path: cpu.path, code: 'conflict', message, hint: 'write one number' });
  if (memory && memory.value.requestMb !== memory.value.limitMb)
    place.findings.error({ path: memory.path, code: 'conflict', message, hint: 'write one size' });
}

/** CPU asked for: a choice as it stands, of a need its request. */
function askedVCpu(place: Place): Asked | null {
  const choice = chosen(place, 'cpu');
  if (choice) return { amount: choice.value.requestVcpu, isChoice: true, path: choice.path };
  const need = needed(place, 'cpu');
  return need ? { amount: need.value.requestVcpu, isChoice: false, path: need.path } : null;
}

/** Memory asked for: a process over its limit is killed, so of a need the limit counts. */
function askedMemory(place: Place): Asked | null {
  const choice = chosen(place, 'memory');
  if (choice) return { amount: choice.value.requestMb, isChoice: true, path: choice.path };
  const need = needed(place, 'memory');
  if (!need) return null;
  const { requestMb, limitMb } = need.value;
  return { amount: limitMb === noLimit ? requestMb : limitMb, isChoice: false, path: need.path };
}

function refuseChosenCpu(place: Place): void {
  const choice = chosen(place, 'cpu');
  if (!choice) return;
  const message = `is not sold on ${place.preset.name}: CPU follows memory there`;
  place.findings.error({
    path: choice.path,
    code: 'conflict',
    message,
    hint: 'choose the memory instead',
    part: 'key',
  });
}

function takeSteps(place: Place, rule: Extract<SizeRule, { kind: 'memory-steps' }>): SizeTaken | null {
  refuseMisplaced(place, ['class'], 'sizes are memory there');
  refuseChosenCpu(place);
  const asked = askedMemory(place);
  const memoryMb = asked ? stepFor(asked, rule) : rule.defaultMb;
  if (memoryMb === null) {
    refuseMemory(place, asked!, nearestSteps(asked!.amount, rule));
    return null;
  }
  const vCpu = Math.min(rule.maxVCpu, memoryMb / rule.mbPerVCpu);
  return sold(place, { name: `${memoryMb}MB`, vCpu, memoryMb }, asked);
}

function stepFor(
  asked: Asked,
  { minMb, maxMb, stepMb }: { minMb: number; maxMb: number; stepMb: number },
): number | null {
  const up = Math.max(minMb, minMb + Math.ceil((asked.amount - minMb) / stepMb) * stepMb);
  if (up > maxMb) return null;
  return asked.isChoice && up !== asked.amount ? null : up;
}

function nearestSteps(
  amount: number,
  { minMb, maxMb, stepMb }: { minMb: number; maxMb: number; stepMb: number },
): readonly number[] {
  const below = minMb + Math.floor((amount - minMb) / stepMb) * stepMb;
  const first = Math.min(maxMb - stepMb, Math.max(minMb, below));
  return [first, first + stepMb];
}

/** Who scales, as far as sizes hang on it: the user with App Engine's basic and manual scaling. */
export function scalesByHand(place: Place): boolean {
  return chosen(place, 'scale')?.value.some(({ kind }) => kind === 'basic' || kind === 'manual') ?? false;
}

function takeListed(place: Place, rule: Extract<SizeRule, { kind: 'list' }>): SizeTaken | null {
  const { cpuFollowsMemory } = rule;
  const isByHand = scalesByHand(place);
  const defaultName = isByHand ? (rule.defaultByHand ?? rule.defaultName) : rule.defaultName;
  const sizes = rule.sizes.filter(({ scaling }) => scaling === undefined || isByHand === (scaling === 'by-hand'));
  if (cpuFollowsMemory) refuseChosenCpu(place);
  const named = chosen(place, 'class');
  if (named) {
    const size = sizes.find(({ name }) => name === named.value);
    if (size) return sold(place, size, { amount: 0, isChoice: true, path: named.path });
    const hint = `sold: ${sizes.map(({ name }) => name).join(', ')}${cited(place.preset.sizes)}`;
    const isOther = rule.sizes.some(({ name }) => name === named.value);
    const how = isOther ? ` with ${isByHand ? 'basic or manual' : 'automatic'} scaling` : '';
    const message = `is no class of ${place.preset.name}${how}, got ${JSON.stringify(named.value.slice(0, 40))}`;
    place.findings.error({ path: named.path, code: 'reference', message, hint });
    return null;
  }
  const cpu = cpuFollowsMemory ? null : askedVCpu(place);
  const memory = askedMemory(place);
  const standard = sizes.find(({ name }) => name === defaultName)!;
  if (!cpu && !memory) return sold(place, standard, null);
  const wantedMb = memory?.amount ?? standard.memoryMb;
  const wantedVCpu = cpuFollowsMemory ? 0 : (cpu?.amount ?? standard.vCpu);
  const ofMemory = sizes.filter(({ memoryMb }) => (memory?.isChoice ? memoryMb === wantedMb : memoryMb >= wantedMb));
  if (memory && ofMemory.length === 0) {
    refuseMemory(
      place,
      memory,
      nearestTwo(
        wantedMb,
        sizes.map(({ memoryMb }) => memoryMb),
      ),
    );
    return null;
  }
  const holding = ofMemory.filter(({ vCpu }) => (cpu?.isChoice ? same(vCpu, wantedVCpu) : holds(vCpu, wantedVCpu)));
  const smallest = holding[0];
  if (smallest) return sold(place, smallest, memory ?? cpu);
  refuseCpu(
    place,
    cpu ?? memory!,
    nearestTwo(
      wantedVCpu,
      (memory?.isChoice ? ofMemory : sizes).map(({ vCpu }) => vCpu),
    ),
  );
  return null;
}

function takeFromGrid(place: Place, rule: Extract<SizeRule, { kind: 'grid' }>): SizeTaken | null {
  refuseMisplaced(place, ['class'], 'sizes are CPU and memory there');
  const cpu = askedVCpu(place);
  const memory = askedMemory(place);
  const { grids, defaultVCpu, defaultMemoryMb } = rule;
  const wanted = {
    vCpu: cpu ?? { amount: defaultVCpu, isChoice: false },
    memory: memory ?? { amount: defaultMemoryMb, isChoice: false },
  };
  const holding = grids.flatMap((grid) => {
    const vCpu = onGrid(wanted.vCpu, grid.vCpuMin, grid.vCpuMax, grid.vCpuStep);
    const memoryMb = onGrid(wanted.memory, grid.memoryMinMb, grid.memoryMaxMb, grid.memoryStepMb);
    return vCpu === null || memoryMb === null ? [] : [{ grid, vCpu, memoryMb }];
  });
  holding.sort((a, b) => a.vCpu - b.vCpu || a.memoryMb - b.memoryMb);
  const smallest = holding[0];
  if (smallest) {
    const { grid, vCpu, memoryMb } = smallest;
    const taken = sold(place, { name: `${vCpu} vCPU ${printMemory(memoryMb)}`, vCpu, memoryMb }, cpu ?? memory);
    return { ...taken, concurrencyLimit: grid.concurrencyLimit ?? noLimit };
  }
  const fits = grids.filter((grid) => onGrid(wanted.vCpu, grid.vCpuMin, grid.vCpuMax, grid.vCpuStep) !== null);
  if (cpu && fits.length === 0)
    refuseCpu(
      place,
      cpu,
      nearestTwo(
        cpu.amount,
        grids.flatMap((grid) => vCpusNear(grid, cpu.amount)),
      ),
    );
  else if (memory)
    refuseMemory(
      place,
      memory,
      nearestTwo(
        memory.amount,
        fits.flatMap((grid) => nearOnGrid(memory.amount, grid.memoryMinMb, grid.memoryMaxMb, grid.memoryStepMb)),
      ),
    );
  else if (cpu)
    refuseCpu(
      place,
      cpu,
      nearestTwo(
        cpu.amount,
        grids.flatMap((grid) => vCpusNear(grid, cpu.amount)),
      ),
    );
  return null;
}

function sold(place: Place, { name, vCpu, memoryMb, concurrency }: SoldSize, asked: Asked | null): SizeTaken {
  const origin: Origin = asked ? { path: asked.path } : { figure: place.preset.sizes, preset: place.preset };
  return {
    name,
    vCpu,
    vCpuRequest: vCpu,
    memoryMb,
    memoryRequestMb: memoryMb,
    concurrencyDefault: concurrency ?? null,
    concurrencyLimit: noLimit,
    origin,
  };
}

function refuseMemory(place: Place, { amount, isChoice, path }: Asked, nearest: readonly number[]): void {
  const sizes = nearest.map(printMemory).join(' and ');
  const what = isChoice ? `is not sold on ${place.preset.name}` : `is more than ${place.preset.name} sells`;
  place.findings.error({
    path,
    code: 'range',
    message: `${what}, got ${printMemory(amount)}`,
    hint: `${nearestHint(sizes)}${cited(place.preset.sizes)}`,
  });
}

function refuseCpu(place: Place, { amount, isChoice, path }: Asked, nearest: readonly number[]): void {
  const sizes = nearest.map((vCpu) => `${Number(vCpu.toPrecision(4))} vCPU`).join(' and ');
  const what = isChoice
    ? `is not sold on ${place.preset.name}`
    : `is more than ${place.preset.name} sells with that memory`;
  place.findings.error({
    path,
    code: 'range',
    message: `${what}, got ${amount} vCPU`,
    hint: `${nearestHint(sizes)}${cited(place.preset.sizes)}`,
  });
}

const nearestHint = (sizes: string): string => (sizes === '' ? 'choose other sizes' : `the nearest sold: ${sizes}`);

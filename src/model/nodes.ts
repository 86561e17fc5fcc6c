/**
 * The user's own nodes: pools of machines, their allocatable size, how many at clock 0, who adds and removes them.
 */
import type { NodeScore } from '../balancing/contract.js';
import { findNodeScore, nodeScoreKinds } from '../balancing/registry.js';
import type { NodeFigures, Preset } from '../platforms/contract.js';
import { type NodeType, nodeTypes } from '../platforms/tables/nodeTypes.js';
import { makeSampler } from '../random/registry.js';
import type { CountRange, NodePoolSpec, PlatformSpec } from '../scenario/choices.js';
import type { MoneyPerTime } from '../scenario/contract.js';
import { suggest } from '../scenario/nearest.js';
import type { Path } from '../scenario/positions.js';
import type { NodePoolModel } from './contract.js';
import { takeLimit } from './disruption.js';
import type { Findings } from './findings.js';
import { allocatable, type NodeSize } from './nodeReserve.js';
import type { Origin, TakenList } from './taken.js';

/** A pool compiled, and what one of its nodes costs: a price-book id, a price of the scenario's own, or neither. */
export interface PoolTaken {
  readonly model: NodePoolModel;
  readonly preset: Preset;
  readonly sku: string | null;
  readonly ownPrice: MoneyPerTime | null;
  readonly path: Path;
}

interface Machine {
  readonly size: NodeSize;
  readonly podCount: number | null;
  readonly sku: string | null;
  readonly ownPrice: MoneyPerTime | null;
  readonly label: string;
  readonly origin: Origin;
}

export interface NodeContext {
  readonly platform: PlatformSpec;
  readonly preset: Preset;
  readonly figures: NodeFigures;
  /** Whether what the platform says of nodes is meant for this preset. */
  readonly isMain: boolean;
  readonly findings: Findings;
  readonly taken: TakenList;
}

const monthUs = 2_628_000_000_000;

/** The pools of a preset that runs on the user's nodes; pools that were refused are left out, and reported. */
export function compilePools(context: NodeContext): PoolTaken[] {
  const { platform, isMain } = context;
  const specs: readonly NodePoolSpec[] = (isMain ? platform.nodes : undefined) ?? [{ name: '' }];
  const isList = specs.length > 1 || specs[0]!.name !== '';
  return specs.flatMap((spec, place) => {
    const base: Path = ['platforms', platform.name, 'nodes'];
    const pool = compilePool(spec, isList ? [...base, place] : base, context);
    return pool ? [pool] : [];
  });
}

function compilePool(spec: NodePoolSpec, path: Path, context: NodeContext): PoolTaken | null {
  const { figures, preset, taken, platform } = context;
  const machine = takeMachine(spec, path, context);
  const count = spec.count ?? { min: figures.count.value, max: figures.count.value };
  if (!machine) return null;
  const size = allocatable(machine.size, figures.reserve.value, machine.podCount);
  const boot = spec.boot ?? figures.boot.value;
  taken.add([...path, 'type'], machine.label, '', machine.origin);
  taken.add([...path, 'allocatable', 'cpu'], size.vCpu, 'vCPU', { figure: figures.reserve, preset });
  taken.add([...path, 'allocatable', 'memory'], size.memoryMb, 'MB', { figure: figures.reserve, preset });
  const countOrigin: Origin = spec.count ? { path: [...path, 'count'] } : { figure: figures.count, preset };
  taken.add([...path, 'count'], printRange(count), '', countOrigin);
  if (count.min !== count.max)
    taken.add([...path, 'boot'], boot, '', spec.boot ? { path: [...path, 'boot'] } : { figure: figures.boot, preset });
  return {
    preset,
    sku: machine.sku,
    ownPrice: machine.ownPrice,
    path,
    model: {
      name: spec.name,
      vCpu: size.vCpu,
      memoryMb: size.memoryMb,
      initialCount: count.min,
      minCount: count.min,
      maxCount: count.max,
      boot: makeSampler(boot),
      autoscaler:
        count.min === count.max
          ? null
          : {
              scanUs: spec.consolidation ? karpenterScanUs : figures.scanMs.value * 1000,
              unneededUs: figures.unneededMs.value * 1000,
              delayAfterAddUs: figures.delayAfterAddMs.value * 1000,
              threshold: figures.threshold.value,
            },
      score: takeScore(context),
      zoneCount: platform.zones ?? preset.zones.value,
      ...lostNodes,
      ...takeSpot(spec),
      ...takeConsolidation(spec, path, context),
    },
  };
}

function takeScore({ platform, findings, taken }: NodeContext): NodeScore {
  const kind = platform.scheduler?.score ?? 'least-allocated';
  const path = ['platforms', platform.name, 'scheduler', 'score'];
  const score = findNodeScore(kind);
  if (platform.scheduler) taken.add(path, kind, '', { path });
  if (score) return score;
  const message = `names no score of nodes: ${JSON.stringify(kind.slice(0, 60))}`;
  findings.error({ path, code: 'reference', message, hint: suggest(kind, nodeScoreKinds) });
  return findNodeScore('least-allocated')!;
}

/** Amazon EC2, "Spot Instance interruption notices": two minutes. */
const usualNoticeUs = 120_000_000;

function takeSpot({ spot }: NodePoolSpec): Pick<NodePoolModel, 'spot'> {
  if (!spot) return {};
  return { spot: { untilNotice: makeSampler(spot.interruptions), noticeUs: spot.noticeUs ?? usualNoticeUs } };
}

/** Karpenter v1: WhenEmptyOrUnderutilized, consolidateAfter 0s, 10% of the nodes at once. */
function takeConsolidation(
  { consolidation, count }: NodePoolSpec,
  path: Path,
  { findings }: NodeContext,
): Pick<NodePoolModel, 'consolidation'> {
  if (!consolidation) return {};
  const at = [...path, 'consolidation'];
  if (!count || count.min === count.max) {
    const message = 'says nothing: the number of nodes is fixed';
    findings.error({ path: at, code: 'conflict', message, hint: 'write count: 2..10', part: 'key' });
  }
  const { when = 'empty-or-underutilized', afterUs = 0, budget } = consolidation;
  const limit = budget ? takeLimit(budget, [...at, 'budget'], 'nodes', findings) : null;
  return {
    consolidation: {
      includesUnderused: when === 'empty-or-underutilized',
      afterUs,
      budget: limit ?? { kind: 'share', share: 0.1 },
    },
  };
}

/** Karpenter provisions for pending pods once none has come for 1 s (BATCH_IDLE_DURATION). */
const karpenterScanUs = 1_000_000;

/** Kubernetes: node-monitor-grace-period 40 s; pods tolerate not-ready for 300 s (DefaultTolerationSeconds). */
const lostNodes = { lossNoticedUs: 40_000_000, evictionUs: 300_000_000 };

const printRange = ({ min, max }: CountRange): string =>
  min === max ? `${min}` : `${min}..${max === Number.POSITIVE_INFINITY ? '' : max}`;

function takeMachine(spec: NodePoolSpec, path: Path, context: NodeContext): Machine | null {
  const { figures, preset } = context;
  const standard = figures.machine.value;
  if (spec.type !== undefined) return typedMachine(spec.type, [...path, 'type'], spec, context);
  if (typeof standard === 'string') {
    if (spec.vcpu === undefined && spec.memoryMb === undefined)
      return ofType(findType(standard, figures)!, spec, { figure: figures.machine, preset });
    return ownMachine(spec, path, context);
  }
  const usdPerMonth: MoneyPerTime = { amountUsd: standard.usdPerMonth, perUs: monthUs };
  const size = { vCpu: spec.vcpu ?? standard.vCpu, memoryMb: spec.memoryMb ?? standard.memoryMb };
  const isOwn = spec.vcpu !== undefined || spec.memoryMb !== undefined || spec.price !== undefined;
  return {
    size,
    podCount: null,
    sku: null,
    ownPrice: spec.price ?? usdPerMonth,
    label: labelOf(size),
    origin: isOwn ? { path } : { figure: figures.machine, preset },
  };
}

const labelOf = ({ vCpu, memoryMb }: NodeSize): string => `${vCpu} vCPU, ${memoryMb / 1024} GB`;

function findType(name: string, { typePrefix }: NodeFigures): NodeType | undefined {
  return typePrefix === null ? undefined : nodeTypes.find(({ id }) => id === `${typePrefix}${name}`);
}

function ofType(type: NodeType, { price }: NodePoolSpec, origin: Origin): Machine {
  return {
    size: type,
    podCount: type.podCount,
    sku: price ? null : type.id,
    ownPrice: price ?? null,
    label: type.id,
    origin,
  };
}

function typedMachine(
  name: string,
  path: Path,
  spec: NodePoolSpec,
  { figures, preset, findings }: NodeContext,
): Machine | null {
  const type = findType(name, figures);
  if (!type) {
    const { typePrefix } = figures;
    const known =
      typePrefix === null
        ? []
        : nodeTypes.filter(({ id }) => id.startsWith(typePrefix)).map(({ id }) => id.slice(typePrefix.length));
    const hint =
      typePrefix === null ? 'give cpu, memory and price' : `${suggest(name, known)}; or give cpu, memory and price`;
    findings.error({
      path,
      code: 'reference',
      message: `names no node type of ${preset.name}: ${JSON.stringify(name.slice(0, 60))}`,
      hint,
    });
    return null;
  }
  if (type.isBurstable)
    findings.warn({
      path,
      code: 'burstable',
      message: `is a burstable type: it is simulated as if its ${type.vCpu} vCPU were always there, without credits`,
      hint: 'compare with a type that is not burstable',
    });
  return ofType(type, spec, { path });
}

/** A machine of the user's own where the preset's default is a type: nothing of it can be guessed. */
function ownMachine(spec: NodePoolSpec, path: Path, { findings }: NodeContext): Machine | null {
  const missing = [
    ...(spec.vcpu === undefined ? ['cpu'] : []),
    ...(spec.memoryMb === undefined ? ['memory'] : []),
    ...(spec.price === undefined ? ['price'] : []),
  ];
  if (missing.length > 0) {
    const hint = 'write as in {cpu: 16, memory: 64GB, price: $210/mo}, or name a type';
    findings.error({
      path,
      code: 'missing',
      message: `lacks ${missing.join(' and ')} for a machine of your own`,
      hint,
    });
    return null;
  }
  const size = { vCpu: spec.vcpu!, memoryMb: spec.memoryMb! };
  return { size, podCount: null, sku: null, ownPrice: spec.price!, label: labelOf(size), origin: { path } };
}

/**
 * Step scaling as AWS Application Auto Scaling does it: one-minute datapoints beyond a threshold change the count by
 * the step whose interval they fall into.
 *
 * Its own file beside target tracking: there a formula says how many, here the user does. Rules of the user guide:
 * inside a scale-out cooldown what was added counts towards the next, larger step; a scale-in cooldown blocks further
 * scale-ins and ends when something scales out; shares of the count are rounded as the guide's table says.
 */
import type { MadeScaler, Scaler, ScalerFamily, ScalerView, ScalingStep } from './contract.js';

const metrics = ['cpu', 'requests'] as const;
type StepMetric = (typeof metrics)[number];

interface StepSpec {
  readonly metric: StepMetric;
  readonly steps: readonly ScalingStep[];
  readonly cooldownUs: number;
  readonly datapointCount: number;
}

export interface StepMemory {
  readonly lastOutUs: number | null;
  /** How many the scale-out that began the cooldown under way found. */
  readonly countBeforeOut: number;
  readonly lastInUs: number | null;
}

export const step: ScalerFamily = {
  kind: 'step',
  options: { metric: 'word', steps: 'steps', cooldown: 'duration', datapoints: 'count' },
  make(options): MadeScaler {
    const metric = (options['metric'] as string | undefined) ?? 'cpu';
    const known = metrics.find((name) => name === metric);
    if (!known) return { ok: false, option: 'metric', fault: `${metrics.join(' or ')} is needed` };
    const steps = options['steps'] as readonly ScalingStep[] | undefined;
    if (!steps || steps.length === 0)
      return { ok: false, fault: 'steps are needed, as in steps: [{above: 70%, add: 2}]' };
    const fault = stepFault(steps);
    if (fault) return { ok: false, option: 'steps', ...fault };
    const datapointCount = (options['datapoints'] as number | undefined) ?? 1;
    if (datapointCount < 1 || datapointCount > 20)
      return { ok: false, option: 'datapoints', fault: 'from 1 to 20 are needed' };
    const cooldownUs = (options['cooldown'] as number | undefined) ?? 300_000_000;
    return { ok: true, value: bound({ metric: known, steps, cooldownUs, datapointCount }) };
  },
};

/** Steps up and steps down must leave room between them, and each threshold be there once. */
function stepFault(steps: readonly ScalingStep[]): { fault: string; path: readonly (string | number)[] } | null {
  const lowestAbove = Math.min(...steps.filter(({ isAbove }) => isAbove).map(({ threshold }) => threshold));
  for (const [index, { isAbove, threshold, change }] of steps.entries()) {
    const same = steps.findIndex((other) => other.isAbove === isAbove && other.threshold === threshold);
    if (same < index) return { fault: `the threshold of step ${same} again`, path: [index] };
    if (!isAbove && threshold > lowestAbove)
      return { fault: 'below reaches over an above: both would hold at once', path: [index, 'below'] };
    if (isAbove && change.value < 0) return { fault: 'above a threshold instances are added', path: [index] };
    if (!isAbove && change.value > 0) return { fault: 'below a threshold instances are removed', path: [index] };
  }
  return null;
}

/** The step that `value` falls into: the furthest threshold it is beyond; undefined when it is beyond none. */
export function stepFor(value: number, steps: readonly ScalingStep[]): ScalingStep | undefined {
  let found: ScalingStep | undefined;
  for (const one of steps) {
    if (one.isAbove ? value <= one.threshold : value >= one.threshold) continue;
    const isFurther = found && (one.isAbove ? one.threshold > found.threshold : one.threshold < found.threshold);
    if (!found || isFurther) found = one;
  }
  return found;
}

/**
 * What a step makes of `count`. Shares as PercentChangeInCapacity: above 1 cut off, between 0 and 1 one, and the same
 * downwards.
 */
export function steppedCount(count: number, { change }: ScalingStep): number {
  if (change.by === 'count') return count + change.value;
  const exact = Number((count * change.value).toPrecision(12));
  if (exact === 0) return count;
  return count + (Math.abs(exact) < 1 ? Math.sign(exact) : Math.trunc(exact));
}

interface Look {
  readonly value: number | null;
  readonly step: ScalingStep | undefined;
}

function bound(spec: StepSpec): Scaler<StepMemory> {
  return {
    kind: 'step',
    source: 'AWS Application Auto Scaling user guide, step scaling policies; one-minute datapoints',
    everyUs: 60_000_000,
    offsetUs: 0,
    windowsUs: [],
    start: { lastOutUs: null, countBeforeOut: 0, lastInUs: null },
    decide: (view, memory) => decided(view, memory, spec),
    explain(view) {
      const { value, step: chosen } = look(view, spec);
      const observed = value === null ? `no datapoint of ${spec.metric}` : `${spec.metric} ${rounded(value)}`;
      if (!chosen) return { observed, formula: 'no step holds', askedCount: null };
      const word = `${chosen.isAbove ? 'above' : 'below'} ${rounded(chosen.threshold)}`;
      const askedCount = steppedCount(view.currentCount, chosen);
      const { by, value: change } = chosen.change;
      const amount = by === 'share' ? `${rounded(Math.abs(change) * 100)}%` : Math.abs(change);
      const sign = change < 0 ? '-' : '+';
      return { observed, formula: `${word}: ${view.currentCount} ${sign} ${amount} = ${askedCount}`, askedCount };
    },
  };
}

const rounded = (value: number): number => Number(value.toPrecision(6));

/** The newest datapoint, and the step it calls for once as many as an alarm needs lie beyond its first threshold. */
function look(view: ScalerView, { metric, steps, datapointCount }: StepSpec): Look {
  const points = metric === 'cpu' ? view.cpuShareByMinute : perSecond(view.requestsPerInstanceByMinute);
  const run = points.slice(-datapointCount);
  const value = points.at(-1) ?? null;
  if (value === null || run.length < datapointCount) return { value, step: undefined };
  const chosen = stepFor(value, steps);
  const breaches = run.map((point) => (point === null ? undefined : stepFor(point, steps)));
  const isAlarm = chosen && breaches.every((each) => each?.isAbove === chosen.isAbove);
  return { value, step: isAlarm ? chosen : undefined };
}

const perSecond = (minutes: readonly (number | null)[]) => minutes.map((each) => (each === null ? null : each / 60));

function decided(view: ScalerView, memory: StepMemory, spec: StepSpec) {
  const { nowUs, currentCount, minCount, maxCount } = view;
  const { value, step: chosen } = look(view, spec);
  const hold = (because: string) => ({ wantedCount: currentCount, because, memory });
  if (value === null) return hold('no datapoint');
  if (!chosen) return hold('no alarm');
  if (chosen.isAbove) {
    const isCooling = memory.lastOutUs !== null && nowUs < memory.lastOutUs + spec.cooldownUs;
    const base = isCooling ? memory.countBeforeOut : currentCount;
    const wantedCount = Math.min(maxCount, steppedCount(base, chosen));
    if (wantedCount <= currentCount) return hold(currentCount >= maxCount ? 'at the maximum' : 'scale-out cooldown');
    return { wantedCount, because: spec.metric, memory: { lastOutUs: nowUs, countBeforeOut: base, lastInUs: null } };
  }
  if (memory.lastInUs !== null && nowUs < memory.lastInUs + spec.cooldownUs) return hold('scale-in cooldown');
  const wantedCount = Math.max(minCount, steppedCount(currentCount, chosen));
  if (wantedCount >= currentCount) return hold('at the minimum');
  return { wantedCount, because: spec.metric, memory: { ...memory, lastInUs: nowUs } };
}

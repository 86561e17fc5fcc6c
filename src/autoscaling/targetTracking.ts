/**
 * Target tracking as AWS Application Auto Scaling does it: two alarms on one-minute datapoints hold a metric at a
 * target.
 *
 * AWS documents the shape (alarms over several datapoints, cooldowns, a larger scale-out allowed inside one) and not
 * its arithmetic; this is the documented shape made exact. The step `trackTarget` is pure and knows one metric, in any
 * unit; the scaler runs it per metric: out with the largest, in only when all agree.
 */
import type { MadeScaler, Scaler, ScalerDecision, ScalerFamily, ScalerView } from './contract.js';
import { wholeUp } from './wholeUp.js';

export interface TrackingSpec {
  readonly target: number;
  readonly minCount: number;
  readonly maxCount: number;
  /** In the unit of `now`. */
  readonly outCooldown: number;
  readonly inCooldown: number;
  readonly isScaleInOff: boolean;
  /** So many datapoints above the target in a row scale out; so many below `inFactor` x target scale in. */
  readonly outDatapoints: number;
  readonly inDatapoints: number;
  readonly inFactor: number;
}

/** When it last scaled out and in, and the count before the scale-out that began the cooldown under way. */
export interface TrackingMemory {
  readonly lastOutAt: number | null;
  readonly countBeforeOut: number;
  readonly lastInAt: number | null;
}

export const trackingStart: TrackingMemory = { lastOutAt: null, countBeforeOut: 0, lastInAt: null };

export interface TrackingView {
  readonly now: number;
  readonly currentCount: number;
  /** The oldest first, the newest one known just now; null where there was nothing to measure. */
  readonly datapoints: readonly (number | null)[];
}

/** Which way the alarms point, and how many that makes; `hold` says why nothing may change. */
export type TrackingWish =
  | { readonly kind: 'out' | 'in'; readonly wantedCount: number }
  | { readonly kind: 'hold'; readonly because: string };

/** What the alarms of one metric ask for now. */
export function trackTarget(view: TrackingView, memory: TrackingMemory, spec: TrackingSpec): TrackingWish {
  const { now, currentCount, datapoints } = view;
  const newest = datapoints.at(-1);
  if (newest === undefined || newest === null) return { kind: 'hold', because: 'no datapoint' };
  if (isRun(datapoints, spec.outDatapoints, (value) => value > spec.target)) {
    const wantedCount = Math.min(spec.maxCount, wholeUp((baseCount(view, memory, spec) * newest) / spec.target));
    if (wantedCount > currentCount) return { kind: 'out', wantedCount };
    return { kind: 'hold', because: currentCount >= spec.maxCount ? 'at the maximum' : 'scale-out cooldown' };
  }
  if (!isRun(datapoints, spec.inDatapoints, (value) => value < spec.inFactor * spec.target))
    return { kind: 'hold', because: 'no alarm' };
  if (spec.isScaleInOff) return { kind: 'hold', because: 'scale-in is off' };
  if (memory.lastInAt !== null && now < memory.lastInAt + spec.inCooldown)
    return { kind: 'hold', because: 'scale-in cooldown' };
  const wantedCount = Math.max(spec.minCount, wholeUp((currentCount * newest) / spec.target));
  if (wantedCount < currentCount) return { kind: 'in', wantedCount };
  return { kind: 'hold', because: 'at the minimum' };
}

/** What is to be remembered once the wish has been granted. */
export function trackedAfter(
  wish: TrackingWish,
  view: TrackingView,
  memory: TrackingMemory,
  spec: TrackingSpec,
): TrackingMemory {
  if (wish.kind === 'out') return { ...memory, lastOutAt: view.now, countBeforeOut: baseCount(view, memory, spec) };
  return wish.kind === 'in' ? { ...memory, lastInAt: view.now } : memory;
}

/** Inside a cooldown the capacity that the scale-out which began it has added counts as part of the next one. */
function baseCount({ now, currentCount }: TrackingView, memory: TrackingMemory, { outCooldown }: TrackingSpec): number {
  const isCooling = memory.lastOutAt !== null && now < memory.lastOutAt + outCooldown;
  return isCooling ? memory.countBeforeOut : currentCount;
}

function isRun(datapoints: readonly (number | null)[], length: number, holds: (value: number) => boolean): boolean {
  if (datapoints.length < length) return false;
  return datapoints.slice(-length).every((value) => value !== null && holds(value));
}

type TrackedMetric = { readonly name: 'cpu' | 'requests'; readonly target: number };

export const targetTracking: ScalerFamily = {
  kind: 'targetTracking',
  options: {
    cpu: 'share',
    requests: 'rate',
    scaleInCooldown: 'duration',
    scaleOutCooldown: 'duration',
    disableScaleIn: 'flag',
  },
  make(options): MadeScaler {
    const metrics: TrackedMetric[] = [];
    if (options['cpu'] !== undefined) metrics.push({ name: 'cpu', target: options['cpu'] as number });
    // ALBRequestCountPerTarget counts a minute's requests.
    if (options['requests'] !== undefined)
      metrics.push({ name: 'requests', target: (options['requests'] as number) * 60 });
    if (metrics.length === 0) return { ok: false, fault: 'a target is needed: cpu or requests' };
    const zero = metrics.find(({ target }) => !(target > 0));
    if (zero) return { ok: false, option: zero.name, fault: 'a target above 0 is needed' };
    const cooldowns = {
      outCooldown: (options['scaleOutCooldown'] as number | undefined) ?? 300_000_000,
      inCooldown: (options['scaleInCooldown'] as number | undefined) ?? 300_000_000,
      isScaleInOff: options['disableScaleIn'] === true,
    };
    return { ok: true, value: bound(metrics, cooldowns) };
  },
};

function bound(
  metrics: readonly TrackedMetric[],
  cooldowns: Pick<TrackingSpec, 'outCooldown' | 'inCooldown' | 'isScaleInOff'>,
): Scaler<readonly TrackingMemory[]> {
  return {
    kind: 'targetTracking',
    source:
      'AWS Application Auto Scaling user guide, target tracking; alarms of 3 and 15 minutes, in below 0.9 of target',
    everyUs: 60_000_000,
    offsetUs: 0,
    windowsUs: [],
    start: metrics.map(() => trackingStart),
    explain(view) {
      const words = metrics.map(({ name, target }) => {
        const newest = (name === 'cpu' ? view.cpuShareByMinute : view.requestsPerInstanceByMinute).at(-1) ?? null;
        const value = newest === null ? null : Number(newest.toPrecision(4));
        const asked = newest === null ? null : wholeUp((view.currentCount * newest) / target);
        return { name, value, asked, formula: `ceil(${view.currentCount} x ${value} / ${target})` };
      });
      const known = words.filter(({ value }) => value !== null);
      return {
        observed: words.map(({ name, value }) => `${name} ${value ?? 'no datapoint'}`).join(', '),
        formula: known.map(({ formula }) => formula).join(', ') || 'nothing to compute with',
        askedCount: known.length === 0 ? null : Math.max(...known.map(({ asked }) => asked!)),
      };
    },
    decide(view, memories) {
      const seen = metrics.map(({ name, target }, index) => {
        const spec = {
          ...cooldowns,
          target,
          minCount: view.minCount,
          maxCount: view.maxCount,
          outDatapoints: 3,
          inDatapoints: 15,
          inFactor: 0.9,
        };
        const datapoints = name === 'cpu' ? view.cpuShareByMinute : view.requestsPerInstanceByMinute;
        const metricView = { now: view.nowUs, currentCount: view.currentCount, datapoints };
        const memory = memories[index] ?? trackingStart;
        return { name, spec, view: metricView, memory, wish: trackTarget(metricView, memory, spec) };
      });
      return combined(view, seen);
    },
  };
}

interface Seen {
  readonly name: string;
  readonly spec: TrackingSpec;
  readonly view: TrackingView;
  readonly memory: TrackingMemory;
  readonly wish: TrackingWish;
}

/** The policies of one service together: the largest scale-out; scale-in only when every policy asks for it. */
function combined({ currentCount }: ScalerView, seen: readonly Seen[]): ScalerDecision<readonly TrackingMemory[]> {
  const outs = seen.filter(({ wish }) => wish.kind === 'out');
  const granted = outs.length > 0 ? outs : seen.every(({ wish }) => wish.kind === 'in') ? seen : [];
  let chosen: Seen | undefined;
  for (const one of granted) if (chosen === undefined || countOf(one) > countOf(chosen)) chosen = one;
  const memory = seen.map((one) =>
    granted.includes(one) ? trackedAfter(one.wish, one.view, one.memory, one.spec) : one.memory,
  );
  if (chosen) return { wantedCount: countOf(chosen), because: chosen.name, memory };
  const holding = seen.find(({ wish }) => wish.kind === 'hold')?.wish;
  return { wantedCount: currentCount, because: holding?.kind === 'hold' ? holding.because : 'no alarm', memory };
}

function countOf({ wish }: Seen): number {
  return wish.kind === 'hold' ? 0 : wish.wantedCount;
}

/**
 * How visitors of one source arrive, as plain data in base units: what `model` hands to `makeArrivals`.
 *
 * Its own file because the registry, every process and the model read it, and none of them should import another for
 * it. A closed crowd is not here: the engine walks it (see `closed.ts`).
 */
import type { DistributionSpec } from '../random/contract.js';
import type { ArrivalPlan } from './contract.js';
import type { RateModulation } from './rateModulation.js';
import type { Trace } from './traces/trace.js';

/** Rates are per second, times microseconds. */
export type ArrivalSpec =
  | PoissonSpec
  | PoissonProfileSpec
  | ConstantSpec
  | RenewalSpec
  | BurstySpec
  | BatchSpec
  | TraceSpec
  | NoneSpec;

export interface PoissonSpec {
  readonly kind: 'poisson';
  readonly ratePerSecond: number;
}

export interface PoissonProfileSpec {
  readonly kind: 'poisson-profile';
  /** Rising in time, straight lines in between, end rates hold. Two points at one time make a step. */
  readonly profile: readonly ProfilePoint[];
  /** The profile of [0, periodUs) comes again and again; null: once. */
  readonly periodUs: number | null;
}

export interface ProfilePoint {
  readonly atUs: number;
  readonly ratePerSecond: number;
}

export interface ConstantSpec {
  readonly kind: 'constant';
  readonly ratePerSecond: number;
}

export interface RenewalSpec {
  readonly kind: 'renewal';
  readonly gap: DistributionSpec;
}

export interface BurstySpec {
  readonly kind: 'bursty';
  /** Visited in turn, from the first on. */
  readonly states: readonly BurstyState[];
}

export interface BurstyState {
  readonly ratePerSecond: number;
  readonly lasts: DistributionSpec;
}

export interface BatchSpec {
  readonly kind: 'batch';
  readonly every: DistributionSpec;
  /** A whole number, or geometric on 1, 2, 3 … with that mean. */
  readonly size: number | { readonly geometricMean: number };
}

export interface TraceSpec {
  readonly kind: 'trace';
  readonly trace: Trace;
  /** All times are divided by it; durations of rows are not. */
  readonly speed: number;
  readonly repeats: boolean;
  /** How counts are spread over their minute. */
  readonly spread: 'even' | 'poisson';
}

export interface NoneSpec {
  readonly kind: 'none';
}

/** What the scenario says about all sources, or about this one beside its process. */
export interface ArrivalContext {
  /** Factor on the rate, finite, >= 0; 1 leaves it alone. */
  readonly load: number;
  /** `daily` and `weekly`; null without. Only for kinds that `acceptsModulation`. */
  readonly modulation: RateModulation | null;
}

/** A kind of arrival process. One a file, one line each in `registry.ts`. */
export interface ArrivalFamily<Spec> {
  readonly kind: string;
  /** Whether `daily` and `weekly` apply to it. */
  readonly acceptsModulation: boolean;
  /** What is wrong, in words that tell the mend; nothing when it is right. */
  fault(spec: Spec): string | undefined;
  make(spec: Spec, context: ArrivalContext): ArrivalPlan;
}

/**
 * What a distribution is: a family (its name, its parameters, its closed-form moments) and a sampler made from one
 * choice of parameters. One family a file beside this one, one line each in `registry.ts`.
 */
import type { Draws } from './draws.js';

/** Samples of one fixed distribution. Time-valued ones are in microseconds, real (the engine rounds). */
export interface Sampler {
  /** The family's name, as scenarios write it; `constant` for a plain quantity. */
  readonly kind: string;
  /** Mean, in the unit of the samples. `Infinity` where it does not exist. */
  readonly mean: number;
  /** Variance, in the unit of the samples squared. `Infinity` where it does not exist. */
  readonly variance: number;
  /** Inverse distribution function at `share` in [0, 1]; used by tests and by checks of objectives. */
  quantile(share: number): number;
  /** Of a mixture of exponentials: the chance and the mean of each. */
  readonly phases?: readonly { readonly chance: number; readonly mean: number }[];
  /** The next sample, >= 0 and finite. Takes as many draws as it needs from where `draws` stands. */
  sample(draws: Draws): number;
}

/** A family of distributions. `Parameters` are plain numbers in base units (microseconds for times). */
export interface DistributionFamily<Parameters> {
  readonly kind: string;
  readonly source: string;
  /** What is wrong with these parameters, in words that tell the mend; nothing when they are right. */
  fault(parameters: Parameters): string | undefined;
  make(parameters: Parameters): Sampler;
}

/** A distribution as plain data, every time in microseconds: what a checked scenario carries. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'lognormal-quantiles'; readonly p50: number; readonly p99: number }
  | { readonly kind: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'weibull'; readonly mean: number; readonly shape: number }
  | { readonly kind: 'pareto'; readonly mean: number; readonly alpha: number }
  | { readonly kind: 'hyperexponential'; readonly mean: number; readonly cv: number }
  /**
   * Points (share in [0,1], value), rising; straight lines in between (`isLog`: straight in the logarithm of the
   * value).
   */
  | { readonly kind: 'quantiles'; readonly points: readonly (readonly [number, number])[]; readonly isLog?: boolean }
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

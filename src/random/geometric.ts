/**
 * The geometric on 1, 2, 3 …: how many rounds, how many in a batch. Whole numbers, so it is no member of the table of
 * durations; scenarios write it `{geometric: N}`.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare } from './parameterFault.js';
import { standardExponential } from './ziggurat.js';

interface Parameters {
  /** At least 1. */
  readonly mean: number;
}

class GeometricSampler implements Sampler {
  readonly kind = 'geometric';
  readonly mean: number;
  readonly variance: number;
  /** Minus the logarithm of the chance to go on; Infinity when one is all there ever is. */
  private readonly rate: number;

  constructor(mean: number) {
    this.mean = mean;
    this.variance = mean * (mean - 1);
    this.rate = -Math.log1p(-1 / mean);
  }

  /** Infinite at 1 (unless the mean is 1). */
  quantile(share: number): number {
    checkShare(share);
    if (this.rate === Infinity) return 1;
    return Math.max(1, Math.ceil((-Math.log1p(-share) / this.rate) * (1 - 2 ** -51)));
  }

  /** The whole part of an exponential is geometric. */
  sample(draws: Draws): number {
    return 1 + Math.floor(standardExponential(draws) / this.rate);
  }
}

export const geometric: DistributionFamily<Parameters> = {
  kind: 'geometric',
  source: 'Devroye, Non-Uniform Random Variate Generation (1986), X.2',
  fault({ mean }) {
    if (!Number.isFinite(mean)) return 'the mean must be a finite number';
    return mean >= 1 ? undefined : `the mean of a geometric number must be at least 1, got ${mean}`;
  },
  make: ({ mean }) => new GeometricSampler(mean),
};

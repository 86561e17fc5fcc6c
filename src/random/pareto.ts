/** The Pareto: a power-law tail. No variance for alpha <= 2, so averages over it settle slowly. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { above, checkShare, firstFault } from './parameterFault.js';
import { standardExponential } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
  /** Exponent of the tail: chance of more than x is (smallest / x)^alpha. */
  readonly alpha: number;
}

class ParetoSampler implements Sampler {
  readonly kind = 'pareto';
  readonly mean: number;
  readonly variance: number;
  private readonly smallest: number;
  private readonly inverseAlpha: number;

  constructor(mean: number, alpha: number) {
    this.mean = mean;
    this.inverseAlpha = 1 / alpha;
    this.smallest = (mean * (alpha - 1)) / alpha;
    this.variance = alpha > 2 ? (this.smallest * mean) / (alpha - 1) / (alpha - 2) : Infinity;
  }

  quantile(share: number): number {
    checkShare(share);
    return this.smallest * Math.exp(-this.inverseAlpha * Math.log1p(-share));
  }

  /** The logarithm of a Pareto is an exponential; ten times quicker than a power of a uniform. */
  sample(draws: Draws): number {
    return this.smallest * Math.exp(this.inverseAlpha * standardExponential(draws));
  }
}

export const pareto: DistributionFamily<Parameters> = {
  kind: 'pareto',
  source: 'exp of an exponential; mean = smallest x alpha / (alpha - 1)',
  fault: ({ mean, alpha }) => firstFault(above('the mean', mean, 0), above('alpha', alpha, 1)),
  make: ({ mean, alpha }) => new ParetoSampler(mean, alpha),
};

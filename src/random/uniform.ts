/** The uniform: every value between two bounds alike. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare, firstFault, notNegative } from './parameterFault.js';

interface Parameters {
  readonly low: number;
  readonly high: number;
}

class UniformSampler implements Sampler {
  readonly kind = 'uniform';
  readonly mean: number;
  readonly variance: number;
  private readonly low: number;
  private readonly width: number;

  constructor(low: number, high: number) {
    this.low = low;
    this.width = high - low;
    this.mean = low + this.width / 2;
    this.variance = (this.width * this.width) / 12;
  }

  quantile(share: number): number {
    checkShare(share);
    return this.low + share * this.width;
  }

  sample(draws: Draws): number {
    return this.low + draws.uniform() * this.width;
  }
}

export const uniform: DistributionFamily<Parameters> = {
  kind: 'uniform',
  source: 'by definition',
  fault: ({ low, high }) =>
    firstFault(
      notNegative('the lower bound', low),
      notNegative('the upper bound', high),
      low <= high ? undefined : 'the bounds must rise: [lower, upper]',
    ),
  make: ({ low, high }) => new UniformSampler(low, high),
};

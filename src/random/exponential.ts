/** The exponential: memoryless, one parameter, its mean. Sampled by ziggurat. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare, notNegative } from './parameterFault.js';
import { standardExponential } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
}

class ExponentialSampler implements Sampler {
  readonly kind = 'exponential';
  readonly mean: number;
  readonly variance: number;

  constructor(mean: number) {
    this.mean = mean;
    this.variance = mean * mean;
  }

  /** Infinite at 1. */
  quantile(share: number): number {
    checkShare(share);
    return this.mean === 0 ? 0 : -this.mean * Math.log1p(-share);
  }

  sample(draws: Draws): number {
    return this.mean * standardExponential(draws);
  }
}

export const exponential: DistributionFamily<Parameters> = {
  kind: 'exponential',
  source: 'Marsaglia and Tsang, The Ziggurat Method, J. Stat. Softw. 5(8), 2000',
  fault: ({ mean }) => notNegative('the mean', mean),
  make: ({ mean }) => new ExponentialSampler(mean),
};

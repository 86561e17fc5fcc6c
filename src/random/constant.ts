/** The constant: a plain duration. Takes no draws, so giving a step a fixed time moves no other draw. */
import type { DistributionFamily, Sampler } from './contract.js';
import { firstFault, notNegative } from './parameterFault.js';

interface Parameters {
  readonly value: number;
}

class ConstantSampler implements Sampler {
  readonly kind = 'constant';
  readonly mean: number;
  readonly variance = 0;

  constructor(value: number) {
    this.mean = value;
  }

  quantile(): number {
    return this.mean;
  }

  sample(): number {
    return this.mean;
  }
}

export const constant: DistributionFamily<Parameters> = {
  kind: 'constant',
  source: 'the degenerate distribution',
  fault: ({ value }) => firstFault(notNegative('the value', value)),
  make: ({ value }) => new ConstantSampler(value),
};

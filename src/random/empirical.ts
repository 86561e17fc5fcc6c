/** The empirical distribution: one of the measured values, each as likely as the others. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare } from './parameterFault.js';

interface Parameters {
  /** In any order; the order does not matter to the samples. */
  readonly values: readonly number[];
}

class EmpiricalSampler implements Sampler {
  readonly kind = 'empirical';
  readonly mean: number;
  readonly variance: number;
  private readonly sorted: Float64Array;

  constructor(values: readonly number[]) {
    this.sorted = Float64Array.from(values).sort();
    this.mean = this.sorted.reduce((sum, value) => sum + value, 0) / values.length;
    this.variance = this.sorted.reduce((sum, value) => sum + (value - this.mean) ** 2, 0) / values.length;
  }

  /** The smallest value that at least `share` of the values do not exceed. */
  quantile(share: number): number {
    checkShare(share);
    return this.sorted[Math.max(0, Math.ceil(share * this.sorted.length) - 1)]!;
  }

  sample(draws: Draws): number {
    return this.sorted[Math.floor(draws.uniform() * this.sorted.length)]!;
  }
}

export const empirical: DistributionFamily<Parameters> = {
  kind: 'empirical',
  source: 'the bootstrap: Efron, Ann. Statist. 7(1), 1979',
  fault({ values }) {
    if (values.length === 0) return 'an empirical distribution needs at least one value';
    if (values.some((value) => !Number.isFinite(value))) return 'measured values must be finite numbers';
    return values.some((value) => value < 0) ? 'measured values must not be negative' : undefined;
  },
  make: ({ values }) => new EmpiricalSampler(values),
};

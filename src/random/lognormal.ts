/**
 * The lognormal: skewed to the right, the usual shape of service times. Two ways to write one distribution: by mean and
 * coefficient of variation, or by median and 99th percentile.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { normalQuantile } from './normalFunction.js';
import { above, checkShare, firstFault, notNegative } from './parameterFault.js';
import { standardNormal } from './ziggurat.js';

class LognormalSampler implements Sampler {
  readonly kind: string;
  readonly mean: number;
  readonly variance: number;
  private readonly logMedian: number;
  private readonly sigma: number;

  constructor(kind: string, logMedian: number, sigma: number) {
    this.kind = kind;
    this.logMedian = logMedian;
    this.sigma = sigma;
    this.mean = Math.exp(logMedian + (sigma * sigma) / 2);
    this.variance = this.mean * this.mean * Math.expm1(sigma * sigma);
  }

  /** 0 at 0, infinite at 1. */
  quantile(share: number): number {
    checkShare(share);
    return this.sigma === 0 ? Math.exp(this.logMedian) : Math.exp(this.logMedian + this.sigma * normalQuantile(share));
  }

  sample(draws: Draws): number {
    return Math.exp(this.logMedian + this.sigma * standardNormal(draws));
  }
}

interface MeanAndVariation {
  readonly mean: number;
  /** Standard deviation over mean. */
  readonly cv: number;
}

export const lognormal: DistributionFamily<MeanAndVariation> = {
  kind: 'lognormal',
  source: 'exp of a normal; sigma^2 = ln(1 + cv^2), median = mean / sqrt(1 + cv^2)',
  fault: ({ mean, cv }) => firstFault(above('the mean', mean, 0), notNegative('cv', cv)),
  make({ mean, cv }) {
    const sigmaSquared = Math.log1p(cv * cv);
    return new LognormalSampler('lognormal', Math.log(mean) - sigmaSquared / 2, Math.sqrt(sigmaSquared));
  },
};

interface MedianAndTail {
  readonly p50: number;
  readonly p99: number;
}

export const lognormalQuantiles: DistributionFamily<MedianAndTail> = {
  kind: 'lognormal-quantiles',
  source: 'exp of a normal; sigma = ln(p99 / p50) / z(99%)',
  fault: ({ p50, p99 }) =>
    firstFault(above('p50', p50, 0), above('p99', p99, 0), p99 >= p50 ? undefined : 'p99 must not be below p50'),
  make: ({ p50, p99 }) =>
    new LognormalSampler('lognormal-quantiles', Math.log(p50), Math.log(p99 / p50) / normalQuantile(0.99)),
};

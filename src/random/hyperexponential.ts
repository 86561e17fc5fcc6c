/**
 * The hyperexponential of two phases with balanced means: more varied than the exponential. Each phase brings half of
 * the mean, which leaves one distribution for each mean and cv.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { invertRising } from './gammaFunction.js';
import { above, checkShare, firstFault } from './parameterFault.js';
import { standardExponential } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
  /** Standard deviation over mean, above 1. */
  readonly cv: number;
}

class HyperexponentialSampler implements Sampler {
  readonly kind = 'hyperexponential';
  readonly mean: number;
  readonly variance: number;
  readonly phases: readonly { readonly chance: number; readonly mean: number }[];
  /** Chance of the quick phase, and the means of both. */
  private readonly quickShare: number;
  private readonly quickMean: number;
  private readonly slowMean: number;

  constructor(mean: number, cv: number) {
    this.mean = mean;
    this.variance = mean * mean * cv * cv;
    this.quickShare = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
    this.quickMean = mean / (2 * this.quickShare);
    this.slowMean = mean / (2 * (1 - this.quickShare));
    this.phases = [
      { chance: this.quickShare, mean: this.quickMean },
      { chance: 1 - this.quickShare, mean: this.slowMean },
    ];
  }

  quantile(share: number): number {
    checkShare(share);
    if (share === 0) return 0;
    if (share === 1) return Infinity;
    return invertRising((x) => this.shareBelow(x), share, this.mean);
  }

  sample(draws: Draws): number {
    return (draws.uniform() < this.quickShare ? this.quickMean : this.slowMean) * standardExponential(draws);
  }

  private shareBelow(x: number): number {
    const quick = this.quickShare * Math.expm1(-x / this.quickMean);
    return -quick - (1 - this.quickShare) * Math.expm1(-x / this.slowMean);
  }
}

export const hyperexponential: DistributionFamily<Parameters> = {
  kind: 'hyperexponential',
  source: 'balanced means: Whitt, Approximating a Point Process by a Renewal Process, Oper. Res. 30(1), 1982',
  fault: ({ mean, cv }) => firstFault(above('the mean', mean, 0), above('cv', cv, 1)),
  make: ({ mean, cv }) => new HyperexponentialSampler(mean, cv),
};

/**
 * The normal, drawn again while negative: durations are never below zero. `mean` and `sd` are those of the normal
 * before the cut; the sampler's own `mean` and `variance` are of what is really sampled.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { normalDensity, normalQuantile, normalShareBelow } from './normalFunction.js';
import { checkShare, firstFault, notNegative } from './parameterFault.js';
import { standardNormal } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
  readonly sd: number;
}

class TruncatedNormalSampler implements Sampler {
  readonly kind = 'normal';
  readonly mean: number;
  readonly variance: number;
  private readonly centre: number;
  private readonly sd: number;

  constructor(centre: number, sd: number) {
    this.centre = centre;
    this.sd = sd;
    // The mean of what is left above zero lies `hazard` standard deviations above the centre.
    const cut = sd === 0 ? -Infinity : -centre / sd;
    const hazard = sd === 0 ? 0 : normalDensity(cut) / normalShareBelow(-cut);
    this.mean = centre + sd * hazard;
    this.variance = sd === 0 ? 0 : sd * sd * (1 + cut * hazard - hazard * hazard);
  }

  /** Infinite at 1 (unless `sd` is 0). Counted from the upper end, where the cut does not disturb. */
  quantile(share: number): number {
    checkShare(share);
    if (this.sd === 0) return this.centre;
    const shareAbove = (1 - share) * normalShareBelow(this.centre / this.sd);
    return Math.max(0, this.centre - this.sd * normalQuantile(shareAbove));
  }

  sample(draws: Draws): number {
    for (;;) {
      const value = this.centre + this.sd * standardNormal(draws);
      if (value >= 0) return value;
    }
  }
}

export const normal: DistributionFamily<Parameters> = {
  kind: 'normal',
  source: 'ziggurat; moments of the truncated normal: Johnson, Kotz and Balakrishnan, Continuous Univariate I, 13.10',
  fault: ({ mean, sd }) => firstFault(notNegative('the mean', mean), notNegative('sd', sd)),
  make: ({ mean, sd }) => new TruncatedNormalSampler(mean, sd),
};

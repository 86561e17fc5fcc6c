/** The Weibull: times to failure; shape below 1 fails early, above 1 wears out, 1 is the exponential. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { logGamma } from './gammaFunction.js';
import { above, checkShare, firstFault } from './parameterFault.js';
import { standardExponential } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
  readonly shape: number;
}

class WeibullSampler implements Sampler {
  readonly kind = 'weibull';
  readonly mean: number;
  readonly variance: number;
  private readonly logScale: number;
  private readonly inverseShape: number;

  constructor(mean: number, shape: number) {
    this.mean = mean;
    this.inverseShape = 1 / shape;
    const logFirst = logGamma(1 + this.inverseShape);
    this.logScale = Math.log(mean) - logFirst;
    this.variance = mean * mean * Math.expm1(logGamma(1 + 2 * this.inverseShape) - 2 * logFirst);
  }

  quantile(share: number): number {
    checkShare(share);
    return Math.exp(this.logScale + this.inverseShape * Math.log(-Math.log1p(-share)));
  }

  /** The power is taken through logarithms: with small shapes neither scale nor power would fit a number alone. */
  sample(draws: Draws): number {
    return Math.exp(this.logScale + this.inverseShape * Math.log(standardExponential(draws)));
  }
}

export const weibull: DistributionFamily<Parameters> = {
  kind: 'weibull',
  source: 'power of an exponential; mean = scale x Gamma(1 + 1/shape)',
  fault: ({ mean, shape }) => firstFault(above('the mean', mean, 0), above('the shape', shape, 0)),
  make: ({ mean, shape }) => new WeibullSampler(mean, shape),
};

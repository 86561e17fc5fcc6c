/** The gamma: less varied than the exponential for cv < 1 (whole 1/cv^2: Erlang), more varied above. */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { gammaQuantile } from './gammaFunction.js';
import { above, checkShare, firstFault } from './parameterFault.js';
import { standardExponential, standardNormal } from './ziggurat.js';

interface Parameters {
  readonly mean: number;
  /** Standard deviation over mean. */
  readonly cv: number;
}

class GammaSampler implements Sampler {
  readonly kind = 'gamma';
  readonly mean: number;
  readonly variance: number;
  private readonly shape: number;
  private readonly scale: number;
  /** Marsaglia and Tsang's d and c, for the shape raised by one where it is below one. */
  private readonly d: number;
  private readonly c: number;

  constructor(mean: number, cv: number) {
    this.mean = mean;
    this.variance = mean * mean * cv * cv;
    this.shape = 1 / (cv * cv);
    this.scale = mean * cv * cv;
    this.d = (this.shape < 1 ? this.shape + 1 : this.shape) - 1 / 3;
    this.c = 1 / Math.sqrt(9 * this.d);
  }

  quantile(share: number): number {
    checkShare(share);
    return this.scale * gammaQuantile(this.shape, share);
  }

  sample(draws: Draws): number {
    const value = this.scale * this.standard(draws);
    return this.shape < 1 ? value * Math.exp(-standardExponential(draws) / this.shape) : value;
  }

  /** Scale 1, shape d + 1/3. */
  private standard(draws: Draws): number {
    for (;;) {
      const z = standardNormal(draws);
      const root = 1 + this.c * z;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = draws.uniform();
      if (u < 1 - 0.0331 * z * z * z * z) return this.d * v;
      if (Math.log(u) < 0.5 * z * z + this.d * (1 - v + Math.log(v))) return this.d * v;
    }
  }
}

export const gamma: DistributionFamily<Parameters> = {
  kind: 'gamma',
  source: 'Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, ACM TOMS 26(3), 2000',
  fault: ({ mean, cv }) => firstFault(above('the mean', mean, 0), above('cv', cv, 0)),
  make: ({ mean, cv }) => new GammaSampler(mean, cv),
};

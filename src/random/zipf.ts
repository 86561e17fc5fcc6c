/**
 * Zipf's law on the ranks 1 to count: rank k comes with a chance in proportion to 1 / k^exponent. Which customer, which
 * film. Whole numbers, so it is no member of the table of durations.
 *
 * A draw costs the same for ten customers and for ten million, and nothing is tabulated. Checked against the chances of
 * every rank in `test/random/zipf.test.ts`.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare } from './parameterFault.js';

interface Parameters {
  /** How many ranks, whole, >= 1. */
  readonly count: number;
  /** >= 0; 0 is all ranks alike. */
  readonly exponent: number;
}

class ZipfSampler implements Sampler {
  readonly kind = 'zipf';
  readonly mean: number;
  readonly variance: number;
  private readonly count: number;
  private readonly exponent: number;
  /** The hat's integral at 1.5 (less rank 1's own bar) and at count + 0.5, and how near a rank is taken at once. */
  private readonly hatAtFirst: number;
  private readonly hatAtLast: number;
  private readonly closeness: number;

  constructor(count: number, exponent: number) {
    this.count = count;
    this.exponent = exponent;
    this.hatAtFirst = this.hat(1.5) - 1;
    this.hatAtLast = this.hat(count + 0.5);
    this.closeness = 2 - this.hatInverse(this.hat(2.5) - this.bar(2));
    const whole = powerSum(count, exponent);
    this.mean = powerSum(count, exponent - 1) / whole;
    this.variance = Math.max(0, powerSum(count, exponent - 2) / whole - this.mean * this.mean);
  }

  /** The lowest rank that `share` of the draws do not exceed. O(log count) sums; for tests and checks. */
  quantile(share: number): number {
    checkShare(share);
    const wanted = share * powerSum(this.count, this.exponent) * (1 - 1e-13);
    let low = 1;
    let high = this.count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (powerSum(middle, this.exponent) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  sample(draws: Draws): number {
    for (;;) {
      const u = this.hatAtLast + draws.uniform() * (this.hatAtFirst - this.hatAtLast);
      const x = this.hatInverse(u);
      const rank = Math.min(this.count, Math.max(1, Math.floor(x + 0.5)));
      if (rank - x <= this.closeness || u >= this.hat(rank + 0.5) - this.bar(rank)) return rank;
    }
  }

  /** 1 / x^exponent. */
  private bar(x: number): number {
    return Math.exp(-this.exponent * Math.log(x));
  }

  /** The integral of `bar` from 1 to x, by a form that does not break down at exponent 1. */
  private hat(x: number): number {
    const log = Math.log(x);
    return expm1Over((1 - this.exponent) * log) * log;
  }

  private hatInverse(area: number): number {
    const t = Math.max(-1, area * (1 - this.exponent));
    return Math.exp(log1pOver(t) * area);
  }
}

export const zipf: DistributionFamily<Parameters> = {
  kind: 'zipf',
  source: 'Hörmann and Derflinger, Rejection-inversion to generate variates from monotone discrete distributions, 1996',
  fault({ count, exponent }) {
    if (!Number.isInteger(count) || count < 1) return 'the number of ranks must be a whole number from 1 up';
    return exponent >= 0 && exponent < Infinity ? undefined : 'the exponent must be a finite number from 0 up';
  },
  make: ({ count, exponent }) => new ZipfSampler(count, exponent),
};

/** (e^x - 1) / x, and ln(1 + x) / x; 1 at 0. */
function expm1Over(x: number): number {
  return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2;
}

function log1pOver(x: number): number {
  return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2;
}

/** Terms added one by one before the rest is taken by Euler and Maclaurin's formula (error below 1e-13 of the sum). */
const summedTerms = 1000;

/** Sum of 1 / k^exponent over k = 1 … count; negative exponents too. */
function powerSum(count: number, exponent: number): number {
  const summed = Math.min(count, summedTerms);
  let sum = 0;
  for (let k = 1; k <= summed; k++) sum += k ** -exponent;
  if (summed === count) return sum;
  const [a, b] = [summed, count];
  const power = 1 - exponent;
  const integral = expm1Over(power * Math.log(b / a)) * Math.log(b / a) * a ** power;
  const ends = (b ** -exponent - a ** -exponent) / 2;
  const slopes = (-exponent * (b ** (-exponent - 1) - a ** (-exponent - 1))) / 12;
  return sum + integral + ends + slopes;
}

/**
 * A distribution known by some of its quantiles: straight lines in between, of the value or of its logarithm. Below the
 * first and above the last point nothing is known, so those points' values hold there.
 */
import type { DistributionFamily, Sampler } from './contract.js';
import type { Draws } from './draws.js';
import { checkShare } from './parameterFault.js';

interface Parameters {
  readonly points: readonly (readonly [shareBelow: number, value: number])[];
  /** Straight in the logarithm of the value. */
  readonly isLog?: boolean;
}

class QuantileSampler implements Sampler {
  readonly kind = 'quantiles';
  readonly mean: number;
  readonly variance: number;
  private readonly isLog: boolean;
  private readonly shares: Float64Array;
  /** The values, or their logarithms. */
  private readonly heights: Float64Array;

  constructor({ points, isLog = false }: Parameters) {
    this.isLog = isLog;
    this.shares = Float64Array.from(points, ([share]) => share);
    this.heights = Float64Array.from(points, ([, value]) => (isLog ? Math.log(value) : value));
    const [mean, meanSquare] = moments(points, isLog);
    this.mean = mean;
    this.variance = Math.max(0, meanSquare - mean * mean);
  }

  quantile(share: number): number {
    checkShare(share);
    const height = this.heightAt(share);
    return this.isLog ? Math.exp(height) : height;
  }

  sample(draws: Draws): number {
    const height = this.heightAt(draws.uniform());
    return this.isLog ? Math.exp(height) : height;
  }

  /** By halving: O(log of the number of points). */
  private heightAt(share: number): number {
    const { shares, heights } = this;
    let low = 0;
    let high = shares.length - 1;
    if (share <= shares[low]!) return heights[low]!;
    if (share >= shares[high]!) return heights[high]!;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (shares[middle]! <= share) low = middle;
      else high = middle;
    }
    const along = (share - shares[low]!) / (shares[high]! - shares[low]!);
    return heights[low]! + along * (heights[high]! - heights[low]!);
  }
}

/** Mean and mean square, by pieces. Over a straight line from a to b the means are (a + b)/2 and (a² + ab + b²)/3. */
function moments(points: Parameters['points'], isLog: boolean): readonly [number, number] {
  let mean = 0;
  let meanSquare = 0;
  const add = (weight: number, a: number, b: number): void => {
    const isCurved = isLog && b > a;
    mean += weight * (isCurved ? (b - a) / Math.log(b / a) : (a + b) / 2);
    meanSquare += weight * (isCurved ? (b * b - a * a) / (2 * Math.log(b / a)) : (a * a + a * b + b * b) / 3);
  };
  let [shareBefore, valueBefore] = [0, points[0]![1]];
  for (const [share, value] of points) {
    add(share - shareBefore, valueBefore, value);
    [shareBefore, valueBefore] = [share, value];
  }
  add(1 - shareBefore, valueBefore, valueBefore);
  return [mean, meanSquare];
}

function fault({ points, isLog = false }: Parameters): string | undefined {
  if (points.length < 2) return 'quantiles need at least two points';
  let [shareBefore, valueBefore] = [-1, 0];
  for (const [share, value] of points) {
    if (!Number.isFinite(value) || !Number.isFinite(share)) return 'quantiles must be finite numbers';
    if (share < 0 || share > 1) return 'the shares of quantiles must lie between 0% and 100%';
    if (share <= shareBefore) return 'the shares of quantiles must rise';
    if (isLog ? value <= 0 : value < 0) return isLog ? 'quantiles must be above 0' : 'quantiles must not be negative';
    if (value < valueBefore) return 'the values of quantiles must rise with their shares';
    [shareBefore, valueBefore] = [share, value];
  }
  return undefined;
}

export const quantiles: DistributionFamily<Parameters> = {
  kind: 'quantiles',
  source: 'inverse distribution function, interpolated',
  fault,
  make: (parameters) => new QuantileSampler(parameters),
};

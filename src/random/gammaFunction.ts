/**
 * The gamma function's logarithm and the regularized incomplete gamma function, to about 1e-14.
 *
 * Its own file because the Weibull's mean and the gamma's quantiles both stand on it. Checked against exact values
 * (factorials, roots of pi, chi-square tables) in `test/random/gammaFunction.test.ts`.
 */

/** Lanczos' coefficients for g = 7, n = 9 (Godfrey's set, relative error below 1e-14). */
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** ln of Gamma(x), for finite x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`x ${x}`);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum = lanczos[0]!;
  for (let k = 1; k < lanczos.length; k++) sum += lanczos[k]! / (x - 1 + k);
  const t = x + 6.5;
  return 0.9189385332046727 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Chance that a gamma variable of `shape` and scale 1 is at most `x`: P(shape, x).
 *
 * @param shape > 0; cost grows with its root
 * @param x >= 0, Infinity allowed
 * Source: Numerical Recipes 6.2: the series below shape + 1, Lentz' continued fraction above.
 */
export function gammaShareBelow(shape: number, x: number): number {
  if (!(shape > 0) || !(x >= 0)) throw new RangeError(`shape ${shape}, x ${x}`);
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  const density = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = shape + 1; term > sum * 1e-17; k++) {
      term *= x / k;
      sum += term;
    }
    return Math.min(1, sum * density);
  }
  return Math.max(0, 1 - density * upperFraction(shape, x));
}

function upperFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 100_000; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = a * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return fraction;
}

/** The x at which a gamma variable of `shape` and scale 1 has chance `share` of being at most x; Infinity at 1. */
export function gammaQuantile(shape: number, share: number): number {
  if (share === 0) return 0;
  if (share === 1) return Infinity;
  return invertRising((x) => gammaShareBelow(shape, x), share, shape);
}

/**
 * Where a distribution function that rises from 0 at 0 reaches `share` in (0, 1), by halving between doubles until no
 * double lies between. Plain and certain; meant for tests and checks, not for sampling.
 */
export function invertRising(shareBelow: (x: number) => number, share: number, guess: number): number {
  let low = 0;
  let high = guess > 0 ? guess : 1;
  while (shareBelow(high) < share) {
    low = high;
    high *= 2;
    if (high === Infinity) return high;
  }
  for (;;) {
    // Towards zero the steps are by factors, so that tiny quantiles keep their digits.
    const middle = low === 0 && high > 1e-300 ? high / 16 : low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (shareBelow(middle) < share) low = middle;
    else high = middle;
  }
}

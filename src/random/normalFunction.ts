/**
 * The standard normal's density, distribution function and its inverse, to about 1e-15 and 1e-13.
 *
 * Its own file because the truncated normal and the lognormal need the same functions. Checked against table values in
 * `test/random/normalFunction.test.ts`.
 */

const inverseRootTwoPi = 0.3989422804014327;

export function normalDensity(z: number): number {
  return inverseRootTwoPi * Math.exp(-0.5 * z * z);
}

/**
 * Chance that a standard normal is at most `z`; keeps its relative accuracy in the lower tail.
 * Source: Abramowitz and Stegun 26.2.11 (the series, |z| <= 3) and 26.2.14 (the continued fraction, beyond).
 */
export function normalShareBelow(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('z is not a number');
  const size = Math.abs(z);
  if (size <= 3) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-18; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 + normalDensity(z) * sum;
  }
  if (size > 39) return z < 0 ? 0 : 1;
  let fraction = size;
  for (let k = 120; k >= 1; k--) fraction = size + k / fraction;
  const tail = normalDensity(size) / fraction;
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z below which a standard normal falls with chance `share`; -Infinity at 0, Infinity at 1.
 * Source: Acklam's rational approximation (2003, relative error 1.2e-9), then one step of Halley's method.
 */
export function normalQuantile(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share ${share}`);
  if (share === 0) return -Infinity;
  if (share === 1) return Infinity;
  if (share > 0.5) return -normalQuantile(1 - share);
  const first = share < 0.02425 ? acklamTail(share) : acklamMiddle(share);
  const step = (normalShareBelow(first) - share) / normalDensity(first);
  return first - step / (1 + (first * step) / 2);
}

function acklamTail(share: number): number {
  const q = Math.sqrt(-2 * Math.log(share));
  const over = polynomial(
    q,
    [
      -7.784894002430293e-3, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
      2.938163982698783,
    ],
  );
  const under = polynomial(q, [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]);
  return over / under;
}

function acklamMiddle(share: number): number {
  const q = share - 0.5;
  const over = polynomial(
    q * q,
    [
      -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
      2.506628277459239,
    ],
  );
  const under = polynomial(
    q * q,
    [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1],
  );
  return (q * over) / under;
}

/** Horner's rule, highest power first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

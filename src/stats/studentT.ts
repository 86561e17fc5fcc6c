/**
 * Student's t: how wide an interval must be when the spread itself is known from few replications only.
 *
 * Its own file because it is the one table value every interval needs. Checked against printed tables in
 * `test/stats/studentT.test.ts`.
 */

/**
 * The t that a Student variable stays below with chance `share`.
 *
 * @param share in (0, 1); 0.975 for a two-sided interval of 95%
 * @param freedom degrees of freedom, whole number, >= 1
 * @throws RangeError outside those ranges. That is a caller's bug.
 * Cost: O(freedom), some fifty times. The two-sided share is a finite sum of cosines for whole degrees of freedom
 * (Abramowitz and Stegun 26.7.3 and 26.7.4), inverted by halving the angle atan(t / sqrt(freedom)).
 */
export function studentTQuantile(share: number, freedom: number): number {
  if (!(share > 0 && share < 1)) throw new RangeError(`share ${share}`);
  if (!Number.isInteger(freedom) || freedom < 1) throw new RangeError(`freedom ${freedom}`);
  if (share === 0.5) return 0;
  if (share < 0.5) return -studentTQuantile(1 - share, freedom);
  const wanted = 2 * share - 1;
  let low = 0;
  let high = Math.PI / 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.tan(middle) * Math.sqrt(freedom);
    if (shareWithin(middle, freedom) < wanted) low = middle;
    else high = middle;
  }
}

/** Chance that |t| is at most sqrt(freedom) x tan(angle). */
function shareWithin(angle: number, freedom: number): number {
  const sine = Math.sin(angle);
  const cosineSquared = Math.cos(angle) ** 2;
  const isOdd = freedom % 2 === 1;
  // Terms cos^k x (product of (j - 1)/j up to k), over even k for even freedom, over odd k for odd.
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let k = isOdd ? 1 : 0; k <= freedom - 2; k += 2) {
    sum += term;
    term *= (cosineSquared * (k + 1)) / (k + 2);
    if (term < 1e-18 * sum) break;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}

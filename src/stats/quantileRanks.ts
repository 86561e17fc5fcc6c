/**
 * How sure a quantile of independent values is: the two order statistics that hold it between them, whatever the
 * distribution. Its own file because it is counting, not estimating: the number of values below the quantile is
 * binomial.
 * Only for independent values (one per replication); the requests of one run are not. Checked by the oracles of
 * test/conformance.
 */

export interface QuantileRanks {
  /** Ranks among the sorted values, from 1; null where there are too few values to bound it on that side. */
  readonly low: number | null;
  readonly high: number | null;
  /** Chance that the quantile lies from the value of rank `low` (included) to that of rank `high`. */
  readonly coverage: number;
}

/**
 * The narrowest ranks with at most half of what `confidence` leaves on either side.
 *
 * @param count how many independent values, whole, >= 1
 * @param share of the quantile, in (0, 1)
 * @param confidence in (0, 1)
 * @throws RangeError outside those ranges
 * Cost: O(count). Source: David and Nagaraja, Order Statistics (2003), 7.1.
 */
export function quantileRanks(count: number, share: number, confidence: number): QuantileRanks {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count ${count}`);
  if (!(share > 0 && share < 1)) throw new RangeError(`share ${share}`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`confidence ${confidence}`);
  const chances = binomial(count, share);
  const tail = (1 - confidence) / 2;
  let below = 0; // Chance that fewer than `low` values lie below the quantile.
  let low = 0;
  while (low <= count && below + chances[low]! <= tail) below += chances[low++]!;
  let above = 0; // Chance that `high` values or more do.
  let high = count + 1;
  while (high > 0 && above + chances[high - 1]! <= tail) above += chances[--high]!;
  return { low: low >= 1 ? low : null, high: high <= count ? high : null, coverage: 1 - below - above };
}

/**
 * Chances of 0 to `count` successes. From the likeliest number outwards, so that nothing overflows or vanishes
 * early.
 */
function binomial(count: number, share: number): Float64Array {
  const chances = new Float64Array(count + 1);
  const mode = Math.min(count, Math.floor((count + 1) * share));
  const odds = share / (1 - share);
  chances[mode] = 1;
  for (let k = mode; k < count; k++) chances[k + 1] = chances[k]! * ((count - k) / (k + 1)) * odds;
  for (let k = mode; k > 0; k--) chances[k - 1] = (chances[k]! * (k / (count - k + 1))) / odds;
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

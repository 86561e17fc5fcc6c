/**
 * Erlang B: the chance of being refused where there is no queue (M/M/c/c, and M/G/c/c just as well).
 *
 * Its own file because platforms that reject over their limit are judged by it, and Erlang C is made from it.
 */

/**
 * Chance, in [0, 1], that an arriving request finds every server busy and is lost.
 *
 * @param offeredLoad arrival rate x mean service time, in erlangs (no unit), finite, >= 0
 * @param serverCount whole number, >= 0; without servers everyone is lost
 * @throws RangeError outside those ranges. That is a caller's bug, never a user's typing mistake.
 * Cost: O(serverCount). Source: Kleinrock, Queueing Systems I (1975), M/M/m/m, by its recursion over servers, which has
 * no factorials to overflow.
 */
export function erlangB(offeredLoad: number, serverCount: number): number {
  if (!Number.isFinite(offeredLoad) || offeredLoad < 0) throw new RangeError(`offeredLoad ${offeredLoad}`);
  if (!Number.isInteger(serverCount) || serverCount < 0) throw new RangeError(`serverCount ${serverCount}`);
  let blocked = 1;
  for (let n = 1; n <= serverCount; n++) blocked = (offeredLoad * blocked) / (n + offeredLoad * blocked);
  return blocked;
}

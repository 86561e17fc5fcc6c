/**
 * Erlang C: the chance of waiting in an M/M/c queue.
 *
 * Its own file because two readers need the same closed form: `plan()`, for a first guess at a fleet
 * size, and `test/theory`, as the answer the engine has to reproduce.
 */
import { erlangB } from './erlangB.js';

/**
 * Chance, in [0, 1], that an arriving request finds every server busy.
 *
 * @param offeredLoad arrival rate x mean service time, in erlangs (no unit), finite, >= 0
 * @param serverCount whole number, >= 1
 * @returns 1 when `offeredLoad >= serverCount`: the queue grows without end, everyone waits
 * @throws RangeError outside those ranges. That is a caller's bug, never a user's typing mistake.
 * Cost: O(serverCount). Source: Kleinrock, Queueing Systems I (1975), M/M/m; evaluated through Erlang B.
 */
export function erlangC(offeredLoad: number, serverCount: number): number {
  if (!Number.isInteger(serverCount) || serverCount < 1) throw new RangeError(`serverCount ${serverCount}`);
  const blocked = erlangB(offeredLoad, serverCount);
  if (offeredLoad >= serverCount) return 1;
  return blocked / (1 - (offeredLoad / serverCount) * (1 - blocked));
}

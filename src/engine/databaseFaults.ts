/**
 * Databases that are slow, or gone. A slow one takes longer over every query it begins; one with cores of its own is
 * slower at once, for those in progress too. A lost one refuses connections, and breaks those that are open.
 * Checked by test/engine/databases.test.ts.
 */
import { setSlowness } from './machines.js';
import { breakQueries } from './queries.js';
import type { RunState } from './state.js';

/** What the faults in force make of `database`: paces multiply. */
export function settleDatabaseFaults(s: RunState, database: number): void {
  const state = s.databases[database]!;
  let slowness = 1;
  let isLost = false;
  for (const index of state.faults) {
    const fault = s.model.faults[index]!;
    if (fault.kind === 'slow-database') slowness *= fault.factor;
    else if (fault.kind === 'lose-database') isLost = true;
  }
  if (slowness !== state.slowness) {
    state.slowness = slowness;
    if (state.machine >= 0) setSlowness(s, state.machine, slowness);
  }
  if (isLost && !state.isLost) {
    state.isLost = true;
    breakQueries(s, database);
  } else state.isLost = isLost;
}

/**
 * The limits at which a replication is stopped: events in all, and what is alive at once, which is what memory
 * follows. Its own file because each says which setting it is and what would help. Checked by
 * test/experiment/replication.test.ts, and with exit code and report by test/cli/limits.test.ts.
 */
import type { Run, RunWarning } from '../engine/run.js';
import type { Model } from '../model/contract.js';

/** So many visitors and spans take some 1.5 GB; more of them would fill the memory. */
const usualMostAlive = 5_000_000;
const usualMostInstances = 2_000_000;
/** How often it is looked how many there are, in events. */
const eventsPerLook = 250_000;

/** Events until the next look: with a small limit so few that it is not passed by much. */
export function eventsUntilLook({ limits }: Pick<Model, 'limits'>): number {
  const { alive = usualMostAlive, instances = usualMostInstances } = limits ?? {};
  return Math.max(100, Math.min(eventsPerLook, alive, instances));
}

/** Why a run under way must be stopped, or was by its model's limit of events; null when it may go on. */
export function limitReached(
  run: Pick<Run, 'stopped' | 'nowUs' | 'instanceCount' | 'aliveCount'>,
  { limits = {} }: Pick<Model, 'limits'>,
): RunWarning | null {
  const at = `stopped at ${(run.nowUs / 1e6).toFixed(3)} s of simulated time`;
  if (run.stopped?.code === 'event-limit') {
    const mend = 'shorten the run, offer less, or raise run.limits.events';
    return { code: 'event-limit', message: `${run.stopped.message}: ${mend}` };
  }
  if (run.stopped) return run.stopped;
  const { instances = usualMostInstances, alive = usualMostAlive } = limits;
  if (run.instanceCount > instances) {
    const mend = 'give services a smaller maxInstances or upper end of replicas, or raise run.limits.instances';
    const message = `${at}: ${run.instanceCount} instances at once, where at most ${instances} may be; ${mend}`;
    return { code: 'entity-limit', message };
  }
  if (run.aliveCount <= alive) return null;
  const mend = 'offer less, give services a queue limit, visitors a timeout, or raise run.limits.alive';
  const count = `${run.aliveCount} visitors and spans are alive at once`;
  return { code: 'entity-limit', message: `${at}: ${count}, where at most ${alive} may be; ${mend}` };
}

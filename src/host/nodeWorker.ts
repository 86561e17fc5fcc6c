/**
 * A worker thread of Node: compiles the scenario once, then does one job after another. The other end is `threads.ts`.
 *
 * Its own file because it is an entry: the pool starts it by its path.
 */
import { workerData } from 'piscina';
import { type JobResult, runJob } from '../experiment/jobs.js';
import { compileScenario } from '../experiment/prepare.js';
import type { ThreadStart, ThreadTask } from './threadTask.js';

const { scenario, doneShares, stop } = workerData as ThreadStart;
const compiled = compileScenario(scenario);
if (!compiled.ok) throw new Error('a scenario that compiled in the main thread does not compile in a worker');
const model = compiled.value;

/** Does one job; null when everybody was told to stop before it was finished. */
export function runTask({ job, place }: ThreadTask): JobResult | null {
  const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;
  if (isStopped()) return null;
  const result = runJob(model, job, (share) => {
    doneShares[place] = share;
    return !isStopped();
  });
  if (isStopped() && result.kind === 'replication' && result.result.measured === null) return null;
  doneShares[place] = 1;
  return result;
}

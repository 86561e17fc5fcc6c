/**
 * A worker thread of Node: compiles what it is given once, then does one job after another. The other ends are
 * `threads.ts` (jobs of one comparison) and `cellThreads.ts` (cells of a sweep).
 *
 * Its own file because it is an entry: the pool starts it by its path. A thread is ready as soon as this is loaded, so
 * what only cells need, the reading of settings, is loaded by the first of them.
 */
import { workerData } from 'node:worker_threads';
import type { Cell, PreparedCell } from '../experiment/cells.js';
import { type JobResult, runJob } from '../experiment/jobs.js';
import { type CompiledScenario, compileScenario } from '../experiment/prepare.js';
import type { CellJobsTask, CellTask, ThreadStart, ThreadTask } from './threadTask.js';

const { scenario, doneShares, stop } = workerData as ThreadStart;
let model: CompiledScenario | null = null;
let prepared: { readonly words: string; readonly cell: PreparedCell } | null = null;

/** Does one job; null when everybody was told to stop before it was finished. */
export function runTask({ job, place }: ThreadTask): JobResult | null {
  model ??= compiledOrThrow();
  return doJob(model, job, place);
}

/** Does a whole cell; null when everybody was told to stop before it was finished. */
export async function runCellTask({ order, place }: CellTask): Promise<Cell | null> {
  const { runCell } = await loadCells();
  const cell = runCell(scenario, order, (share) => {
    doneShares[place] = share;
    return !isStopped();
  });
  if (cell) doneShares[place] = 1;
  return cell;
}

/** Does one job of a cell, for few cells on many threads; the cell of the last task is kept ready. */
export async function runCellJob({ order, job, place }: CellJobsTask): Promise<JobResult | null> {
  const { prepareCell } = await loadCells();
  const words = JSON.stringify(order);
  if (prepared?.words !== words) {
    const cell = prepareCell(scenario, order);
    if ('issues' in cell) throw new Error('a cell that compiled in the main thread does not compile in a worker');
    prepared = { words, cell };
  }
  return doJob(prepared.cell.compiled, job, place);
}

function loadCells(): Promise<typeof import('../experiment/cells.js')> {
  return import('../experiment/cells.js');
}

function isStopped(): boolean {
  return Atomics.load(stop, 0) !== 0;
}

function doJob(compiled: CompiledScenario, job: ThreadTask['job'], place: number): JobResult | null {
  if (isStopped()) return null;
  const result = runJob(compiled, job, (share) => {
    doneShares[place] = share;
    return !isStopped();
  });
  if (isStopped() && result.kind === 'replication' && result.result.measured === null) return null;
  doneShares[place] = 1;
  return result;
}

function compiledOrThrow(): CompiledScenario {
  const compiled = compileScenario(scenario);
  if (!compiled.ok) throw new Error('a scenario that compiled in the main thread does not compile in a worker');
  return compiled.value;
}

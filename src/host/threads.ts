/**
 * Many jobs on several threads, gathered by their place in the list and never by who was first, so that the number of
 * threads changes no byte of the result. Its own file because it is the only one that knows the pool. Checked by
 * test/host/threads.test.ts and, through the program, by test/cli/simulate.test.ts.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Job, JobResult } from '../experiment/jobs.js';
import type { Scenario } from '../scenario/contract.js';
import { sharedMemory, type ThreadStart, type ThreadTask } from './threadTask.js';

export interface RunManyOptions {
  /** Threads, at least 1. Never more are started than there are jobs. */
  readonly workers: number;
  /** Told a few times a second: share done of all jobs by weight, and events handled in the jobs that are finished. */
  readonly onProgress?: (share: number, eventCount: number) => void;
  /** Told of every result as it comes, in whatever order. */
  readonly onResult?: (result: JobResult) => void;
  /** Resolves when no further job shall be done; what is finished by then is kept. */
  readonly stopped?: Promise<void>;
  /** The bundled worker; beside this file in `dist/`. */
  readonly workerFile?: string;
}

/** Rough cost of a kind of job, for the progress bar alone; a replication is 1. */
const weights: Readonly<Record<Job['kind'], number>> = { replication: 1, rest: 0.5, level: 0.2, 'cost-point': 0.2 };
const progressEveryMs = 100;

export const mostWorkers = 256;

/** One for each core that this process may use. */
export function defaultWorkers(): number {
  return Math.min(availableParallelism(), mostWorkers);
}

/**
 * Does all jobs and returns their results in the order of the jobs; null for those that were stopped.
 * @throws what a job threw (a bug of ours); the other threads are ended first.
 */
export async function runMany(
  scenario: Scenario,
  jobs: readonly Job[],
  options: RunManyOptions,
): Promise<readonly (JobResult | null)[]> {
  if (jobs.length === 0) return [];
  const { Piscina } = await import('piscina');
  const memory = sharedMemory(jobs.length);
  const start: ThreadStart = { scenario, ...memory };
  const threadCount = Math.min(options.workers, jobs.length);
  const pool = new Piscina({
    filename: options.workerFile ?? fileURLToPath(new URL('./worker.js', import.meta.url)),
    name: 'runTask',
    minThreads: threadCount,
    maxThreads: threadCount,
    workerData: start,
    // Each of these jobs runs for long without a pause: a thread takes the next when it has done the last.
    concurrentTasksPerWorker: 1,
  });
  void options.stopped?.then(() => Atomics.store(memory.stop, 0, 1));
  const events = { count: 0 };
  const timer = setInterval(
    () => options.onProgress?.(doneShare(jobs, memory.doneShares), events.count),
    progressEveryMs,
  );
  try {
    const results = await Promise.all(
      jobs.map(async (job, place): Promise<JobResult | null> => {
        const task: ThreadTask = { job, place };
        const result: JobResult | null = await pool.run(task);
        if (result?.kind === 'replication') events.count += result.result.eventCount;
        if (result) options.onResult?.(result);
        return result;
      }),
    );
    options.onProgress?.(doneShare(jobs, memory.doneShares), events.count);
    return results;
  } finally {
    clearInterval(timer);
    await pool.destroy();
  }
}

function doneShare(jobs: readonly Job[], doneShares: Float64Array): number {
  let done = 0;
  let all = 0;
  jobs.forEach(({ kind }, place) => {
    all += weights[kind];
    done += weights[kind] * (doneShares[place] ?? 0);
  });
  return done / all;
}

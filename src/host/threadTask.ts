/**
 * What travels between the main thread and the workers: the words of a task, and the shared memory beside them. Its own
 * file because both ends must agree on it, and a worker must not load the pool.
 */
import type { CellOrder } from '../experiment/cells.js';
import type { Job } from '../experiment/jobs.js';
import type { Scenario } from '../scenario/contract.js';

/** Given to every thread once, when it starts. */
export interface ThreadStart {
  readonly scenario: Scenario;
  /** Share done of each job, by its place in the list; written by the threads. */
  readonly doneShares: Float64Array;
  /** One number: not 0 once everybody shall stop. */
  readonly stop: Int32Array;
}

export interface ThreadTask {
  readonly job: Job;
  /** Place of the job in the list. */
  readonly place: number;
}

/** A whole cell. `place` is where its share done is told. */
export interface CellTask {
  readonly order: CellOrder;
  readonly place: number;
}

/** One job of a cell. */
export interface CellJobsTask extends CellTask {
  readonly job: Job;
}

/** Shared memory for so many jobs. */
export function sharedMemory(jobCount: number): Pick<ThreadStart, 'doneShares' | 'stop'> {
  return {
    doneShares: new Float64Array(new SharedArrayBuffer(8 * jobCount)),
    stop: new Int32Array(new SharedArrayBuffer(4)),
  };
}

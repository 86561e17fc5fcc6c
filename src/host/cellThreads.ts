/**
 * Cells on threads: each cell looked up in the store, simulated if it is not there, kept when it is done, and returned
 * in the order asked for, whoever was first. Many cells go to the threads whole; few are cut into their jobs, so that
 * every core has work.
 *
 * Its own file because sweep, plan and a queue's worker all run cells this way. Checked by test/cli/sweep.test.ts.
 */
import { fileURLToPath } from 'node:url';
import {
  type Cell,
  type CellOrder,
  cellKey,
  cellOf,
  prepareCell,
  refusedCell,
  scenarioDigestOf,
} from '../experiment/cells.js';
import type { JobResult } from '../experiment/jobs.js';
import type { Scenario } from '../scenario/contract.js';
import type { CellStore } from './cellStore.js';
import { type CellJobsTask, type CellTask, sharedMemory, type ThreadStart } from './threadTask.js';

export interface CellRunnerOptions {
  /** Threads, at least 1. */
  readonly workers: number;
  readonly store: CellStore;
  /** Never cut a cell into its jobs: other cells keep the threads busy. */
  readonly keepsWhole?: boolean;
  /** Of the program: a part of every cell's name. */
  readonly version: string;
  /** Told a few times a second: cells finished of those asked for, fractions included, and events handled. */
  readonly onProgress?: (doneCount: number, eventCount: number) => void;
  /** Resolves when no further cell shall be done; what is finished by then is kept. */
  readonly stopped?: Promise<void>;
  /** The bundled worker; beside this file in `dist/`. */
  readonly workerFile?: string;
}

export interface CellRunner {
  /**
   * The cells, in the order of the orders; null for those that were stopped. The same order twice is simulated once.
   * @throws CellStoreError when the store refuses; what was finished is in it. Throws what a bug of ours threw.
   */
  run(orders: readonly CellOrder[]): Promise<readonly (Cell | null)[]>;
  /** How many cells were read from the store so far. */
  readonly foundCount: number;
  /** How many were simulated. */
  readonly simulatedCount: number;
  /** Ends the threads. */
  close(): Promise<void>;
}

interface Pool {
  run(task: unknown, options: { readonly name: string }): Promise<unknown>;
  destroy(): Promise<void>;
}

const progressEveryMs = 100;
/** Tasks waiting for each thread, so that none is ever idle. */
const tasksPerThread = 3;

export function openCellRunner(scenario: Scenario, options: CellRunnerOptions): CellRunner {
  const { workers, store, version } = options;
  const slotCount = workers * tasksPerThread;
  const memory = sharedMemory(slotCount);
  const freeSlots = Array.from({ length: slotCount }, (_, slot) => slot);
  const waiting: (() => void)[] = [];
  const scenarioDigest = scenarioDigestOf(scenario);
  const counts = { done: 0, found: 0, simulated: 0, events: 0 };
  let isStopped = false;
  let pool: Promise<Pool> | null = null;
  void options.stopped?.then(() => {
    isStopped = true;
    Atomics.store(memory.stop, 0, 1);
  });

  /** One task on the next free thread. `weight`: how much of a cell it is. */
  async function onThread<T>(name: string, weight: number, task: (place: number) => unknown): Promise<T | null> {
    while (freeSlots.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const slot = freeSlots.pop()!;
    weights[slot] = weight;
    memory.doneShares[slot] = 0;
    try {
      if (isStopped) return null;
      pool ??= startPool({ scenario, ...memory }, options);
      return (await (await pool).run(task(slot), { name })) as T | null;
    } finally {
      counts.done += weight;
      weights[slot] = 0;
      freeSlots.push(slot);
      waiting.shift()?.();
    }
  }
  const weights = new Float64Array(slotCount);

  async function simulate(order: CellOrder, isAlone: boolean): Promise<Cell | null> {
    if (!isAlone) return onThread<Cell>('runCellTask', 1, (place): CellTask => ({ order, place }));
    const prepared = prepareCell(scenario, order);
    if ('issues' in prepared) {
      counts.done++;
      return refusedCell(order, prepared.issues);
    }
    const { jobs } = prepared;
    const results = await Promise.all(
      jobs.map((job) =>
        onThread<JobResult>('runCellJob', 1 / jobs.length, (place): CellJobsTask => ({ order, job, place })),
      ),
    );
    const finished = results.filter((result) => result !== null);
    return finished.length < jobs.length ? null : cellOf(prepared, finished);
  }

  async function lookUpOrSimulate(key: string, order: CellOrder, isAlone: boolean): Promise<Cell | null> {
    if (isStopped) return null;
    const stored = await store.get(key);
    if (stored) {
      counts.found++;
      counts.done++;
      return stored;
    }
    const cell = await simulate(order, isAlone);
    if (!cell) return null;
    counts.simulated++;
    counts.events += cell.eventCount;
    await store.put(key, cell);
    return cell;
  }

  return {
    async run(orders) {
      const keys = orders.map((order) => cellKey({ version, scenarioDigest, order }));
      const distinct = new Map(keys.map((key, place) => [key, orders[place]!]));
      const isAlone = distinct.size < 2 * workers && !options.keepsWhole;
      const timer = setInterval(() => {
        const underWay = memory.doneShares.reduce((sum, share, slot) => sum + share * weights[slot]!, 0);
        options.onProgress?.(counts.done + underWay, counts.events);
      }, progressEveryMs);
      try {
        const cells = await inWaves([...distinct], isAlone ? distinct.size : slotCount, ([key, order]) =>
          lookUpOrSimulate(key, order, isAlone),
        );
        const byKey = new Map([...distinct.keys()].map((key, place) => [key, cells[place]!]));
        return keys.map((key, place) => {
          const cell = byKey.get(key);
          return cell ? { ...cell, settings: orders[place]!.settings } : null;
        });
      } finally {
        clearInterval(timer);
        options.onProgress?.(counts.done, counts.events);
      }
    },
    get foundCount() {
      return counts.found;
    },
    get simulatedCount() {
      return counts.simulated;
    },
    async close() {
      if (pool) await (await pool).destroy();
    },
  };
}

async function startPool(start: ThreadStart, { workers, workerFile }: CellRunnerOptions): Promise<Pool> {
  const { Piscina } = await import('piscina');
  return new Piscina({
    filename: workerFile ?? fileURLToPath(new URL('./worker.js', import.meta.url)),
    minThreads: workers,
    maxThreads: workers,
    workerData: start,
    concurrentTasksPerWorker: 1,
  });
}

/** Does `work` for every item, at most `width` at a time, and returns the results in the order of the items. */
async function inWaves<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const place = next++;
      results[place] = await work(items[place]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

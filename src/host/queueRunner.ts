/**
 * Cells on other machines: put on the queue in chunks, awaited in the store. What is there counts, whoever did it and
 * whatever the queue says: a chunk that the queue has lost is put on it again, a cell that is damaged is asked for
 * again, and asking twice does nothing twice.
 *
 * Its own file beside `cellThreads.ts`, which does the same for threads; sweep and plan do not notice which they have.
 * Checked by test/cli/queue.test.ts on a real server.
 */
import type { Queue } from 'bullmq';
import { type Cell, type CellOrder, scenarioDigestOf } from '../experiment/cells.js';
import type { Scenario } from '../scenario/contract.js';
import { type CellStore, cellsIn } from './cellStore.js';
import { type CellRunner, openCellRunner } from './cellThreads.js';
import {
  type Chunk,
  cellsPerChunkFor,
  chunkFrom,
  chunkIdOf,
  chunksOf,
  type NamedOrder,
  namedOrders,
} from './queueJobs.js';
import { type QueueLink, QueueStoppedError, queueName } from './queueLink.js';
import { storeReason } from './queueWorker.js';
import { readStudyText, studyNameOf, writeStudyText } from './studyText.js';
import { CellStoreError, type TextStore } from './textStore.js';

export interface QueueRunnerOptions {
  readonly link: QueueLink;
  readonly texts: TextStore;
  readonly version: string;
  /** How long a chunk is its worker's without a word from it. */
  readonly lockMs: number;
  readonly onProgress?: (doneCount: number, eventCount: number) => void;
  readonly stopped?: Promise<void>;
}

const jobsPerBatch = 1000;
const leastPollMs = 250;
/** Nothing new for so many locks: what is missing is put on the queue again, in case it has lost it. */
const idleLocks = 1.5;
const readsAtOnce = 16;
const longestPilotMs = 2000;

export async function openQueueRunner(scenario: Scenario, options: QueueRunnerOptions): Promise<CellRunner> {
  const { Queue } = await import('bullmq');
  const { link, texts, version, lockMs } = options;
  const queue: Queue<Chunk> = new Queue<Chunk>(queueName, {
    connection: link.redis,
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 1000 },
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 1000 },
    },
  });
  queue.on('error', () => {}); // The link says what happens to it.
  const store = cellsIn(texts);
  const scenarioDigest = scenarioDigestOf(scenario);
  const words = { version, scenarioDigest, store: texts.place };
  const counts = { done: 0, found: 0, simulated: 0, events: 0 };
  let isStopped = false;
  void options.stopped?.then(() => {
    isStopped = true;
  });
  let cellsPerChunk: number | null = null;

  async function ask(orders: readonly NamedOrder[], missing: ReadonlySet<string>): Promise<void> {
    cellsPerChunk ??= await agreeOnChunks(scenario, orders, { scenarioDigest, texts, version });
    const jobs = chunksOf(orders, cellsPerChunk)
      .filter((chunk) => chunk.some(({ key }) => missing.has(key)))
      .map((chunk) => ({ name: 'cells', data: chunkFrom(chunk, words), opts: { jobId: chunkIdOf(chunk) } }));
    for (let at = 0; at < jobs.length && !isStopped; at += jobsPerBatch)
      await link.reach(queue.addBulk(jobs.slice(at, at + jobsPerBatch)));
  }

  /** Failed chunks of this study; those of an earlier attempt are cleared away first. */
  async function failures(): Promise<readonly { readonly reason: string; remove(): Promise<unknown> }[]> {
    const failed = await link.reach(queue.getFailed(0, 999));
    return failed
      .filter(({ data }) => data.scenarioDigest === scenarioDigest && data.version === version)
      .map((job) => ({ reason: job.failedReason, remove: () => job.remove() }));
  }

  /** Asks for what is missing and waits until it is in the store, or until it is stopped. */
  async function awaitAll(named: readonly NamedOrder[], wanted: ReadonlySet<string>, cells: Map<string, Cell>) {
    const earlier = counts.done;
    let heardMs = Date.now();
    if (cells.size < wanted.size && !isStopped) {
      for (const failure of await failures()) await link.reach(failure.remove());
      await ask(named, missingOf(wanted, cells));
    }
    while (cells.size < wanted.size && !isStopped) {
      const startMs = Date.now();
      const newCount = await collect(store, wanted, cells);
      if (newCount > 0) heardMs = Date.now();
      counts.simulated += newCount;
      counts.events = eventsOf(cells);
      options.onProgress?.(earlier + cells.size, counts.events);
      if (cells.size === wanted.size) break;
      const [failure] = await failures();
      if (failure) throw failureOf(failure.reason);
      if (Date.now() - heardMs > idleLocks * lockMs && link.isUp) {
        await ask(named, missingOf(wanted, cells));
        heardMs = Date.now();
      }
      // A store of a million cells takes long to list: it is looked at for a tenth of the time.
      await link.reach(pause(Math.max(leastPollMs, 9 * (Date.now() - startMs)), options.stopped));
    }
  }

  return {
    async run(orders) {
      const named = namedOrders(orders, words);
      const cells = new Map<string, Cell>();
      const wanted = new Set(named.map(({ key }) => key));
      const earlier = counts.done;
      await collect(store, wanted, cells);
      counts.found += cells.size;
      await awaitAll(named, wanted, cells).catch((error: unknown) => {
        if (!(error instanceof QueueStoppedError)) throw error;
      });
      counts.done = earlier + cells.size;
      const keys = new Map(named.map(({ key, order }) => [order, key]));
      return orders.map((order) => cellFor(order, cells, keys.get(order) ?? namedOrders([order], words)[0]!.key));
    },
    get foundCount() {
      return counts.found;
    },
    get simulatedCount() {
      return counts.simulated;
    },
    async close() {
      await queue.close().catch(() => {});
    },
  };
}

function cellFor({ settings }: CellOrder, cells: ReadonlyMap<string, Cell>, key: string): Cell | null {
  const cell = cells.get(key);
  return cell ? { ...cell, settings } : null;
}

function missingOf(wanted: ReadonlySet<string>, cells: ReadonlyMap<string, Cell>): Set<string> {
  return new Set([...wanted].filter((key) => !cells.has(key)));
}

function eventsOf(cells: ReadonlyMap<string, Cell>): number {
  let sum = 0;
  for (const { eventCount } of cells.values()) sum += eventCount;
  return sum;
}

/** Reads what is new in the store; damaged cells stay missing. How many were new. */
async function collect(store: CellStore, wanted: ReadonlySet<string>, cells: Map<string, Cell>): Promise<number> {
  const before = cells.size;
  const fresh = [...(await store.keys())].filter((key) => wanted.has(key) && !cells.has(key));
  for (let at = 0; at < fresh.length; at += readsAtOnce) {
    const read = fresh.slice(at, at + readsAtOnce).map(async (key) => {
      const cell = await store.get(key);
      if (cell) cells.set(key, cell);
    });
    await Promise.all(read);
  }
  return cells.size - before;
}

/**
 * How many cells make a job: as an earlier sender of the same study found out, else from the time that the first and
 * the last of them take here (at most two seconds), and kept with the study, so that all senders cut alike.
 */
async function agreeOnChunks(
  scenario: Scenario,
  orders: readonly NamedOrder[],
  { scenarioDigest, texts, version }: { scenarioDigest: string; texts: TextStore; version: string },
): Promise<number> {
  const stopped = pause(longestPilotMs, undefined);
  const name = studyNameOf(scenarioDigest);
  const text = await texts.read(name);
  const known = text === null ? null : readStudyText(text, scenarioDigest);
  if (known) return known.cellsPerChunk;
  const first = orders[0]!.order;
  const pilot = openCellRunner(scenario, { workers: 1, store: cellsIn(texts), version, keepsWhole: true, stopped });
  let slowestMs = 0;
  for (const order of new Set([first, orders.at(-1)!.order])) {
    const startMs = performance.now();
    await pilot.run([order]);
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
  }
  await pilot.close();
  const cellsPerChunk = cellsPerChunkFor(slowestMs, orders.length);
  await texts.write(name, writeStudyText({ scenario, cellsPerChunk }));
  return cellsPerChunk;
}

function failureOf(reason: string): Error {
  if (reason.startsWith(storeReason)) return new CellStoreError(`a worker ${reason.slice(storeReason.length)}`);
  return new Error(`a worker could not do its cells: ${reason}`);
}

async function pause(ms: number, stopped: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const slept = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([slept, ...(stopped ? [stopped] : [])]);
  clearTimeout(timer);
}

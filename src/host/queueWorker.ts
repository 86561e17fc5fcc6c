/**
 * A worker of the queue: takes one chunk of cells after another and does them on threads, so that its own loop is free
 * to keep its locks. What is finished goes to the store, cell by cell; the queue only hears that a chunk is done.
 *
 * Its own file because `windtunnel worker` and a sweep that takes part in its own queue are the same. Settings are
 * those that were measured: a lock of 10 s, looked for every 5 s, many losses of a machine allowed. `removeOnComplete`
 * is never a bare `true` on a worker: BullMQ 6.7.0 then does every job for ever.
 * Checked by test/cli/queue.test.ts on real processes that are killed.
 */
import type { Job, Worker } from 'bullmq';
import { cellsIn, openTexts } from './cellStore.js';
import { type CellRunner, openCellRunner } from './cellThreads.js';
import { isThere } from './folderTexts.js';
import { type Chunk, ordersIn } from './queueJobs.js';
import { type QueueLink, queueName } from './queueLink.js';
import { readStudyText, studyNameOf } from './studyText.js';
import { CellStoreError, isBucket } from './textStore.js';

export interface QueueWorkerOptions {
  readonly link: QueueLink;
  readonly version: string;
  /** Threads, at least 1. */
  readonly workers: number;
  /** Where cells go; null: where each job says. */
  readonly store: string | null;
  /** How long a chunk is its worker's without a word from it. */
  readonly lockMs: number;
  /** Hears what went wrong, a sentence each. */
  readonly say: (sentence: string) => void;
  readonly onChunk?: (cellCount: number) => void;
  readonly workerFile?: string;
}

export interface QueueWorker {
  /** Takes no further chunk, finishes those under way, and ends the threads. */
  close(): Promise<void>;
}

/** Begins of reasons that a chunk failed, for whoever reads them: the store, or a mistake of ours. */
export const storeReason = 'store: ';

/** A machine may be lost so often with the same chunk before it is held to be the chunk's fault. */
const mostLosses = 20;

export async function openQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const { Worker, UnrecoverableError } = await import('bullmq');
  const { link, version, workers, lockMs, say } = options;
  const runners = openRunners(options);
  const doChunk = async ({ data }: Job<Chunk>): Promise<void> => {
    if (data.version !== version)
      throw new UnrecoverableError(`made for windtunnel ${data.version}, and this is ${version}`);
    try {
      await runners.run(data);
    } catch (error) {
      if (error instanceof CellStoreError) throw new Error(`${storeReason}${error.message}`);
      throw error;
    }
    options.onChunk?.(data.rows.length);
  };
  const connection = link.redis.duplicate();
  connection.on('error', () => {}); // The link says so.
  const worker: Worker<Chunk> = new Worker<Chunk>(queueName, doChunk, {
    connection,
    concurrency: workers,
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: mostLosses,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 1000 },
  });
  // While the server is out of reach the link says so, once; other errors must not be silent.
  worker.on('error', (error) => {
    if (link.isUp && !/ECONN|Connection is closed/.test(`${error.message}`)) say(`queue: ${error.message}`);
  });
  worker.on('failed', (job, error) => say(`a chunk of ${job?.data.rows.length ?? 0} cells failed: ${error.message}`));
  return {
    async close() {
      // Where the server is gone nothing can be handed back: its lock ends by itself.
      await worker.close(!link.isUp).catch(() => {});
      connection.disconnect();
      await runners.close();
    },
  };
}

interface Runners {
  run(chunk: Chunk): Promise<void>;
  close(): Promise<void>;
}

/** A pool of threads for each study under way; those of studies nobody asks for any more are ended. */
function openRunners({ version, workers, store: ownStore, workerFile }: QueueWorkerOptions): Runners {
  interface Entry {
    readonly runner: Promise<CellRunner>;
    useCount: number;
  }
  const entries = new Map<string, Entry>();
  const open = async ({ scenarioDigest, store }: Chunk): Promise<CellRunner> => {
    const place = ownStore ?? store;
    const isMissing = !isBucket(place) && !isThere(place);
    const texts = isMissing ? null : await openTexts(place);
    const text = texts && (await texts.read(studyNameOf(scenarioDigest)));
    if (!texts || text === null)
      throw new CellStoreError(`${place} does not hold the study: sweep and worker must name the same --store`);
    const study = readStudyText(text, scenarioDigest);
    if (!study) throw new CellStoreError(`the study in ${place} is damaged: start the sweep again`);
    const file = workerFile === undefined ? {} : { workerFile };
    return openCellRunner(study.scenario, { workers, version, store: cellsIn(texts), keepsWhole: true, ...file });
  };
  const end = async (key: string): Promise<void> => {
    const entry = entries.get(key);
    entries.delete(key);
    await entry?.runner.then((runner) => runner.close()).catch(() => {});
  };
  return {
    async run(chunk) {
      const key = JSON.stringify([chunk.scenarioDigest, ownStore ?? chunk.store]);
      let entry = entries.get(key);
      if (!entry) {
        for (const [other, { useCount }] of entries) if (useCount === 0) void end(other);
        entry = { runner: open(chunk), useCount: 0 };
        entries.set(key, entry);
      }
      entry.useCount++;
      entry.runner.catch(() => entries.delete(key)); // The next attempt opens it again.
      try {
        const runner = await entry.runner;
        await runner.run(ordersIn(chunk));
      } finally {
        entry.useCount--;
      }
    },
    async close() {
      await Promise.all([...entries.keys()].map(end));
    },
  };
}

/**
 * Who simulates the cells of a sweep or a plan: threads here, other machines by a queue, or both; and where finished
 * cells lie. Its own file because the two commands choose alike, and everything else of them does not notice.
 */
import { join } from 'node:path';
import { type CellStore, cellsIn, noCellStore, openTexts } from '../host/cellStore.js';
import { type CellRunner, openCellRunner } from '../host/cellThreads.js';
import { wholePath } from '../host/folderTexts.js';
import { openQueueLink } from '../host/queueLink.js';
import { isBucket } from '../host/textStore.js';
import type { Scenario } from '../scenario/contract.js';
import type { Call } from './commands/contract.js';
import type { QueueRequest } from './queueFlags.js';
import type { SweepRequest } from './sweepRequest.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

type Request = Pick<SweepRequest, 'workers' | 'queue' | 'reportKinds' | 'reportFolder'>;

export interface Hearing {
  readonly onProgress?: (doneCount: number, eventCount: number) => void;
  readonly stopped: Promise<void>;
}

/** A runner that also knows where its cells lie. */
export interface StoringRunner extends CellRunner {
  readonly place: string;
}

/**
 * @throws CellStoreError, QueueError, QueueVersionError where the store or the queue refuses
 */
export async function openRunner(
  call: Call,
  terminal: Terminal,
  scenario: Scenario,
  request: Request,
  hearing: Hearing,
): Promise<StoringRunner> {
  const { workers, queue } = request;
  if (queue) return openOnQueue(call, terminal, scenario, { ...request, queue }, hearing);
  const store = await openStore(call, request);
  const runner = openCellRunner(scenario, { workers, store, version, ...hearing });
  return withPlace(runner, store.place, () => runner.close());
}

/** Where cells are kept: as told, else beside the report; nowhere when nothing is to be written. */
export async function openStore(
  call: Call,
  { reportKinds, reportFolder }: Pick<Request, 'reportKinds' | 'reportFolder'>,
): Promise<CellStore> {
  const told = call.flags.text('store');
  if (told === undefined && reportKinds.size === 0) return noCellStore;
  return cellsIn(await openTexts(told ?? join(reportFolder, 'cells')));
}

async function openOnQueue(
  call: Call,
  terminal: Terminal,
  scenario: Scenario,
  { workers, queue, reportFolder }: Request & { readonly queue: QueueRequest },
  hearing: Hearing,
): Promise<StoringRunner> {
  const { openQueueRunner } = await import('../host/queueRunner.js');
  const place = call.flags.text('store') ?? join(reportFolder, 'cells');
  const texts = await openTexts(isBucket(place) ? place : wholePath(place));
  const say = (sentence: string): void => terminal.note(sentence);
  const link = await openQueueLink({ ...queue, version, say, stopped: hearing.stopped });
  const runner = await openQueueRunner(scenario, { link, texts, version, lockMs: queue.lockMs, ...hearing });
  const { openQueueWorker } = await import('../host/queueWorker.js');
  const worker =
    workers > 0 ? await openQueueWorker({ link, version, workers, store: place, lockMs: queue.lockMs, say }) : null;
  return withPlace(runner, place, async () => {
    await worker?.close();
    await runner.close();
    link.close();
  });
}

function withPlace(runner: CellRunner, place: string, close: () => Promise<void>): StoringRunner {
  return {
    place,
    run: (orders) => runner.run(orders),
    get foundCount() {
      return runner.foundCount;
    },
    get simulatedCount() {
      return runner.simulatedCount;
    },
    close,
  };
}

/**
 * The work of `worker`: chunks of cells from the queue, until a signal or a queue that stays out of reach. Its own file
 * because it has no scenario, no report and no result of its own. Checked by test/cli/queue.test.ts on real processes.
 */
import { openQueueLink } from '../host/queueLink.js';
import { openQueueWorker } from '../host/queueWorker.js';
import { placeFault } from '../host/textStore.js';
import { countedPlainly } from '../report/terminal/grid.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { listenForInterruption } from './interruption.js';
import { readQueueFlags, readWorkers } from './queueFlags.js';
import { refuse } from './refusal.js';
import { told } from './sweeping.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

export async function work(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags } = call;
  const mistakes: string[] = [];
  const queue = readQueueFlags(flags, mistakes);
  const workers = readWorkers(flags, mistakes, 1);
  const store = flags.text('store') ?? null;
  const fault = store && placeFault(store);
  if (fault) mistakes.push(`--store ${fault}`);
  if (flags.text('queue') === undefined) mistakes.push('a worker needs --queue, as in --queue redis://127.0.0.1:6379');
  if (!queue || mistakes.length > 0) return refuse(terminal, mistakes);
  const say = (sentence: string): void => terminal.note(sentence);
  const interruption = listenForInterruption(
    () => terminal.note('stopping; cells under way are finished (once more ends at once, and others do them again)'),
    () => {},
  );
  try {
    const link = await openQueueLink({ ...queue, version, say, stopped: interruption.happened });
    let doneCount = 0;
    const onChunk = (cellCount: number): void => {
      doneCount += cellCount;
      terminal.detail(`${countedPlainly(doneCount, 'cell')} done`);
    };
    const worker = await openQueueWorker({ link, version, workers, store, lockMs: queue.lockMs, say, onChunk });
    terminal.note(` worker on ${link.place} with ${workers} ${workers === 1 ? 'thread' : 'threads'}`);
    try {
      await link.reach(interruption.happened);
    } finally {
      await worker.close();
      link.close();
    }
    return interruption.code ?? exitCodes.ok;
  } catch (error) {
    if (interruption.code !== null) return interruption.code;
    return told(error, { call, terminal, seed: '', scenarioDigest: '' });
  } finally {
    interruption.end();
  }
}

/**
 * `--queue`, `--queue-wait`, `--queue-lock` and `--workers`, read. Its own file because sweep, plan and worker take
 * them alike. Checked by test/cli/queue.test.ts on the built program.
 */
import { queueFault } from '../host/queueLink.js';
import { defaultWorkers, mostWorkers } from '../host/threads.js';
import { readDurationUs } from '../units/duration.js';
import type { FlagValues } from './commands/contract.js';

export interface QueueRequest {
  readonly url: string;
  /** How long the queue may be out of reach, and how long a chunk is its worker's without a word from it. */
  readonly patienceMs: number;
  readonly lockMs: number;
}

const usualPatience = '60s';
const usualLock = '10s';
/** A lock is renewed twice within its time; below this a busy machine loses what it holds. */
const shortestLockMs = 500;

/** Null where no queue is named; what is wrong is added to the mistakes. */
export function readQueueFlags(flags: FlagValues, mistakes: string[]): QueueRequest | null {
  const url = flags.text('queue');
  if (url === undefined) {
    for (const name of ['queue-wait', 'queue-lock'] as const)
      if (flags.text(name) !== undefined) mistakes.push(`--${name} goes with --queue`);
    return null;
  }
  const fault = queueFault(url);
  if (fault) mistakes.push(`--queue ${fault}`);
  const patienceMs = milliseconds(flags, 'queue-wait', usualPatience, mistakes);
  const lockMs = milliseconds(flags, 'queue-lock', usualLock, mistakes);
  if (lockMs < shortestLockMs) mistakes.push(`--queue-lock must be ${shortestLockMs}ms or more`);
  return { url, patienceMs, lockMs };
}

/** Threads: one for each core unless told otherwise. */
export function readWorkers(flags: FlagValues, mistakes: string[], least: 0 | 1): number {
  const text = flags.text('workers');
  const workers = text === undefined ? defaultWorkers() : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (workers === 0 && least === 1) mistakes.push('--workers 0 leaves the work to others: it goes with --queue');
  else if (!(workers >= least && workers <= mostWorkers))
    mistakes.push(`--workers ${JSON.stringify(text)} is no whole number from 1 to ${mostWorkers}`);
  return workers;
}

function milliseconds(flags: FlagValues, name: 'queue-wait' | 'queue-lock', usual: string, mistakes: string[]): number {
  const span = readDurationUs(flags.text(name) ?? usual);
  if (!span.ok) mistakes.push(`--${name} ${span.message}`);
  return span.ok ? span.value / 1000 : 0;
}

/**
 * What a worker of the page does with each message: one function from message to messages.
 *
 * Its own file because it is the same wherever messages come from: a Web Worker (`browserWorker.ts`) or a test. It
 * hears what comes in between slices of work, so a cancellation is never far off. Checked by test/host/serve.test.ts.
 */

import { gather } from '../experiment/gather.js';
import type { JobResult } from '../experiment/jobs.js';
import { prepareWritten, sliceJobs } from '../experiment/written.js';
import { scenarioJsonSchema } from '../scenario/jsonSchema.js';
import { prepareOrRefuse, type Send } from './preparing.js';
import type { ToWorker } from './protocol.js';
import { WatchedRun } from './watchedRun.js';

/** A server with a state of its own: what is watched, what has been cancelled. */
export function openServer(send: Send): (message: ToWorker) => Promise<void> {
  const cancelled = new Set<number>();
  let watched: WatchedRun | null = null;
  return async (message) => {
    try {
      await answer(message);
    } catch (error) {
      const id = 'id' in message ? message.id : -1;
      send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  };

  async function answer(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'run':
        return simulate(message, send, cancelled);
      case 'check':
        return check(message, send);
      case 'levels':
        return tellLevels(message, send, cancelled);
      case 'schema':
        return send({ kind: 'schema', id: message.id, schema: scenarioJsonSchema() });
      case 'cancel':
        cancelled.add(message.id);
        if (watched?.id === message.id) watched.close();
        return;
      case 'watch':
        watched?.close();
        watched = WatchedRun.open(message, send);
        return;
      case 'play':
        return watched?.play(message.speed);
      case 'pause':
        return watched?.pause();
      case 'step':
        return watched?.step();
      case 'seek':
        return watched?.seek(message.toUs);
    }
  }
}

type Asked<Kind extends ToWorker['kind']> = Extract<ToWorker, { readonly kind: Kind }>;

function check({ id, ...written }: Asked<'check'>, send: Send): void {
  const prepared = prepareWritten(written, []);
  const issues = prepared.ok ? prepared.warnings : prepared.issues;
  const platforms = prepared.ok ? prepared.value.compiled.platforms.map(({ name }) => name) : [];
  send({ kind: 'checked', id, issues, platforms });
}

async function simulate(message: Asked<'run'>, send: Send, cancelled: Set<number>): Promise<void> {
  const { id } = message;
  const prepared = prepareOrRefuse(message, message.platforms ?? [], send);
  if (!prepared) return;
  const beganMs = performance.now();
  const { compiled, extent } = prepared;
  const results: JobResult[] = [];
  let eventCount = 0;
  for (const { doneShare, result } of sliceJobs(compiled, extent)) {
    if (result) results.push(result);
    if (result?.kind === 'replication') eventCount += result.result.eventCount;
    send({ kind: 'progress', id, doneShare, eventCount });
    await nextTurn();
    if (cancelled.delete(id)) return send({ kind: 'cancelled', id });
  }
  const comparison = gather(compiled, extent, results);
  send({ kind: 'done', id, comparison, seconds: (performance.now() - beganMs) / 1000 });
}

async function tellLevels(message: Asked<'levels'>, send: Send, cancelled: Set<number>): Promise<void> {
  const { id } = message;
  const prepared = prepareOrRefuse(message, message.platforms, send);
  if (!prepared) return;
  for (const place of prepared.extent.platforms) {
    const { name } = prepared.compiled.platforms[place]!;
    send({ kind: 'level', id, platform: name, level: prepared.levelOf(place) });
    await nextTurn();
    if (cancelled.delete(id)) return send({ kind: 'cancelled', id });
  }
}

/** Lets messages that have come meanwhile be heard first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

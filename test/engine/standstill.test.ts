/** Loops of events in which no time passes are named in the scenario's words. */
import { expect, test } from 'vitest';
import { eventKinds } from '../../src/engine/eventKinds.js';
import { standStillWith } from '../../src/engine/standstill.js';
import { RunState } from '../../src/engine/state.js';
import { constant, model, service, source, wait } from './modelBuilder.js';

const closedCrowd = { kind: 'closed', userCount: 10, think: constant(0) } as const;

function stoppedAt(kind: keyof typeof eventKinds, index: number): RunState['stopped'] {
  const crowd = { ...source({ kind: 'none' }), name: 'crowd', arrivals: closedCrowd };
  const world = model({ traffic: [source({ kind: 'none' }), crowd], services: [service([wait(constant(1))])] });
  const s = new RunState(world, 0, []);
  standStillWith(s, eventKinds[kind], index);
  return s.stopped;
}

test('visitors who come again at once are named by their source', () => {
  const stopped = stoppedAt('arrival', 1);
  expect(stopped?.code).toBe('zero-time-loop');
  expect(stopped?.message).toContain('visitors of crowd come again and again');
  expect(stopped?.message).toContain('think time');
  expect(stoppedAt('userReturns', 9)?.message).toContain('visitors of crowd');
});

test('what has no name of its own still stops the run', () => {
  expect(stoppedAt('scrape', 0)?.code).toBe('zero-time-loop');
});

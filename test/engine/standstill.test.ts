/** Loops of events in which no time passes are named in the scenario's words. */
import { expect, test } from 'vitest';
import { eventKinds } from '../../src/engine/eventKinds.js';
import { startRun } from '../../src/engine/run.js';
import { instantStepLimit, standsStillWith } from '../../src/engine/standstill.js';
import { RunState } from '../../src/engine/state.js';
import { constant, model, service, source, wait } from './modelBuilder.js';

const closedCrowd = { kind: 'closed', userCount: 10, think: constant(0) } as const;

function stoppedAt(kind: keyof typeof eventKinds, index: number): RunState['stopped'] {
  const crowd = { ...source({ kind: 'none' }), name: 'crowd', arrivals: closedCrowd };
  const world = model({ traffic: [source({ kind: 'none' }), crowd], services: [service([wait(constant(1))])] });
  const s = new RunState(world, 0, []);
  standsStillWith(s, eventKinds[kind], index);
  expect(s.stopped).toBe(null); // The first look only counts who is there.
  standsStillWith(s, eventKinds[kind], index);
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

function crowdOf(userCount: number, thinkUs: number): ReturnType<typeof startRun> {
  const arrivals = { kind: 'closed', userCount, think: constant(thinkUs) } as const;
  const crowd = { ...source({ kind: 'none' }), arrivals };
  const world = model({ traffic: [crowd], services: [service([wait(constant(0))])], durationUs: 2.5e6 });
  return startRun(world, { replicationIndex: 0 });
}

test('a few who come again at once are named after half a million steps', () => {
  const run = crowdOf(10, 0);
  run.advance();
  expect(run.stopped?.code).toBe('zero-time-loop');
  expect(run.stopped?.message).toContain(String(2 * instantStepLimit));
  expect(run.eventCount).toBeLessThan(2 * instantStepLimit);
});

test('many who come at one instant, each once, are no loop', () => {
  const run = crowdOf(200_000, 1e6);
  run.advance();
  expect(run.stopped).toBe(null);
  expect(run.requestCount).toBe(400_000);
});

test('a batch that comes at one instant is no loop, however large', () => {
  const batch = source({ kind: 'batch', every: { kind: 'constant', value: 1e6 }, size: 700_000 });
  const world = model({ traffic: [batch], services: [service([wait(constant(0))])], durationUs: 1.5e6 });
  const run = startRun(world, { replicationIndex: 0 });
  run.advance();
  expect(run.stopped).toBe(null);
  expect(run.requestCount).toBe(700_000);
});

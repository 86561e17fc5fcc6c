/** Counts and times, from hand-made facts. */
import { expect, test } from 'vitest';
import { outcomes, type RunFrame, type SpanFact, type VisitorFact } from '../../src/observation/contract.js';
import { Tally } from '../../src/observation/tally.js';

const frame: RunFrame = {
  sourceNames: ['browse', 'book'],
  serviceNames: ['movie'],
  databaseNames: ['movie-db'],
  fromUs: 1000,
  toUs: 2000,
  windowUs: 500,
  replicationIndex: 0,
};

const visitor = (words: Partial<VisitorFact>): VisitorFact => ({
  source: 0,
  outcome: outcomes.completed,
  attemptCount: 1,
  beganUs: 1000,
  endedUs: 1100,
  isMeasured: true,
  visitorNumber: 0,
  ...words,
});
const span = (words: Partial<SpanFact>): SpanFact => ({
  service: 0,
  outcome: outcomes.completed,
  instance: 0,
  beganUs: 1000,
  endedUs: 1100,
  waitUs: 0,
  coldKind: 0,
  isMeasured: true,
  ...words,
});

function startedTally(thresholdsUs: readonly number[] = []): Tally {
  const tally = new Tally({ thresholdsUs });
  tally.runStarted(frame);
  return tally;
}

test('only those who began in the measured time are counted, and those never answered are offered too', () => {
  const tally = startedTally();
  tally.visitorBegan(0, 900);
  for (const nowUs of [1000, 1200, 1900]) tally.visitorBegan(0, nowUs);
  tally.visitorEnded(visitor({ beganUs: 900, endedUs: 1500, isMeasured: false }));
  tally.visitorEnded(visitor({}));
  tally.visitorEnded(visitor({ outcome: outcomes.timedOut }));
  expect(tally.totals().visitors.beganCount[0]).toBe(3);
  expect(Array.from(tally.totals().visitors.endedCount.slice(0, 4))).toEqual([1, 0, 0, 1]);
  expect(tally.totals().visitors.latencies[0]).toMatchObject({ count: 1, sumUs: 100 });
});

test('a completion inside the measured time counts for throughput whenever it began; one at its end is outside', () => {
  const tally = startedTally();
  tally.visitorEnded(visitor({ beganUs: 10, endedUs: 999, isMeasured: false }));
  tally.visitorEnded(visitor({ beganUs: 10, endedUs: 1000, isMeasured: false }));
  tally.visitorEnded(visitor({ beganUs: 1000, endedUs: 1999 }));
  tally.visitorEnded(visitor({ beganUs: 1000, endedUs: 2000 }));
  expect(tally.totals().visitors.insideCount[0]).toBe(2);
});

test('an answer at exactly the limit is within it, an error never is', () => {
  const tally = startedTally([50, 100]);
  tally.visitorEnded(visitor({ endedUs: 1100 }));
  tally.visitorEnded(visitor({ endedUs: 1050 }));
  tally.visitorEnded(visitor({ endedUs: 1010, outcome: outcomes.failed }));
  expect(Array.from(tally.totals().visitors.withinCount.slice(0, 2))).toEqual([1, 2]);
});

test('spans that left the queue count what they waited, refused ones do not', () => {
  const tally = startedTally();
  tally.spanEnded(span({ waitUs: 30 }));
  tally.spanEnded(span({ waitUs: 50, outcome: outcomes.timedOut }));
  tally.spanEnded(span({ waitUs: -1, outcome: outcomes.rejected }));
  expect([tally.totals().spans.waitSumUs[0], tally.totals().spans.waitCount[0]]).toEqual([80, 2]);
});

test('cold starts and waits for a starting environment are told apart', () => {
  const tally = startedTally();
  for (const coldKind of [0, 1, 1, 2] as const) tally.spanEnded(span({ coldKind }));
  tally.spanEnded(span({ coldKind: 1, beganUs: 900, isMeasured: false }));
  expect([tally.totals().spans.coldStartCount[0], tally.totals().spans.coldWaitCount[0]]).toEqual([2, 1]);
});

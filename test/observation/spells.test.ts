/** Spells: pieces of the measured time, each counted as if it were all. */
import { expect, test } from 'vitest';
import { outcomes, type RunFrame } from '../../src/observation/contract.js';
import { Spells } from '../../src/observation/spells.js';
import { stateView } from './stateView.js';

const frame: RunFrame = {
  sourceNames: ['visitors'],
  serviceNames: ['shop'],
  databaseNames: [],
  fromUs: 100,
  toUs: 450,
  windowUs: 50,
  replicationIndex: 0,
};
const visit = (beganUs: number, endedUs: number) => ({
  source: 0,
  outcome: outcomes.completed,
  attemptCount: 1,
  beganUs,
  endedUs,
  isMeasured: true,
  visitorNumber: 0,
});

test('a visitor belongs to the spell in which he began, his answer to the one in which it came', () => {
  const spells = new Spells({ fromUs: 0, everyUs: 100, facts: 'visitors' }, [false], []);
  spells.runStarted(frame);
  for (const [beganUs, endedUs] of [
    [90, 110],
    [150, 160],
    [190, 250],
    [420, 430],
  ] as const) {
    spells.visitorBegan(0, beganUs);
    spells.visitorEnded(visit(beganUs, endedUs));
  }
  const totals = spells.spells().map(({ tally }) => tally.totals().visitors);
  const counts = totals.map(({ beganCount, insideCount }) => [beganCount[0], insideCount[0]]);
  expect(counts).toEqual([
    [2, 2],
    [0, 1],
    [0, 0],
  ]);
});

test('a spell from a later moment begins there, and never before measuring', () => {
  const late = new Spells({ fromUs: 300, everyUs: null, facts: 'visitors' }, [false], []);
  late.runStarted(frame);
  for (const nowUs of [299, 300, 449]) late.visitorBegan(0, nowUs);
  const seen = late.spells().map(({ tally, lengthUs }) => [tally.totals().visitors.beganCount[0], lengthUs]);
  expect(seen).toEqual([[2, 150]]);
  const early = new Spells({ fromUs: 0, everyUs: null, facts: 'visitors' }, [false], []);
  early.runStarted(frame);
  early.visitorBegan(0, 99);
  expect(early.spells()[0]?.tally.totals().visitors.beganCount[0]).toBe(0);
});

test('states are those between the samples at the spells’ ends', () => {
  const spells = new Spells({ fromUs: 0, everyUs: 100, facts: 'visitors' }, [false], []);
  spells.runStarted(frame);
  for (let nowUs = 50; nowUs <= 450; nowUs += 50) {
    // The queue holds one from 200 on.
    const queueAreaUs = [Math.max(0, nowUs - 200)];
    spells.sampled(stateView({ nowUs, service: { queueAreaUs } }), nowUs === 450 ? 'run-ends' : 'window-ends');
  }
  expect(spells.spells().map(({ states }) => states.services[0]?.queueAreaUs)).toEqual([0, 100, 100]);
});

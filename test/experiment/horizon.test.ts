/** Growth: the month of the break and the cheapest step that moves it, of M/M/1 queues known in closed form. */
import { expect, test } from 'vitest';
import { searchHeadroom } from '../../src/experiment/headroom.js';
import { type Horizon, searchHorizon } from '../../src/experiment/horizon.js';
import { preparePlan, runHere } from '../../src/experiment/plan.js';
import { searchPlan } from '../../src/experiment/planSearch.js';
import type { Candidate } from '../../src/experiment/planSpace.js';
import { readVaried, type Varied } from '../../src/experiment/vary.js';
import { parseScenario } from '../../src/scenario/parse.js';

/** Visits shared out by chance: each server is an M/M/1 of its own, and holds until 80/s: load 4 a server. */
const text = `
run: {warmup: 5s, duration: 50s, replications: 4}
traffic: {all: {entry: server.work, arrivals: {poisson: 20/s}}}
services: {server: {cpu: 1, memory: 2GB, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
network: {hop: 0ms, client: 0ms}
platforms: {bench: {preset: fargate, frontDoor: none, defaults: {replicas: 1, balancer: random}}}
objectives: ['latency_mean < 50ms']
`;

function lookAhead(replicas: string, growthPerMonth: number, months: number): { winner: Candidate; horizon: Horizon } {
  const checked = parseScenario(text, 'queues.yaml');
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  const scenario = checked.value;
  const space = preparePlan(scenario, [readVaried(`platforms.bench.defaults.replicas=${replicas}`) as Varied], {
    mostReplications: 16,
  });
  if (!space.ok) throw new Error(JSON.stringify(space.issues));
  const winner = runHere(scenario, searchPlan(space.value)).winner!;
  const question = { scenario, platform: 'bench', settings: winner.settings, replications: 4 };
  const headroom = runHere(scenario, searchHeadroom(question));
  const growth = { months, growthPerMonth };
  return {
    winner,
    horizon: runHere(scenario, searchHorizon({ scenario, space: space.value, growth, winner, headroom })),
  };
}

test('one server breaks at load 4, in month 3.4 of 50 % growth; a second moves that to load 8, month 5.1', () => {
  const { winner, horizon } = lookAhead('1,2,3', 0.5, 4);
  const { step, breaksInMonth, missed } = horizon;
  expect(winner.settings[0]!.value).toBe('1');
  // A load known to 5 % is a month known to ln 1.05 / ln 1.5 = 0.12.
  expect(Math.abs(breaksInMonth! - Math.log(4) / Math.log(1.5))).toBeLessThan(0.15);
  expect(missed).toEqual(['latency_mean < 50ms']);
  expect(step!.candidate.settings[0]!.value).toBe('2');
  expect(Math.abs(step!.breaksInMonth! - Math.log(8) / Math.log(1.5))).toBeLessThan(0.15);
  // Fargate's price of 730 h of 1 vCPU and 2 GB; a few more visitors are done within the time (balancer).
  const taskMonth = 730 * (0.04048 + 2 * 0.004445);
  expect(step!.costMonth!.mean - step!.costMonthWithout!.mean).toBeCloseTo(taskMonth, 0);
  expect(horizon.winnerAtEnd!.settings[0]!.value).toBe('2');
});

test('a break beyond the horizon has no month and no step; one that nothing moves has a month alone', () => {
  expect(lookAhead('1,2', 0.1, 6).horizon).toMatchObject({ breaksInMonth: null, step: null, missed: [] });
  const { horizon } = lookAhead('1', 0.5, 6);
  expect(horizon.breaksInMonth).toBeGreaterThan(3);
  expect(horizon.step).toBeNull();
  expect(horizon.winnerAtEnd).toBeNull();
});

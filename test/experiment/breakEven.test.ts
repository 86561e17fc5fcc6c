/**
 * Break-even: all crossings of curves that are known, intervals from replications, traffic that isn't served, and, by
 * simulating, the closed form of `billing/breakEven.ts`.
 */
import { expect, test } from 'vitest';
import { breakEven } from '../../src/billing/breakEven.js';
import { Fraction } from '../../src/billing/fraction.js';
import { prepareBreakEven } from '../../src/experiment/breakEven.js';
import { breakEvenDocument } from '../../src/experiment/breakEvenDocument.js';
import { type BreakEvenQuestion, searchBreakEven } from '../../src/experiment/breakEvenSearch.js';
import { type Cell, type CellOrder, runCell } from '../../src/experiment/cells.js';
import { parseScenario } from '../../src/scenario/parse.js';

type Curve = (value: number, replication: number) => number;

/** A search whose cells are told by two curves of cost. */
function found(first: Curve, second: Curve, served: (value: number) => boolean = () => true, isWhole = false) {
  const question: BreakEvenQuestion = {
    axis: {
      vary: 'traffic',
      unit: '1/s',
      low: 1,
      high: 1000,
      isWhole,
      settingsAt: (value) => [{ path: 'load', value: String(value) }],
    },
    between: ['a', 'b'],
    replications: 4,
    confidence: 0.95,
  };
  const cellOf = ({ settings, replications }: CellOrder): Cell => {
    const value = Number(settings[0]!.value);
    const platform = (name: string, curve: Curve) => {
      const metric = (mean: number) => ({ mean, unit: '1' as const, replicationCount: 1 });
      const metrics = { requests_offered: metric(100), requests_completed: metric(served(value) ? 100 : 60) };
      const numbers = Array.from({ length: replications! }, (_, r) => ({ cost_month: curve(value, r) }));
      return { name, title: name, metrics, numbers } as unknown as Cell['platforms'][number];
    };
    const platforms = [platform('a', first), platform('b', second)];
    return { settings, replications: replications!, refusals: [], platforms, eventCount: 0, complete: true };
  };
  const search = searchBreakEven(question);
  let step = search.next();
  while (!step.done) step = search.next(step.value.map(cellOf));
  return step.value;
}

test('a line that starts at zero crosses a constant once, where the algebra says', () => {
  const { crossings, complete } = found(
    (x) => 2 * x,
    () => 37,
  );
  expect(complete).toBe(true);
  expect(crossings).toHaveLength(1);
  expect(crossings[0]).toMatchObject({ cheaperBelow: 'a', cheaperAbove: 'b' });
  // A line over the logarithm of the traffic is not straight; over a tenth it is to a few in ten thousand.
  expect(crossings[0]!.value).toBeCloseTo(18.5, 1);
  expect(crossings[0]!.costMonthUsd).toBeCloseTo(37, 1);
});

test('a staircase is crossed at every step it takes over the line', () => {
  // An instance of $10 holds 10/s, a request costs $1.1 per 1/s: above each step the line has to catch up again.
  const { crossings } = found(
    (x) => 10 * Math.ceil(x / 10),
    (x) => 1.1 * x,
  );
  const below = crossings.filter(({ value }) => value < 29);
  expect(below.map(({ cheaperBelow, cheaperAbove }) => `${cheaperBelow}${cheaperAbove}`)).toEqual([
    'ba',
    'ab',
    'ba',
    'ab',
    'ba',
  ]);
  const expected = [10 / 1.1, 10, 20 / 1.1, 20, 30 / 1.1];
  for (const [place, { value }] of below.entries()) expect(Math.abs(value / expected[place]! - 1)).toBeLessThan(0.02);
});

test('each replication has a crossing of its own, and the interval is theirs', () => {
  const { crossings } = found(
    (x, r) => 2 * x * (1 + (r - 1.5) / 100),
    () => 40,
  );
  const [low, high] = crossings[0]!.ci!;
  expect(low).toBeLessThan(20);
  expect(high).toBeGreaterThan(20);
  // Standard deviation of the four is 1.29%; t(3) is 3.18: half the width is 2.05% of 20.
  expect((high - low) / 2).toBeCloseTo(0.41, 1);
});

test('without a crossing there is none, nor where a platform no longer serves the traffic', () => {
  expect(
    found(
      (x) => x,
      (x) => 2 * x,
    ).crossings,
  ).toEqual([]);
  const { crossings, points } = found(
    (x) => x,
    () => 500,
    (x) => x < 100,
  );
  expect(crossings).toEqual([]);
  expect(points.filter(({ isServed }) => !isServed)[0]!.value).toBeGreaterThanOrEqual(100);
});

test('whole settings are asked for whole', () => {
  const { points } = found(
    (x) => x,
    () => 10.5,
    () => true,
    true,
  );
  expect(points.every(({ value }) => Number.isInteger(value))).toBe(true);
});

const shop = `
run: {duration: 10m, replications: 3}
traffic: {all: {entry: a.op, arrivals: {constant: 2/s}}}
services: {a: {memory: 1GB, operations: {op: [{wait: 100ms}]}}}
platforms:
  functions: {preset: faas, prices: {faas.request: $0.0000002, faas.gbs: $0.0000166667}}
  machines: {preset: fixed, defaults: {replicas: 2}, prices: {fixed.instance: $0.01}}
`;
const scenarioOf = (text: string) => {
  const parsed = parseScenario(text, 'shop.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};

test('simulated, it agrees with the closed form of the billing rules', () => {
  const scenario = scenarioOf(shop);
  const prepared = prepareBreakEven(scenario, { between: ['functions', 'machines'], range: '1/s..10/s' });
  if ('faults' in prepared) throw new Error(prepared.faults.join());
  const search = searchBreakEven(prepared.question);
  let step = search.next();
  while (!step.done) step = search.next(step.value.map((order) => runCell(scenario, order)));
  const f = Fraction.of;
  const { crossing } = breakEven(
    {
      usdPerRequest: f('0.0000002'),
      usdPerGbSecond: f('0.0000166667'),
      gbSecondsPerRequest: f('0.1'),
      freeRequests: f(0),
      freeGbSeconds: f(0),
    },
    { instanceCount: f(2), usdPerHour: f('0.01'), requestsPerSecond: f(1000), fixedUsdPerMonth: f(0) },
    f(730),
  );
  const expected = Number(crossing!.meanPerSecond.toFixed(9)); // 14.6 / 0.00000186667 / 2,628,000 = 2.976
  const [only] = step.value.crossings;
  expect(step.value.crossings).toHaveLength(1);
  // Even arrivals: each run counts its visitors to one in 1,200, and replications differ in nothing.
  expect(Math.abs(only!.value / expected - 1)).toBeLessThan(0.003);
  const result = { scenario: scenario.name, seed: scenario.seed, question: prepared.question, found: step.value };
  expect(breakEvenDocument(result)).toMatchObject({
    breakeven: { vary: 'traffic', crossings: [{ cheaperBelow: 'functions', cheaperAbove: 'machines' }] },
  });
});

test.each([
  [{ between: ['functions'] }, 'between two platforms'],
  [{ between: ['functions', 'machine'] }, 'did you mean "machines"?'],
  [{ between: ['functions', 'machines'], range: '10/s..1/s' }, 'from one rate to a higher one'],
  [{ between: ['functions', 'machines'], range: '1..10' }, 'from one rate to a higher one'],
  [{ between: ['functions', 'machines'], vary: 'load' }, 'needs a range'],
  [{ between: ['functions', 'machines'], vary: 'load', range: 'much' }, 'the range "much"'],
])('%j is refused: %s', (wish, fault) => {
  const prepared = prepareBreakEven(scenarioOf(shop), wish);
  expect('faults' in prepared && prepared.faults.join('; ')).toContain(fault);
});

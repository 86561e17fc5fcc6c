/** Replaying traces: times, speed, rounds, load, and what each arrival carries. */
import { expect, test } from 'vitest';
import { openStream } from '../../../src/random/streams.js';
import type { TraceSpec } from '../../../src/workload/arrivalSpec.js';
import { makeArrivals } from '../../../src/workload/registry.js';
import { parseTrace, type TraceOptions } from '../../../src/workload/traces/parseTrace.js';
import { arrivalsOf } from '../arrivalsOf.js';

function specOf(text: string, changes: Partial<TraceSpec> = {}, options?: TraceOptions): TraceSpec {
  const checked = parseTrace(text, 't.csv', options);
  if (!checked.ok) throw new Error(checked.issues[0]!.message);
  return { kind: 'trace', trace: checked.value, speed: 1, repeats: false, spread: 'even', ...changes };
}
const load = (factor: number) => ({ context: { load: factor, modulation: null } });

test('rows come at their times, then nobody comes', () => {
  expect(arrivalsOf(specOf('t_s\n1\n1\n2.5\n'))).toEqual([1e6, 1e6, 2.5e6]);
});

test('speed divides all times, not the durations of rows', () => {
  const spec = specOf('t_s,duration_s\n1,4\n3,5\n', { speed: 10 });
  expect(arrivalsOf(spec)).toEqual([100_000, 300_000]);
  const process = makeArrivals(spec, { load: 1, modulation: null }).start(openStream('x'));
  process.nextUs();
  expect(process.traceWaitUs).toBe(4e6);
});

test('each arrival carries its own entry and duration', () => {
  const log = ['/a', '/b', '/a'].map((path, i) => `h - - [17/May/2015:10:05:0${i} +0000] "GET ${path} HTTP/1.1" 200 1`);
  const spec = specOf(log.join('\n'), {}, { entries: ['GET /a', 'else'] });
  const process = makeArrivals(spec, { load: 1, modulation: null }).start(openStream('x'));
  const seen = [0, 1, 2].map(() => [process.nextUs(), process.entryIndex, process.traceWaitUs]);
  expect(seen).toEqual([
    [0, 0, 0],
    [1e6, 1, 0],
    [2e6, 0, 0],
  ]);
});

test('at another rate a log keeps its mix: each visitor asks for what a row drawn at random asks for', () => {
  const log = ['/a', '/b', '/a', '/a'].map((path) => `h - - [17/May/2015:10:05:00 +0000] "GET ${path} HTTP/1.1" 200 1`);
  const spec = specOf(log.join('\n'), {}, { entries: ['GET /a', 'else'] });
  const process = makeArrivals(spec, { load: 1, modulation: null }).memoryless!(50).start(openStream('x'));
  let [count, elseCount] = [0, 0];
  for (; process.nextUs() < 400e6; count++) elseCount += process.entryIndex;
  // 20,000 visitors expected, a quarter of them at `else`: within five standard deviations.
  expect(Math.abs(count - 20_000)).toBeLessThan(5 * Math.sqrt(20_000));
  expect(Math.abs(elseCount / count - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 20_000));
});

test('repeated, it starts again after its last row; from a row at time 0 one mean gap later', () => {
  expect(arrivalsOf(specOf('t_s\n1\n2\n3\n', { repeats: true }), { limit: 7 })).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((s) => s * 1e6),
  );
  expect(arrivalsOf(specOf('t_s\n0\n1\n2\n', { repeats: true }), { limit: 7 })).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map((s) => s * 1e6),
  );
  expect(() => arrivalsOf(specOf('t_s\n0\n0\n', { repeats: true }))).toThrow(/cannot repeat/);
});

test('load multiplies the number of arrivals and keeps the length and the shape', () => {
  const spec = specOf('t_s\n1\n2\n4\n8\n');
  expect(arrivalsOf(spec, load(2))).toEqual([1e6, 1.5e6, 2e6, 3e6, 4e6, 6e6, 8e6, 8e6]);
  expect(arrivalsOf(spec, load(0.5))).toEqual([1e6, 4e6]);
  expect(arrivalsOf(specOf('t_s\n1\n2\n', { repeats: true }), { limit: 5, ...load(2) })).toEqual(
    [1, 1.5, 2, 2.5, 3].map((s) => s * 1e6),
  );
  const many = specOf(`t_s\n${Array.from({ length: 1000 }, (_, i) => i + 1).join('\n')}\n`);
  for (const factor of [0.1, 0.15, 0.3, 0.7, 1.1, 3]) {
    const times = arrivalsOf(many, load(factor));
    expect(times.length).toBe(Math.ceil(1000 * factor - 1e-6));
    expect(times[times.length - 1]).toBeLessThanOrEqual(1000e6);
  }
});

test('counts are spread evenly over their minute', () => {
  expect(arrivalsOf(specOf('minute,requests\n0,2\n2,4\n'))).toEqual(
    [15, 45, 127.5, 142.5, 157.5, 172.5].map((s) => s * 1e6),
  );
  expect(arrivalsOf(specOf('minute,requests\n0,2\n', { speed: 60 }))).toEqual([250_000, 750_000]);
});

test('counts repeated start again at the end of their last minute', () => {
  expect(arrivalsOf(specOf('minute,requests\n1,1\n', { repeats: true }), { limit: 3 })).toEqual(
    [90, 210, 330].map((s) => s * 1e6),
  );
  expect(arrivalsOf(specOf('minute,requests\n1,0\n', { repeats: true }))).toEqual([]);
});

test('counts at a load are rounded as a sum: ten minutes of one at half load are five', () => {
  const text = `minute,requests\n${Array.from({ length: 10 }, (_, m) => `${m},1`).join('\n')}\n`;
  expect(arrivalsOf(specOf(text), load(0.5)).length).toBe(5);
  expect(arrivalsOf(specOf(text), load(2.5)).length).toBe(25);
});

test('spread as Poisson, every minute keeps its count and its times are uniform', () => {
  const text = 'minute,requests\n0,20000\n1,10\n';
  const times = arrivalsOf(specOf(text, { spread: 'poisson' }));
  const first = times.filter((atUs) => atUs < 60e6);
  expect([first.length, times.length]).toEqual([20_000, 20_010]);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // 1.95 is the 99.9% point of Kolmogorov's statistic.
  const largest = first.reduce((most, atUs, i) => Math.max(most, Math.abs(atUs / 60e6 - i / first.length)), 0);
  expect(largest * Math.sqrt(first.length)).toBeLessThan(1.95);
  // Uniform, not even: the gaps are exponential, whose mean square is twice the squared mean.
  const gaps = first.slice(1).map((atUs, i) => (atUs - first[i]!) / 3000);
  const square = gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length;
  expect(Math.abs(square - 2)).toBeLessThan((5 * Math.sqrt(20)) / Math.sqrt(gaps.length));
});

test('the mean rate of a part is the number of rows in it', () => {
  const plan = makeArrivals(specOf('t_s\n1\n2\n4\n8\n', { repeats: true }), { load: 3, modulation: null });
  expect(plan.meanPerSecond(0, 8_000_000)).toBeCloseTo((3 * 3) / 8, 12);
  expect(plan.meanPerSecond(8_000_001, 16_000_001)).toBeCloseTo((3 * 4) / 8, 12);
  expect(plan.isStationary).toBe(false);
});

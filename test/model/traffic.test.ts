/** What a source becomes in the rest of a month. */
import { expect, test } from 'vitest';
import { compileModel } from '../../src/model/compile.js';
import { arrivalsAtRest } from '../../src/model/traffic.js';
import type { RunSpec } from '../../src/scenario/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { makeArrivals } from '../../src/workload/registry.js';
import { parseTrace } from '../../src/workload/traces/parseTrace.js';

const hour = { warmupUs: 0, durationUs: 3600e6 } as RunSpec;

test('at rest a log is a stream of a share of its mean rate that still says what each visitor asks for', () => {
  const line = (path: string): string => `h - - [17/May/2015:10:05:00 +0000] "GET ${path} HTTP/1.1" 200 1`;
  const log = parseTrace(['/a', '/b', '/b'].map(line).join('\n'), 'web.log', { entries: ['GET /a', 'else'] });
  if (!log.ok) throw new Error(log.issues[0]!.message);
  const spec = { kind: 'trace', trace: log.value, speed: 1, repeats: false, spread: 'even' } as const;
  const rest = arrivalsAtRest(makeArrivals(spec, { load: 1, modulation: null }), 0.2, hour);
  if (!('meanPerSecond' in rest)) throw new Error('a log has a rate');
  expect(rest.meanPerSecond(0, 3600e6)).toBeCloseTo((0.2 * 3) / 3600, 12);
  expect(rest.memoryless).toBeDefined();
});

test('nobody comes at rest where the share is nothing', () => {
  const arrivals = makeArrivals({ kind: 'poisson', ratePerSecond: 5 }, { load: 1, modulation: null });
  const rest = arrivalsAtRest(arrivals, 0, hour);
  expect('meanPerSecond' in rest && rest.meanPerSecond(0, 3600e6)).toBe(0);
});

test('at rest an even stream is an even stream: its bill can be told with a pencil', () => {
  const rest = arrivalsAtRest(
    makeArrivals({ kind: 'constant', ratePerSecond: 4 }, { load: 1, modulation: null }),
    0.5,
    hour,
  );
  if (!('meanPerSecond' in rest)) throw new Error('an even stream has a rate');
  expect(rest.kind).toBe('constant');
  expect(rest.meanPerSecond(0, 3600e6)).toBe(2);
});

test('wait: trace without rows that carry a duration is refused where it stands', () => {
  const issuesOf = (csv: string, steps: string): string[] => {
    const text = `traffic: {a: {entry: s.w, arrivals: {trace: t.csv}}}\nservices: {s: {operations: {w: ${steps}}}}\n`;
    const files = { read: () => ({ ok: true, text: csv, file: 't.csv' }) as const };
    const parsed = parseScenario(text, 'a.yaml', files);
    if (!parsed.ok) return parsed.issues.map(({ path }) => path);
    const compiled = compileModel(parsed.value);
    return compiled.ok ? [] : compiled.issues.map(({ path }) => path);
  };
  const nested = '[{choose: [{chance: 50%, do: [{wait: trace}]}]}]';
  expect(issuesOf('t_s\n1\n', nested)).toEqual(['services.s.operations.w[0].choose[0].do[0].wait']);
  expect(issuesOf('t_s,duration_s\n1,2\n', nested)).toEqual([]);
});

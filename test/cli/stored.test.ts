/** Two stored reports compared, as a user does it: inputs first, then what really differs, and when that is refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { resultJsonSchema } from '../../src/experiment/resultSchema.js';
import { folderWith, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);
beforeAll(() => {
  const longer = quickScenario.replace('duration: 2s, replications: 2', 'duration: 60s, replications: 5');
  folder = folderWith({
    'one.yaml': longer,
    'more.yaml': longer.replace(
      'bench: {preset: fixed, defaults: {replicas: 1}}',
      'bench: {preset: fixed, defaults: {replicas: 3}}',
    ),
    'busier.yaml': longer.replace('80/s', '85/s'),
  });
  for (const name of ['one', 'more', 'busier'])
    expect(inFolder('compare', `${name}.yaml`, '--report', 'json', '--out', name, '--quiet').code).toBe(0);
});
afterAll(() => folder.remove());

test('what was asked differently comes first, then what really came out differently', () => {
  const { code, out } = inFolder('compare', 'one', 'more');
  expect(code).toBe(0);
  expect(out).toMatch(/platforms\.bench\.defaults\.replicas +1 +3/);
  // Three servers instead of one at 80 %: the wait goes from 40 ms to nearly nothing (M/M/1, M/M/3).
  expect(out).toMatch(/latency_p99 .* better/);
  expect(out).toContain('Same visitors in both');
  expect(inFolder('compare', 'one', 'more', '--detailed-exitcode').code).toBe(10);
});

test('the same goes to programs: JSON with the head of every document, CSV, Markdown; other forms are refused', () => {
  const { out: json } = inFolder('compare', 'one', 'more', '--json');
  expect(JSON.parse(json)).toMatchObject({ formatVersion: '1.0', complete: true, scenario: 'quick', seed: '1' });
  const published = z.fromJSONSchema(resultJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  expect(published.safeParse(JSON.parse(json)).success).toBe(true);
  const csv = inFolder('compare', 'one', 'more', '--format', 'csv').out.split('\n');
  expect(csv.slice(0, 2)).toEqual([
    'kind,platform_before,platform_after,name,unit,before,after,difference,ci_low,ci_high,real',
    'input,,,platforms.bench.defaults.replicas,,1,3,,,,',
  ]);
  expect(csv.filter((row) => row.startsWith('metric,bench,bench,latency_p99,ms,'))).toHaveLength(1);
  expect(inFolder('compare', 'one', 'more', '--format', 'markdown').out).toContain(
    '| platforms.bench.defaults.replicas | 1 | 3 |',
  );
  for (const form of ['junit', 'ndjson']) {
    const { code, err } = inFolder('compare', 'one', 'more', '--format', form);
    expect([code, err]).toEqual([2, expect.stringContaining('not supported yet')]);
  }
});

test('a report and itself do not differ', () => {
  const { code, out } = inFolder('compare', 'one', 'one', '--detailed-exitcode', '--json');
  expect(code).toBe(0);
  const { compared } = JSON.parse(out) as { compared: { inputs: unknown[]; paired: boolean; platforms: unknown[] } };
  expect(compared).toMatchObject({ inputs: [], paired: true });
  expect(compared.platforms).toHaveLength(2);
});

test('other visitors are refused, unless independent runs are meant', () => {
  const refused = inFolder('compare', 'one', 'busier');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('traffic.all.arrivals.poisson')]);
  const { code, out } = inFolder('compare', 'one', 'busier', '--unpaired');
  expect([code, out]).toEqual([0, expect.stringContaining('Independent runs')]);
});

test('software that was made slower is compared with what it was, in pairs, and the change is told first', () => {
  const words = ['compare', 'one.yaml', '--report', 'json', '--out', 'slower', '--set'];
  expect(inFolder(...words, 'services.server.operations.work[0].cpu={exponential: 11ms}').code).toBe(0);
  const { code, out } = inFolder('compare', 'one', 'slower', '--json');
  const { compared } = JSON.parse(out);
  expect(code).toBe(0);
  expect(compared).toMatchObject({ paired: true });
  expect(compared.inputs[0].path).toContain('services.server.operations.work[0].cpu');
});

test('a folder without stored runs, and a report where a scenario is wanted, are usage errors', () => {
  expect(inFolder('compare', 'one', 'absent')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no stored runs'),
  });
  expect(inFolder('compare', 'one')).toMatchObject({ code: 2, err: expect.stringContaining('compare two reports') });
});

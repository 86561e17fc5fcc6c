/** Limits that stop a run, through the program: exit 4, which setting it was and what helps, and what is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, quickScenario, windtunnel } from './program.js';

const limited = (limits: string): string =>
  quickScenario.replace('replications: 2', `replications: 3, limits: ${limits}`);

/** 500 a second want a second each of one vCPU: nearly all that came is still there. */
const drowning = (limits: string): string =>
  limited(limits).replace('80/s', '500/s').replace('exponential: 10ms', 'exponential: 1s').replace('2s', '60s');

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'few-events.yaml': limited('{events: 100}'),
    'enough.yaml': limited('{events: 100000, alive: 100000, instances: 10}'),
    'alive.yaml': drowning('{alive: 2000}'),
    'instances.yaml': drowning('{instances: 20}').replace('preset: fixed, defaults: {replicas: 1}', 'preset: faas'),
    'wrong.yaml': limited('{events: 0, alife: 5}'),
  });
});
afterAll(() => folder.remove());

const run = (file: string, ...flags: readonly string[]) => windtunnel(['run', file, ...flags], folder.path);

test('a limit of events that every replication meets: exit 4, the setting, what helps, and no numbers', () => {
  const { code, out, err } = run('few-events.yaml', '--format', 'csv', '--report', 'none');
  expect(code).toBe(4);
  expect(out).not.toContain('requests_offered');
  expect(err).toMatch(/not trustworthy: 3 of 3 replications: stopped after 100 events, at 0\.\d+ s of simulated time/);
  expect(err).toContain('or raise run.limits.events (event-limit)');
});

test('limits of what is alive at once, and of instances: exit 4, and not passed by much', () => {
  const alive = run('alive.yaml', '--report', 'none');
  expect(alive.code).toBe(4);
  const found = /(\d+) visitors and spans are alive at once, where at most 2000 may be; .*run\.limits\.alive/;
  expect(Number(found.exec(alive.err)?.[1])).toBeLessThan(4000);
  const instances = run('instances.yaml', '--report', 'none');
  expect(instances.code).toBe(4);
  expect(instances.err).toMatch(/\d\d instances at once, where at most 20 may be; .*run\.limits\.instances/);
});

test('a limit of nothing, or one that nobody knows, is a mistake at its place', () => {
  const { code, err } = run('wrong.yaml');
  expect(code).toBe(2);
  expect(err).toMatch(/wrong\.yaml:3:\d+ error range {2}run\.limits\.events must be a whole number of at least 1/);
  expect(err).toContain('run.limits.alife is not a known setting; did you mean "alive"?');
});

test('limits that nothing meets change nothing', () => {
  const { code, out } = run('enough.yaml', '--json', '--report', 'none');
  expect(code).toBe(0);
  const free = run('enough.yaml', '--json', '--report', 'none', '--set', 'run.limits=null');
  expect(free.out).toBe(out);
});

test('what finished before a limit is kept, counted, and marked incomplete', () => {
  // A visit is an arrival, a start and an end, so three replications of chance differ by tens of events.
  const { code, err } = run('enough.yaml', '--set', 'run.limits.events=490', '--out', 'kept');
  expect(code).toBe(4);
  expect(err).toContain('not trustworthy: 2 of 3 replications: stopped after 490 events');
  const document = JSON.parse(readFileSync(join(folder.path, 'kept', 'result.json'), 'utf8'));
  expect(document.complete).toBe(false);
  expect(document.platforms.bench.warnings).toContainEqual(expect.objectContaining({ code: 'event-limit' }));
  const summary = readFileSync(join(folder.path, 'kept', 'summary.csv'), 'utf8').split('\n');
  expect(summary.find((row) => row.startsWith('bench,platform,,requests_offered,'))).toMatch(/,1$/);
});

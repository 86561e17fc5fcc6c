/** The language page, complete: every key it names is known here, and only what isn't built is refused. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { filesOf } from './written.js';

const folder = 'test/scenario/examples';
const files = filesOf({
  'app.yaml': 'name: Below\nservices: {movie: {operations: {}}}\n',
  'web.log': 'x\n',
  'durations.csv': 'duration_ms\n1.5\n2\n',
});

test('every key of the language is understood', () => {
  const checked = parseScenario(readFileSync(`${folder}/every-key.yaml`, 'utf8'), 'every-key.yaml', files);
  const issues = checked.ok ? [] : checked.issues;
  expect(issues).toEqual([]);
});

test.each(['mm1', 'simfaas', 'movie-booking'])('the example %s has no issue', (name) => {
  const checked = parseScenario(readFileSync(`${folder}/${name}.yaml`, 'utf8'), `${name}.yaml`);
  expect(checked).toMatchObject({ ok: true, warnings: [] });
});

test('movie-booking is understood as it is written', () => {
  const checked = parseScenario(readFileSync(`${folder}/movie-booking.yaml`, 'utf8'), 'movie-booking.yaml');
  if (!checked.ok) throw new Error('has issues');
  const { run, traffic, services, platforms, databases, seed, objectives } = checked.value;
  expect(seed).toBe('2026');
  // Two hours in rows of 5 s would be 1,440; the next width of the table makes 720.
  expect(run).toMatchObject({
    warmupUs: 900e6,
    durationUs: 7200e6,
    windowUs: 10e6,
    representsUs: 17 * 3600e6,
    rest: 0.15,
  });
  expect(traffic.map(({ name }) => name)).toEqual(['browse', 'review', 'book']);
  expect(traffic[2]).toMatchObject({
    arrivals: {
      kind: 'poisson-profile',
      profile: [{ atUs: 0, ratePerSecond: 1 }, {}, {}, { atUs: 8100e6, ratePerSecond: 1 }],
    },
    timeout: { after: { kind: 'constant', value: 8e6 }, isWhileQueued: false, cancels: false },
    retries: { attempts: 2, backoffUs: 500_000, jitter: 0.5 },
    bytes: { inBytes: 1000, outBytes: 4000 },
  });
  expect(services[0]).toMatchObject({ name: 'movie', cpu: { requestVcpu: 0.5, limitVcpu: 0.5 }, imageBytes: 25e6 });
  expect(services[3]!.operations[0]!.steps[0]).toMatchObject({
    kind: 'parallel',
    branches: [[{ kind: 'call', to: { service: 'customer', operation: 'get' } }], [{ kind: 'call', timeout: {} }]],
  });
  expect(databases[3]).toMatchObject({ name: 'booking-db', connections: 50 });
  expect(platforms[4]).toMatchObject({
    name: 'fargate-to-zero',
    defaults: { replicas: { min: 0, max: 20 }, wakeOnRequest: true },
  });
  expect(objectives[2]).toMatchObject({
    metric: 'within',
    withinUs: 1e6,
    op: '>=',
    limit: { kind: 'share', value: 0.99 },
  });
});

/** The grammar of objectives, as the language page writes them and as people mistype them. */
import { expect, test } from 'vitest';
import { readObjective } from '../../src/scenario/objectiveText.js';
import { checkedScenario, issuesIn, written } from './written.js';

test.each([
  ['latency_p99 < 800ms', { scope: null, metric: 'latency_p99', op: '<', limit: { kind: 'duration', value: 800_000 } }],
  ['success_ratio >= 99.9%', { metric: 'success_ratio', op: '>=', limit: { kind: 'share', value: 0.999 } }],
  ['within(800ms) >= 99%', { metric: 'within', withinUs: 800_000, withinText: '800ms', limit: { value: 0.99 } }],
  ['within_1.5s >= 99%', { scope: null, metric: 'within', withinUs: 1_500_000 }],
  [
    'book.within( 1s ) >= 0.99',
    { scope: 'book', metric: 'within', withinUs: 1e6, limit: { kind: 'number', value: 0.99 } },
  ],
  ['movie.latency_p95 < 200ms', { scope: 'movie', metric: 'latency_p95' }],
  ['a.b c.latency_p95<200ms', { scope: 'a.b c', metric: 'latency_p95' }],
  ['release.requests_lost <= 0', { scope: 'release', metric: 'requests_lost', limit: { kind: 'number', value: 0 } }],
  ['cost_month < $900', { metric: 'cost_month', limit: { kind: 'money', value: 900, text: '$900' } }],
  ['throughput > 40/s', { limit: { kind: 'rate', value: 40 } }],
  ['restarts == 0', { op: '==' }],
])('%s', (text, expected) => {
  expect(readObjective(text)).toMatchObject({ ok: true, value: expected });
});

test.each([
  ['latency_p99 = 5ms', /write ==/],
  ['latency_p99 => 5ms', /write >=/],
  ['latency_p99', /write as in/],
  ['< 5ms', /write as in/],
  ['latency_p99 < fast', /no value with its unit/],
  ['latency_p99 < 5 bananas', /no value with its unit/],
  ['within(5) > 99%', /write 5s or 5ms/],
  ['within() > 99%', /duration/],
])('%s is refused', (text, expected) => {
  const reading = readObjective(text);
  expect(reading.ok ? '' : `${reading.message}; ${reading.hint}`).toMatch(expected);
});

test('in full, with platforms, a beginning and windows', () => {
  const objectives = '[{must: restarts < 10, on: [p], from: 30m}, {must: latency_p99 < 1s, every: 1m, in: 99%}]';
  expect(checkedScenario(written({ platforms: '{p: {preset: fixed}}', objectives })).objectives).toMatchObject([
    { metric: 'restarts', on: ['p'], fromUs: 1800e6 },
    { metric: 'latency_p99', on: null, everyUs: 60e6, inShare: 0.99 },
  ]);
});

test('the same objective twice, in without every, an unknown platform', () => {
  const objectives =
    '[cost_month < $9, "cost_month  <  $9.0", {must: restarts < 1, in: 9%}, {must: restarts < 2, on: [q]}]';
  expect(issuesIn(written({ objectives })).map((line) => line.replace(/;.*/, ''))).toEqual([
    expect.stringContaining('conflict objectives[2].in needs every'),
    expect.stringContaining('reference objectives[3].on[0] names no platform: "q"'),
  ]);
  expect(issuesIn(written({ objectives: '[cost_month < $9, "cost_month  <  $9"]' }))[0]).toMatch(
    /says the same as objective 1/,
  );
});

/** More events or instances than are undertaken: refused by the platform that would make them. */
import { expect, test } from 'vitest';
import { compileScenario } from '../../src/experiment/prepare.js';
import { parseScenario } from '../../src/scenario/parse.js';

function errorsOf(lines: {
  readonly platform: string;
  readonly faults?: string;
  readonly duration?: string;
}): string[] {
  const text = `run: {duration: ${lines.duration ?? '1h'}}
traffic: {v: {entry: a.x, arrivals: {poisson: 1/s}}}
services: {a: {operations: {x: [{cpu: 1ms}]}}}
faults: ${lines.faults ?? '[]'}
platforms: {p: ${lines.platform}}
`;
  const parsed = parseScenario(text, 'limits.yaml');
  const compiled = parsed.ok ? compileScenario(parsed.value) : parsed;
  return compiled.ok
    ? []
    : compiled.issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

const standing = (what: string) => expect.stringMatching(new RegExp(`makes 1000000000 ${what} stand there at once`));

test('more instances or nodes than may stand there at once', () => {
  expect(errorsOf({ platform: '{preset: fixed, defaults: {replicas: 1000000000}}' })).toEqual([
    standing('instances of a'),
  ]);
  expect(errorsOf({ platform: '{preset: faas, defaults: {provisioned: 1000000000}}' })).toEqual([
    standing('instances of a'),
  ]);
  expect(errorsOf({ platform: '{preset: app-engine-standard, defaults: {scale: {manual: 1000000000}}}' })).toEqual([
    standing('instances of a'),
  ]);
  expect(errorsOf({ platform: '{preset: eks, nodes: {type: m6i.large, count: 1000000000}}' })).toEqual([
    standing('nodes'),
  ]);
  expect(errorsOf({ platform: '{preset: fixed, defaults: {replicas: 1..1000000000}}' })).toEqual([]);
});

test('a schedule that asks for more', () => {
  const scale = '{schedule: [{at: 0h, replicas: 900000000}]}';
  const [error] = errorsOf({ platform: `{preset: fixed, defaults: {replicas: 1..1000000000, scale: ${scale}}}` });
  expect(error).toMatch(/schedule\[0\]\.replicas must be a whole number of at least 0 and at most 1000000/);
});

test('instances that crash by their own clock more often than events are undertaken', () => {
  const platform = '{preset: fixed, defaults: {replicas: 3, restart: {after: 0s}}}';
  const often = { platform, faults: '[{crash: "*", mtbf: {exponential: 1us}}]', duration: '1d' };
  expect(errorsOf(often)).toEqual([
    expect.stringMatching(/faults\[0\]\.mtbf makes each replication expect 518000000000/),
  ]);
  expect(errorsOf({ ...often, faults: '[{crash: "*", mtbf: {exponential: 1us}, on: [other]}]' })).not.toEqual([]);
  expect(errorsOf({ ...often, faults: '[{crash: "*", mtbf: 1h}]' })).toEqual([]);
});

/** Expected calls and CPU, against graphs worked by hand. */
import { expect, test } from 'vitest';
import { expectedDemand } from '../../src/model/demand.js';
import { compiled, issuesOf, onlyPlatform } from './scenarioText.js';

const graph = `
windtunnel: 1
run: {duration: 1000s}
traffic: {all: {entry: front.page, arrivals: {poisson: 10/s}}}
services:
  front:
    operations:
      page:
        - parallel: [{call: back.read}, [{cpu: 2ms}, {call: back.read}]]
        - choose: [{chance: 25%, do: [{send: mail.out}]}]
        - repeat: {times: 3, do: [{cpu: 1ms}]}
  back: {operations: {read: [{cpu: 4ms}, {choose: [{chance: 50%, do: [{call: back.read}]}]}]}}
  mail: {operations: {out: [{wait: 80ms}, {cpu: 8ms}]}}
platforms: {p: {preset: fixed, defaults: {replicas: 1}}}
`;

test('branches add, chances weigh, a loop of chance one half doubles', () => {
  const { model } = onlyPlatform(graph);
  const { spansPerSecond, vCpus } = expectedDemand(model, 0, 1e9);
  const of = (values: readonly number[], name: string) =>
    values[model.services.findIndex((each) => each.name === name)];
  expect(of(spansPerSecond, 'front')).toBeCloseTo(10, 9);
  expect(of(spansPerSecond, 'back')).toBeCloseTo(2 * 10 * 2, 9); // 1 + 1/2 + 1/4 … = 2.
  expect(of(spansPerSecond, 'mail')).toBeCloseTo(2.5, 9);
  expect(of(vCpus, 'front')).toBeCloseTo(10 * 0.005, 9);
  expect(of(vCpus, 'back')).toBeCloseTo(40 * 0.004, 9);
});

test('load above what may ever run is warned about, with the service and its rate', () => {
  const text = graph.replace('replicas: 1', 'replicas: 1, cpu: 100m');
  const warnings = compiled(text).platforms[0]!.warnings.map(({ code, message }) => `${code}: ${message}`);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^saturated: .*back 160% .*40\/s/);
});

test('the range of a scaler counts as what may run', () => {
  const scaled = 'replicas: 1..4, cpu: 100m, scale: {hpa: {cpu: 60%}}';
  expect(compiled(graph.replace('replicas: 1', scaled)).platforms[0]!.warnings).toEqual([]);
});

test('a run of more than ten thousand million events is refused before it starts', () => {
  const [issue] = issuesOf(graph.replace('10/s', '10M/s').replace('1000s', '600s'));
  expect(issue?.code).toBe('limit');
  expect(issue?.path).toBe('traffic.all.arrivals');
});

test('steps that take no time make no events, however often they repeat', () => {
  expect(issuesOf(graph.replace('times: 3, do: [{cpu: 1ms}]', 'times: 1000000000, do: [{wait: 0s}]'))).toEqual([]);
});

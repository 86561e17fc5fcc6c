/**
 * What a trace costs: a window of the whole measured time costs what the invoice of that replication says; a visitor
 * costs what Lambda's price page makes of his milliseconds, worked by hand.
 */
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import { runTrace } from '../../src/experiment/traceRun.js';
import { prepareWritten } from '../../src/experiment/written.js';

const text = `run: {warmup: 10s, duration: 60s, replications: 1}
traffic: {all: {entry: shop.show, arrivals: {constant: 1/s}}}
services:
  shop: {cpu: 1, memory: 512MB, concurrency: 1, operations: {show: [{cpu: 100ms}]}}
network: {hop: 0ms, client: 0ms}
platforms:
  lambda: {preset: lambda, defaults: {memory: 1769MB}}
  cluster: {preset: kubernetes, nodes: {cpu: 2, memory: 8GB, price: $70/mo, count: 1}, defaults: {replicas: 1}}
`;

function prepared() {
  const checked = prepareWritten({ text, file: 'shop.yaml' }, []);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

const compiled = () => prepared().compiled;

test.each([0, 1])('the whole measured time costs what the invoice says (platform %i)', (platform) => {
  const compared = compare(prepared().scenario, { replications: 1 });
  if (!compared.ok) throw new Error('refused');
  const window = { fromUs: 10e6, toUs: 70e6 };
  const { bill } = runTrace(compiled(), { platform, replicationIndex: 0, visitor: null, window });
  expect(Number(bill?.totalUsd)).toBeCloseTo(
    compared.value.platforms[platform]?.metrics['cost_run']?.mean ?? Number.NaN,
    9,
  );
  const early = runTrace(compiled(), {
    platform,
    replicationIndex: 0,
    visitor: null,
    window: { fromUs: 0, toUs: 9e6 },
  });
  expect(early.bill).toEqual({ totalUsd: '0', lines: [], shared: [] });
});

test('two halves of the time cost together what the whole does', () => {
  const total = (fromUs: number, toUs: number): number =>
    Number(
      runTrace(compiled(), { platform: 0, replicationIndex: 0, visitor: null, window: { fromUs, toUs } }).bill
        ?.totalUsd,
    );
  expect(total(10e6, 40.5e6) + total(40.5e6, 70e6)).toBeCloseTo(total(10e6, 70e6), 11);
});

test('a warm visitor of 100 ms at 1,769 MB: a request and 0.1 s x 1769/1024 GB (worked by hand)', () => {
  const visitor = { source: 0, visitorNumber: 30 };
  const { bill } = runTrace(compiled(), { platform: 0, replicationIndex: 0, visitor, window: null });
  const lines = new Map(bill?.lines.map(({ line, usd }) => [line, Number(usd)]));
  expect(lines.get('requests')).toBeCloseTo(0.0000002, 12);
  expect(lines.get('compute')).toBeCloseTo(((0.1 * 1769) / 1024) * 0.0000166667, 12);
});

test('on machines that stand by nothing is one visitor’s but what he was sent; the rest is named', () => {
  const visitor = { source: 0, visitorNumber: 30 };
  const { bill } = runTrace(compiled(), { platform: 1, replicationIndex: 0, visitor, window: null });
  expect(bill?.lines.filter(({ line }) => line !== 'transfer')).toEqual([]);
  expect(bill?.shared).toContain('node-hours');
});

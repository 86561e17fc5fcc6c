/** `report` on the built program: the same bytes again, other prices without simulating, and what is refused. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderWith, windtunnel } from './program.js';

const folder = folderWith({
  'shop.yaml': `run: {duration: 20s, replications: 3}
traffic: {all: {entry: a.op, arrivals: {poisson: 5/s}, timeout: 2s}}
services: {a: {operations: {op: [{cpu: {exponential: 20ms}}, {query: db}]}}}
databases: {db: {query: 1ms, bill: aws.rds.t4g.small}}
platforms: {tasks: {preset: fargate, defaults: {replicas: 2}}, functions: {preset: lambda}}
objectives: [latency_mean < 5s, cost_month < $1000]
`,
  'dear.yaml': `entries:
  - {id: aws.fargate.x86.vcpu, unit: vCPU-hour, price: 4, asOf: 2026-10-31}
  - {id: aws.lambda.request, unit: million requests, price: 100000, asOf: 2026-10-31}
`,
  'wrong.yaml': 'entries: [{id: nothing, unit: hour, price: 1, asOf: 2026}]\n',
});
const ended = (...words: string[]) => windtunnel(words, folder.path);
const contents = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder.path, name))
      .filter((file) => file !== 'manifest.json')
      .map((file) => [file, readFileSync(join(folder.path, name, file), 'latin1')]),
  );
afterAll(() => folder.remove());

test('a report made again is the same to the byte, on any number of threads before', { timeout: 60_000 }, () => {
  expect(ended('compare', 'shop.yaml', '--out', 'first', '--workers', '1')).toMatchObject({ code: 0 });
  const before = contents('first');
  expect(Object.keys(before)).toContain('runs.json.gz');
  expect(ended('report', 'first')).toMatchObject({ code: 0, err: expect.stringContaining('Nothing was simulated') });
  expect(contents('first')).toEqual(before);
  expect(ended('compare', 'shop.yaml', '--out', 'second', '--workers', '2')).toMatchObject({ code: 0 });
  expect(contents('second')).toEqual(before);
});

test('stored meters at other prices give what simulating at those prices gives', { timeout: 60_000 }, () => {
  // A page would also show which change would have helped, and that takes simulating.
  const kinds = ['--report', 'csv,json'];
  const again = ended('report', 'first', '--prices', 'dear.yaml', '--out', 'dearer', ...kinds);
  // Two tasks of 0.25 vCPU at $4 and a million requests at $100,000: over the objective on both platforms.
  expect(again).toMatchObject({ code: 99, err: expect.stringContaining('Billed at dear.yaml; nothing was simulated') });
  expect(ended('compare', 'shop.yaml', '--prices', 'dear.yaml', '--out', 'simulated', ...kinds).code).toBe(99);
  expect(contents('dearer')).toEqual(contents('simulated'));
  const { command } = JSON.parse(readFileSync(join(folder.path, 'dearer/manifest.json'), 'utf8'));
  expect(command).toBe('windtunnel compare shop.yaml --prices dear.yaml');
});

test('in place the report goes back to its first prices, and files of other kinds stay', () => {
  const before = contents('first');
  expect(ended('report', 'first', '--prices', 'dear.yaml').code).toBe(99);
  expect(contents('first')['invoice.csv']).not.toBe(before['invoice.csv']);
  expect(ended('report', 'first').code).toBe(0);
  expect(contents('first')).toEqual(before);
});

test('JSON goes to stdout, and --report none writes nothing', () => {
  const { out } = ended('report', 'first', '--prices', 'dear.yaml', '--report', 'none', '--json');
  const [cpu] = JSON.parse(out).platforms.tasks.invoice;
  expect(cpu).toMatchObject({ line: 'cpu', unitPriceUsd: '4', quantityMonth: '365', amountMonthUsd: '1460' });
  const stored = JSON.parse(contents('first')['result.json']!);
  expect(stored.platforms.tasks.invoice[0].unitPriceUsd).toBe('0.04048');
});

test('what cannot be made again is refused with the reason', () => {
  expect(ended('report', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('holds no stored runs') });
  expect(ended('report', 'first', '--prices', 'wrong.yaml').err).toMatch(/^wrong\.yaml:1:16 error reference/);
  expect(ended('report', 'first', '--prices', 'none.yaml').code).toBe(2);
  cpSync(join(folder.path, 'first'), join(folder.path, 'damaged'), { recursive: true });
  writeFileSync(join(folder.path, 'damaged/runs.json.gz'), 'not packed');
  expect(ended('report', 'damaged')).toMatchObject({ code: 2, err: expect.stringContaining('is damaged') });
  rmSync(join(folder.path, 'damaged/manifest.json'));
  expect(ended('report', 'damaged').code).toBe(2);
});

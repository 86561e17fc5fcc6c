/** `prices` and `--prices` on the built program: what is shown, what is refused, what a bill is made of. */
import { afterAll, expect, test } from 'vitest';
import { folderWith, windtunnel } from './program.js';

const folder = folderWith({
  'shop.yaml': `run: {duration: 10s, replications: 2}
traffic: {all: {entry: a.op, arrivals: {constant: 1/s}}}
services: {a: {operations: {op: [{cpu: 5ms}]}}}
platforms: {tasks: {preset: fargate, frontDoor: none}}
`,
  'mine.yaml': `entries:
  - {id: aws.fargate.x86.vcpu, unit: vCPU-hour, price: 1, asOf: 2020-01-31, source: our contract}
`,
  'wrong.yaml': 'entries:\n  - {id: aws.fargate.x86.vcpus, unit: vCPU-hour, price: 1, asOf: 2026}\n',
});
const ended = (...words: string[]) => windtunnel(words, folder.path);
afterAll(() => folder.remove());

test('a list, a price, and the same as JSON', () => {
  expect(ended('prices', 'list', 'aws.fargate').out).toMatch(/^ID .*\naws\.fargate\.x86\.vcpu +us-east-1/);
  expect(ended('prices', 'show', 'aws.fargate.x86.vcpu').out).toContain('$0.04048 per vCPU-hour');
  const { entries } = JSON.parse(ended('prices', 'show', 'aws.fargate.x86.vcpu', '--json').out);
  expect(entries).toMatchObject([{ id: 'aws.fargate.x86.vcpu', tiers: [{ upTo: null, usd: '0.04048' }] }]);
});

test('what is mistyped is refused with what was meant', () => {
  expect(ended('prices', 'lst')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean "list"?') });
  expect(ended('prices', 'show', 'aws.fargate.x86.vcp').err).toContain('did you mean "aws.fargate.x86.vcpu"?');
  expect(ended('prices', 'list', '--region', 'us-east-9').code).toBe(2);
  expect(ended('prices', 'check', 'nowhere.yaml')).toMatchObject({ code: 2 });
  const wrong = ended('prices', 'check', 'wrong.yaml');
  expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/^wrong\.yaml:2:10 error reference {2}entries/) });
});

test('check warns of a price older than 180 days, and --strict fails on it', () => {
  expect(ended('prices', 'check', 'mine.yaml')).toMatchObject({ code: 0, err: expect.stringMatching(/stale-price/) });
  expect(ended('prices', 'check', 'mine.yaml', '--strict').code).toBe(2);
});

test('--prices bills at the file’s price, says so, and a wrong file stops the run before it starts', () => {
  const run = ended('run', 'shop.yaml', '--prices', 'mine.yaml', '--json', '--report', 'none');
  expect(run).toMatchObject({ code: 0, err: expect.stringMatching(/shop\.yaml:4:13 warning stale-price/) });
  const [cpu] = JSON.parse(run.out).platforms.tasks.invoice;
  expect(cpu).toMatchObject({ unitPriceUsd: '1', amountMonthUsd: '182.5', priceDate: '2020-01-31' });
  expect(ended('run', 'shop.yaml', '--prices', 'wrong.yaml')).toMatchObject({ code: 2, out: '' });
  expect(ended('validate', 'shop.yaml', '--prices', 'wrong.yaml').err).toMatch(/^wrong\.yaml:2:10 error reference/);
});

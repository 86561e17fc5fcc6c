/**
 * Scenarios that teach show in numbers what their header says: each claim is looked up in the header, word for word,
 * and its number in the committed summary, which reports.test.ts holds to the byte. A figure is met when the result
 * rounds to it. What the issue of each scenario is beyond one number (none lost against some, more with more delay,
 * the nines of n replicas) is asked below.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = readdirSync('scenarios/learn').sort();

function fileOf(number: string): string {
  const file = files.find((name) => name.startsWith(`${number}-`));
  if (!file) throw new Error(`no scenario ${number}`);
  return file.replace('.yaml', '');
}

/** The comment above a scenario, as one line. */
function headerOf(number: string): string {
  const lines = readFileSync(`scenarios/learn/${fileOf(number)}.yaml`, 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.slice(2))
    .join(' ');
}

interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** `row` is platform,scope,name,metric as the summary begins its line. */
function estimateOf(number: string, row: string): Estimate {
  const lines = readFileSync(`reports/learn/${fileOf(number)}/summary.csv`, 'utf8').split('\n');
  const line = lines.find((each) => each.startsWith(`${row},`));
  if (!line) throw new Error(`${number} has no ${row}`);
  const [, , , , , mean, low, high] = line.split(',');
  return { mean: Number(mean), low: Number(low), high: Number(high) };
}

const meanOf = (number: string, row: string): number => estimateOf(number, row).mean;

/** The first number in `claim`, in the unit of the result, and the size of its last digit. */
function figureOf(claim: string): { readonly value: number; readonly digit: number } {
  const [, sign, text, unit] = /(?<!\w)(\$?)(\d[\d,]*(?:\.\d+)?)(%| ms\b| s\b)?/.exec(claim)!;
  const decimals = text!.split('.')[1]?.length ?? 0;
  const factor = { '%': 0.01, ' ms': 1, ' s': 1000 }[unit ?? ''] ?? 1;
  return { value: Number(text!.replace(',', '')) * factor, digit: (sign ? 1 : factor) * 10 ** -decimals };
}

const success = (platform: string): string => `${platform},platform,,success_ratio`;
const p99 = (platform: string): string => `${platform},platform,,latency_p99`;

test.each([
  ['10', 'p99 237 ms', p99('as-told')],
  ['10', '316 ms with the numbers exchanged', p99('the-other-way')],
  ['11', '9.5 scale-ins', 'flapping,platform,,scale_ins'],
  ['11', '92 s', p99('flapping')],
  ['11', 'p99 377 ms', p99('default')],
  ['12', '88% succeed', success('random')],
  ['12', '88% succeed', success('round-robin')],
  ['12', '155 ms (least requests)', p99('least-requests')],
  ['12', '169 ms (least latency)', p99('least-latency')],
  ['12', '293 ms (two choices)', p99('two-choices')],
  ['13', '1, 94 and 506', 'at-once,fault,crash web,requests_lost'],
  ['13', '94 and 506', 'two-seconds,fault,crash web,requests_lost'],
  ['13', '506 requests are lost', 'ten-seconds,fault,crash web,requests_lost'],
  ['13', '98.1% of the bare requests', 'ten-seconds,traffic,bare,success_ratio'],
  ['13', '99.8% of those that try again', 'ten-seconds,traffic,retrying,success_ratio'],
  ['14', '25% succeed', 'bench,traffic,naive,success_ratio'],
  ['14', '90% succeed', 'bench,traffic,guarded,success_ratio'],
  ['14', '81% of the work', 'bench,service,back-of-naive,wasted_work'],
  ['14', '10% is wasted', 'bench,service,back-of-guarded,wasted_work'],
  ['15', '47% succeed', success('functions')],
  ['15', '74%', success('held-back')],
  ['15', '5.5 s', p99('held-back')],
  ['16', '22% succeed', 'fixed,traffic,calls,success_ratio'],
  ['16', '1,808 of them', 'fixed,queue,orders,depth_max'],
  ['16', '91 s late', 'fixed,queue,orders,age_p99'],
  ['16', '9 s, and the queue', 'keda,queue,orders,age_p99'],
  ['16', '482 long at most', 'keda,queue,orders,depth_max'],
  ['17', '3,040 ms', 'to-zero,platform,,latency_p50'],
  ['17', '40 ms', 'kept,platform,,latency_p50'],
  ['18', '8.2 s', p99('by-cpu')],
  ['18', '323 ms', p99('by-the-clock')],
  ['50', '88% success', success('unwatched')],
  ['50', '99.8%', success('readiness')],
  ['54', '64% success', success('packed')],
  ['54', '98.7%', success('spread')],
  ['57', '$230 a month', 'spot,platform,,cost_month'],
  ['57', '$503', 'on-demand,platform,,cost_month'],
  ['58', '$364 a month', 'fixed-nodes,platform,,cost_month'],
  ['58', '93.5% success', success('autoscaler')],
  ['58', '97.9% with consolidation', success('karpenter')],
  ['59', '39% of the shoppers', 'equals,traffic,shoppers,success_ratio'],
  ['59', '99.6% and 99.9%', 'shop-first,traffic,shoppers,success_ratio'],
  ['59', '99.9%', 'shop-first,traffic,reports,success_ratio'],
])('%s: "%s" is what %s comes to', (number, claim, row) => {
  expect(headerOf(number)).toContain(claim);
  const { value, digit } = figureOf(claim);
  expect(Math.abs(meanOf(number, row) - value)).toBeLessThanOrEqual(digit / 2 + 1e-9);
});

test('what is claimed of those who fail', () => {
  expect(headerOf('10')).toContain('6% of the visitors time out');
  expect(1 - meanOf('10', success('scaled'))).toBeCloseTo(0.06, 2);
  expect(headerOf('18')).toContain('10% give up');
  expect(1 - meanOf('18', success('by-cpu'))).toBeCloseTo(0.1, 2);
  expect(headerOf('55')).toContain('4% of all requests fail');
  expect(1 - meanOf('55', success('bare'))).toBeCloseTo(0.04, 2);
  expect(meanOf('55', success('budget'))).toBeGreaterThan(0.999);
});

test('12: who looks before it picks loses nobody, who does not loses an eighth', () => {
  for (const balancer of ['least-requests', 'least-latency', 'two-choices'])
    expect(meanOf('12', success(balancer)), balancer).toBe(1);
  for (const balancer of ['random', 'round-robin', 'weighted', 'ring-hash', 'maglev'])
    expect(Math.abs(meanOf('12', success(balancer)) - 7 / 8), balancer).toBeLessThan(0.01);
});

test('13: the later callers hear of it, the more is lost', () => {
  const lost = ['at-once', 'two-seconds', 'ten-seconds'].map((platform) =>
    meanOf('13', `${platform},fault,crash web,requests_lost`),
  );
  // A third of the visitors (of both sources, those who try again once more) until callers hear: 120/s x 1/3 x delay.
  expect(lost[0]).toBeLessThan(5);
  expect(lost[1]! / 80).toBeGreaterThan(1);
  expect(lost[2]! / lost[1]!).toBeGreaterThan(4);
  expect(lost[2]! / lost[1]!).toBeLessThan(6);
});

test('14: the breaker stops the storm; without it the storm outlives its cause', () => {
  const lost = (guard: string): number => meanOf('14', `bench,fault,slow back-of-${guard},requests_lost`);
  expect(lost('naive')).toBeGreaterThan(10 * lost('guarded'));
  const detected = estimateOf('14', 'bench,fault,slow back-of-guarded,time_to_detect');
  expect(detected.mean).toBeLessThan(5);
});

test('51: with a drain a release loses nobody, without one some', () => {
  const lost = (platform: string): number => meanOf('51', `${platform},release,shop v2,requests_lost`);
  for (const platform of ['sleeps', 'finishes']) expect(lost(platform), platform).toBe(0);
  // Each of four old ones is asked for two seconds more, a quarter of 40/s: eighty, and who was inside as well.
  for (const platform of ['dies', 'refuses']) expect(lost(platform), platform).toBeGreaterThan(60);
  for (const platform of ['dies', 'refuses']) expect(lost(platform), platform).toBeLessThan(100);
});

test('52: the canary shows a bad version to few, others to everybody; none loses anybody to the change-over', () => {
  const failed = (platform: string): number => 1 - meanOf('52', success(platform));
  expect(failed('canary')).toBeGreaterThan(0.0005);
  expect(failed('canary')).toBeLessThan(0.0025);
  for (const platform of ['rolling', 'blue-green']) expect(failed(platform), platform).toBeGreaterThan(1 / 7);
  expect(meanOf('52', 'canary,release,shop v2,aborted')).toBe(1);
  for (const platform of ['rolling', 'blue-green', 'canary'])
    expect(meanOf('52', `${platform},release,shop v2,requests_lost`), platform).toBe(0);
});

test('53: at least one of n is up 1 - (1/11)^n of the time, within the interval', () => {
  for (const [index, platform] of ['one', 'two', 'three', 'four'].entries()) {
    const { mean, low, high } = estimateOf('53', `${platform},platform,,availability`);
    const truth = 1 - (1 / 11) ** (index + 1);
    // The rarest case may not have happened at all in twenty replications; then nothing is claimed but that it is rare.
    if (mean < 1) expect(Math.abs(mean - truth), platform).toBeLessThanOrEqual(((high - low) / 2) * 1.5);
    else expect(1 - truth).toBeLessThan(1e-4);
  }
});

test('54 and 57: what spreads, and what is told in time, loses less', () => {
  const zone = (platform: string): number => meanOf('54', `${platform},fault,loseZone,requests_lost`);
  expect(zone('packed')).toBeGreaterThan(20 * zone('spread'));
  expect(meanOf('57', success('spot'))).toBe(1);
  const lost = 1 - meanOf('57', success('spot-no-notice'));
  expect(1 / lost).toBeGreaterThan(13_000);
  expect(1 / lost).toBeLessThan(15_000);
});

test('every scenario that teaches has its committed report and its line in the gallery', () => {
  const readme = readFileSync('README.md', 'utf8');
  for (const file of files) {
    const name = file.replace('.yaml', '');
    expect(existsSync(`reports/learn/${name}/summary.csv`), name).toBe(true);
    expect(readme, name).toContain(`(scenarios/learn/${file})`);
  }
});

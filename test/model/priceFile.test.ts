/** A price file against the price book: what is sold, where, by which unit, with which allowance. */
import { expect, test } from 'vitest';
import { describePrices } from '../../src/billing/prices/registry.js';
import { compileModel } from '../../src/model/compile.js';
import { compilePriceFile } from '../../src/model/priceFile.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { parsePriceFile } from '../../src/scenario/priceFile.js';
import { oneService } from './scenarioText.js';

function compiled(entries: readonly string[], head = '') {
  const parsed = parsePriceFile(`${head}entries:\n${entries.map((each) => `  - {${each}}\n`).join('')}`, 'prices.yaml');
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'));
  return compilePriceFile(parsed.value);
}
const issuesOf = (entries: readonly string[], head = '') => {
  const checked = compiled(entries, head);
  return checked.ok ? [] : checked.issues.map(({ at, code, path }) => `${at.line} ${code} ${path}`);
};
const alb = 'id: aws.alb.hour, unit: hour, price: 0.03, asOf: 2026-10-31';

test.each([
  ['an unknown SKU', ['id: aws.alb.hours, unit: hour, price: 1, asOf: 2026'], '2 reference entries[0].id'],
  ['an unknown region', [`${alb}, region: us-east-9`], '2 reference entries[0].region'],
  ['another provider’s region', [`${alb}, region: us-central1`], '2 reference entries[0].region'],
  ['an unknown unit', ['id: aws.alb.hour, unit: hourly, price: 1, asOf: 2026'], '2 unit entries[0].unit'],
  ['a unit of something else', ['id: aws.alb.hour, unit: request, price: 1, asOf: 2026'], '2 unit entries[0].unit'],
  ['another currency', [`${alb}, currency: EUR`], '2 conflict entries[0].currency'],
  ['a free day of 25 hours', [`${alb}, free: 25/day`], '2 conflict entries[0].free'],
  ['a free month of 800 hours', [`${alb}, free: 800/month`], '2 conflict entries[0].free'],
  ['the same price twice', [alb, alb], '3 conflict entries[1].id'],
])('%s is refused at its line', (_, entries, issue) => expect(issuesOf(entries)).toEqual([issue]));

test('currencies are not mixed', () => {
  expect(issuesOf([alb], 'currency: EUR\n')).toEqual(['1 conflict currency']);
});

test('tiers follow each other, the last without end', () => {
  const tiers = (text: string) => issuesOf([`id: aws.apigw.rest, unit: million requests, asOf: 2026, tiers: ${text}`]);
  expect(tiers('[{upTo: 300, price: 1}, {upTo: null, price: 0.9}]')).toEqual([]);
  expect(tiers('[{upTo: 300, price: 1}, {upTo: 300, price: 0.9}]')).toEqual(['2 range entries[0].tiers[1].upTo']);
  expect(tiers('[{upTo: null, price: 1}, {upTo: 300, price: 0.9}]')).toHaveLength(1);
});

test('what an entry leaves out is the book’s: region, allowance, counted in the unit of the price', () => {
  const checked = compiled(['id: gcp.run.req.t1.cpu, unit: vCPU-hour, price: 0.1, asOf: 2026-10-31']);
  expect(checked).toMatchObject({ ok: true, value: [{ region: 'tier 1 regions', free: { amount: '50' } }] });
});

test('every price of the book comes out as it is when it is given again', () => {
  const entries = describePrices().entries.map((entry) => ({
    ...entry,
    tiers: entry.tiers.map(({ upTo, usd }) => ({ upTo, usd })),
    isPricedTwice: false,
    free: 'as-before' as const,
  }));
  const checked = compilePriceFile({ file: 'book', positions: new Map(), entries });
  expect(checked).toMatchObject({ ok: true, value: describePrices().entries });
});

test('a scenario is billed at the file’s prices, and may stand in a region that only the file has', () => {
  const bill = (platform: string, entries: readonly string[]) => {
    const parsed = parseScenario(oneService(platform), 's.yaml');
    const prices = parsePriceFile(`entries:\n${entries.map((each) => `  - {${each}}\n`).join('')}`, 'prices.yaml');
    if (!parsed.ok || !prices.ok) throw new Error('has issues');
    return compileModel({ ...parsed.value, priceFile: prices.value });
  };
  const there = (id: string, unit: string) => `id: ${id}, unit: ${unit}, region: eu-west-1, price: 1, asOf: 2026`;
  const needed = [there('aws.fargate.x86.vcpu', 'vCPU-hour'), there('aws.fargate.x86.gb', 'GB-hour')];
  const doors = '{preset: fargate, region: eu-west-1, frontDoor: none}';
  const missing = bill(doors, needed);
  expect(missing.ok ? '' : missing.issues[0]?.message).toContain('needs a price that is missing: aws.egress');
  expect(bill(doors, [...needed, there('aws.egress', 'GB')]).ok).toBe(true);
});

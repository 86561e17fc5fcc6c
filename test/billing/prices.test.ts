/**
 * The price book: complete, dated, sourced, and findable. Single prices are checked against their providers' pages.
 */
import { expect, test } from 'vitest';
import { Fraction } from '../../src/billing/fraction.js';
import { describePrices, findPrice, nearestPriceIds, priceIds, regionsOf } from '../../src/billing/prices/registry.js';
import { cutIntoTiers } from '../../src/billing/tiers.js';

const { entries } = describePrices();

test('every price has a date, a source, a status and a price that is a decimal >= 0', () => {
  for (const { id, asOf, source, status, tiers, unit } of entries) {
    expect(asOf, id).toMatch(/^20\d\d/);
    expect(source.length, id).toBeGreaterThan(0);
    expect(['stored-source', 'consistent', 'recalled'], id).toContain(status);
    expect(unit.length, id).toBeGreaterThan(0);
    for (const { usd } of tiers) expect(Fraction.of(usd).isNegative, id).toBe(false);
  }
});

test('ids are unique within a region, and tiers rise to one without an end', () => {
  expect(new Set(entries.map(({ id, region }) => `${id} ${region}`)).size).toBe(entries.length);
  for (const { id, tiers } of entries) {
    expect(tiers.at(-1)!.upTo, id).toBeNull();
    const ends = tiers.slice(0, -1).map(({ upTo }) => Fraction.of(upTo!));
    for (let i = 1; i < ends.length; i++) expect(ends[i]!.compare(ends[i - 1]!), id).toBe(1);
  }
});

test('a price is found in its own region, in a group of regions, and from another provider', () => {
  expect(findPrice('aws.lambda.request', 'us-east-1')?.tiers).toEqual([{ upTo: null, usd: '0.0000002' }]);
  expect(findPrice('gcp.run.request', 'us-central1')?.region).toBe('all');
  expect(findPrice('aws.rds.t4g.small', 'us-central1')?.tiers).toEqual([{ upTo: null, usd: '0.032' }]);
  expect(findPrice('aws.lambda.reqests', 'us-east-1')).toBeNull();
  expect(findPrice('__proto__', 'us-east-1')).toBeNull();
});

test('each provider names the regions it has a list for', () => {
  expect(regionsOf('aws')).toEqual(['us-east-1']);
  expect(regionsOf('gcp')).toEqual(['us-central1']);
  expect(regionsOf('azure')).toEqual(['eastus']);
  expect(regionsOf('own')).toEqual([]);
});

test('a mistyped id is answered with the nearest', () => {
  expect(nearestPriceIds('aws.lamda.request', 1)).toEqual(['aws.lambda.request']);
  expect(nearestPriceIds('aws.rds.t4g.smal', 1)).toEqual(['aws.rds.t4g.small']);
  expect(priceIds()).toContain('aws.alb.lcu');
});

test('an hour has 3,600 seconds and a million requests a million: units fit what is counted', () => {
  const unitOf = (id: string) => {
    const { unit, baseUnit, baseUnitsPerUnit } = entries.find((entry) => entry.id === id)!;
    return [unit, baseUnit, baseUnitsPerUnit];
  };
  expect(unitOf('aws.fargate.x86.vcpu')).toEqual(['vCPU-hour', 'vCPU-second', '3600']);
  expect(unitOf('aws.apigw.http')).toEqual(['million requests', 'request', '1000000']);
  expect(unitOf('gcp.gaeflex.disk')).toEqual(['GB-month', 'GB-second', '2628000']);
});

test('outside tier 1 Cloud Run gives the worth of the free quantity at tier 1 prices (4.32 and 0.90 USD)', () => {
  const usd = (quantity: number, price: string) => Fraction.of(quantity).times(Fraction.of(price)).toDecimal(4);
  expect(findPrice('gcp.run.req.t2.cpu', 'us-central1')?.free?.amount).toBe(usd(180_000, '0.000024'));
  expect(findPrice('gcp.run.req.t2.mem', 'us-central1')?.free?.amount).toBe(usd(360_000, '0.0000025'));
  expect(findPrice('gcp.run.inst.t2.cpu', 'us-central1')?.free?.amount).toBe(usd(240_000, '0.000018'));
  expect(findPrice('gcp.run.inst.t2.mem', 'us-central1')?.free?.amount).toBe(usd(450_000, '0.000002'));
});

test('what leaves Google costs what a fixture of Infracost shows: 123, 1,014 and 181 USD for 1, 9 and 2.2 TB', () => {
  const { tiers } = findPrice('gcp.egress', 'us-central1')!;
  const parts = cutIntoTiers(Fraction.of(1024 + 9216 + 2260), tiers);
  const usd = parts.map((part, tier) => part.times(Fraction.of(tiers[tier]!.usd)).toFixed(2));
  expect(usd).toEqual(['122.88', '1013.76', '180.80']);
});

test('what leaves Azure steps at 100, 10,335, 51,295 and 153,695 GB, as the rows of its meter do', () => {
  const { tiers, free } = findPrice('az.egress', 'eastus')!;
  const included = Fraction.of(free!.amount);
  const ends = tiers.slice(0, -1).map(({ upTo }) => included.plus(Fraction.of(upTo!)).toDecimal(0));
  expect([free!.amount, ...ends]).toEqual(['100', '10335', '51295', '153695']);
  expect(tiers.map(({ usd }) => usd)).toEqual(['0.087', '0.083', '0.07', '0.05']);
});

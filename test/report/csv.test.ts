/** The CSV files: columns, order, what a cell may hold. Expected are OUTPUT.md's columns and RFC 4180's quotes. */
import { expect, test } from 'vitest';
import type { Comparison, PlatformResult } from '../../src/experiment/contract.js';
import { csvText, decimalCell, numberCell, textCell } from '../../src/report/csv/cells.js';
import { eventsCsv } from '../../src/report/csv/eventsCsv.js';
import { invoiceCsv } from '../../src/report/csv/invoiceCsv.js';
import { summaryCsv } from '../../src/report/csv/summaryCsv.js';
import { timelineCsv } from '../../src/report/csv/timelineCsv.js';
import { movieComparison } from './fixtures/comparison.js';
import { readCsv } from './fixtures/readCsv.js';

function withPlatform(change: (platform: PlatformResult) => PlatformResult): Comparison {
  const comparison = movieComparison({ platformCount: 1, windowCount: 3 });
  return { ...comparison, platforms: comparison.platforms.map(change) };
}

test('each file begins with the columns of the contract, LF at every end', () => {
  const comparison = movieComparison({ platformCount: 2, windowCount: 3 });
  expect(summaryCsv(comparison).split('\n')[0]).toBe(
    'platform,scope,name,metric,unit,mean,ci_low,ci_high,replications',
  );
  expect(timelineCsv(comparison).split('\n')[0]).toBe('platform,replication,t_s,scope,name,metric,value');
  expect(invoiceCsv(comparison).split('\n')[0]).toBe(
    'platform,service,part,line,sku,bills,unit,unit_price_usd,quantity_run,quantity_month,free_month,' +
      'amount_run_usd,amount_month_usd,price_date',
  );
  expect(eventsCsv(comparison).split('\n')[0]).toBe('platform,replication,t_s,kind,service,instance,detail');
  for (const csv of [summaryCsv, timelineCsv, invoiceCsv, eventsCsv]) {
    expect(csv(comparison)).toMatch(/\n$/);
    expect(csv(comparison)).not.toContain('\r');
  }
});

test('a comparison of nothing still has its headers', () => {
  const nothing = { ...movieComparison({ platformCount: 1 }), platforms: [] };
  for (const csv of [summaryCsv, timelineCsv, invoiceCsv, eventsCsv]) expect(csv(nothing).split('\n')).toHaveLength(2);
});

test('numbers are written in the shortest form that reads back as the same number', () => {
  for (const number of [0.1, 1 / 3, 1e21, 5e-324, -2.5, 123456789.123]) expect(Number(numberCell(number))).toBe(number);
  expect(numberCell(0.1 + 0.2)).toBe('0.30000000000000004');
  expect(numberCell(-0)).toBe('0');
  expect(numberCell(-5)).toBe('-5');
});

test('what has no value is an empty cell, never a word for nothing', () => {
  for (const nothing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(numberCell(nothing)).toBe('');
});

test('text that a spreadsheet would run is led by an apostrophe; other text, and numbers, are left alone', () => {
  for (const formula of ["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(A1)', '\tx', '\rx', '＝1'])
    expect(textCell(formula)).toBe(`'${formula}`);
  expect(textCell('a=b')).toBe('a=b');
  expect(decimalCell('-0.000001')).toBe('-0.000001');
  expect(decimalCell('=1')).toBe("'=1");
});

test('commas, quotes and line ends are quoted, and read back', () => {
  const nasty = ['a,b', 'say "no"', 'two\nlines', 'cr\rhere', ''];
  expect(readCsv(csvText(['h', 'i', 'j', 'k', 'l'], [nasty]))[1]).toEqual(nasty);
});

test('a service with the name of a formula is neutralised in every file, its numbers are not', () => {
  const name = '=HYPERLINK("http://x","y")';
  const comparison = withPlatform((platform) => ({
    ...platform,
    name,
    services: [{ name, title: name, metrics: { queue_mean: { mean: -1.5, unit: '1', replicationCount: 1 } } }],
  }));
  for (const csv of [summaryCsv, timelineCsv, invoiceCsv, eventsCsv])
    for (const row of readCsv(csv(comparison)).slice(1)) expect(row[0]).toBe(`'${name}`);
  expect(readCsv(summaryCsv(comparison))).toContainEqual([
    `'${name}`,
    'service',
    `'${name}`,
    'queue_mean',
    '1',
    '-1.5',
    '',
    '',
    '1',
  ]);
});

test('rows stand by platform, then scope, in the order of the catalogue', () => {
  const rows = readCsv(summaryCsv(movieComparison({ platformCount: 2 }))).slice(1);
  const scopes = ['platform', 'traffic', 'service', 'database', 'release', 'fault', 'line'];
  const places = rows.map((row) => (row[0] === 'data-center' ? 0 : 1) * 10 + scopes.indexOf(row[1] ?? ''));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(rows.filter((row) => row[1] === 'platform').every((row) => row[2] === '')).toBe(true);
});

test('one replication has no interval: its cells are empty', () => {
  const rows = readCsv(summaryCsv(movieComparison({ platformCount: 1, replications: 1 }))).slice(1);
  expect(rows.every((row) => row[6] === '' && row[7] === '' && row[8] === '1')).toBe(true);
});

test('the timeline has a row for every window and series, with an empty cell where a window has no value', () => {
  const comparison = movieComparison({ platformCount: 1, windowCount: 270 });
  const rows = readCsv(timelineCsv(comparison)).slice(1);
  expect(rows).toHaveLength(270 * (comparison.platforms[0]?.timeline?.series.length ?? 0));
  expect(rows.filter((row) => row[5] === 'latency_p99' && row[6] === '').length).toBe(2);
  expect(rows.map((row) => Number(row[2]))).toEqual(rows.map((row) => Number(row[2])).sort((a, b) => a - b));
});

test('names that are JavaScript words are names like any other', () => {
  const comparison = withPlatform((platform) => ({
    ...platform,
    services: ['__proto__', 'constructor', 'toString'].map((name) => ({
      name,
      title: name,
      metrics: { requests_offered: { mean: 1, unit: '1' as const, replicationCount: 1 } },
    })),
  }));
  const names = readCsv(summaryCsv(comparison)).flatMap((row) => (row[1] === 'service' ? [row[2]] : []));
  expect([...new Set(names)]).toEqual(['__proto__', 'constructor', 'toString']);
});

test('every metric has its row in every scope that the catalogue gives it for; without a value a cell is empty', () => {
  const mean = (value: number, unit: '1' | 'ms') => ({ mean: value, unit, replicationCount: 2 });
  const metrics = { requests_offered: mean(0, '1'), requests_completed: mean(0, '1') };
  const scope = (name: string) => [{ name, title: name, metrics }];
  const csv = summaryCsv(
    withPlatform((platform) => ({
      ...platform,
      metrics,
      traffic: scope('t'),
      services: scope('s'),
      databases: scope('d'),
    })),
  );
  const rows = readCsv(csv);
  // The table of the contract, and what this product adds to the platform's.
  const requests = 'offered completed failed rejected timed_out'.split(' ').map((word) => `requests_${word}`);
  const latencies = 'mean p50 p90 p95 p99 p999 max'.split(' ').map((word) => `latency_${word}`);
  const ofVisitors = [...requests, 'success_ratio', 'error_ratio', 'throughput', ...latencies];
  const ofStations = [...ofVisitors, 'wait_mean', 'queue_mean', 'in_system_mean', 'utilisation'];
  const ofServices = [
    ...ofStations,
    ...'cold_starts cold_start_ratio cold_waits instances_mean instances_max instances_min'.split(' '),
    ...'instance_hours busy_hours scale_outs scale_ins restarts replacements availability wasted_work'.split(' '),
  ];
  const money = 'run month month_idle month_waiting month_at_zero per_million'.split(' ').map((word) => `cost_${word}`);
  const ofPlatforms = [
    ...[...ofServices, 'nodes_mean', 'nodes_max', ...money, 'serverless_level', 'serverless_level_claimed'],
    ...'serverless_feature_1 serverless_feature_2 serverless_feature_3 decisions_yours'.split(' '),
  ];
  const metricsOf = (wanted: string) => rows.flatMap(([, own, , metric]) => (own === wanted ? [metric] : []));
  expect(metricsOf('platform')).toEqual(ofPlatforms);
  expect(metricsOf('traffic')).toEqual(ofVisitors);
  expect(metricsOf('service')).toEqual([...ofServices, ...money]);
  expect(metricsOf('database')).toEqual(ofStations);
  for (const name of ['latency_p99', 'nodes_mean', 'serverless_level_claimed']) {
    const row = rows.find(([, own, , metric]) => own === 'platform' && metric === name);
    expect(row?.slice(5)).toEqual(['', '', '', '2']);
  }
});

/**
 * The committed reports of scenarios/theory against answers known without simulating. `test/golden` holds those reports
 * to the byte, so what is checked here is what the product prints. Each mean must lie within its own reported
 * interval widened by half: the 95% interval of 10 replications misses the truth once in twenty quantities, a third
 * as wide again once in a few hundred, and the seeds are fixed.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mmc } from '../../src/stats/mmc.js';

interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One row of a committed summary: platform-wide metrics of its only platform. */
function estimateOf(report: string, metric: string): Estimate {
  const rows = readFileSync(`reports/theory/${report}/summary.csv`, 'utf8').trim().split('\n');
  const row = rows.map((line) => line.split(',')).find(([, scope, , name]) => scope === 'platform' && name === metric);
  if (!row) throw new Error(`${report} has no ${metric}`);
  return { mean: Number(row[5]), low: Number(row[6]), high: Number(row[7]) };
}

function expectNear(report: string, metric: string, truth: number): void {
  const { mean, low, high } = estimateOf(report, metric);
  const halfWidth = ((high - low) / 2) * 1.5;
  expect(Math.abs(mean - truth), `${report} ${metric}: ${mean} for ${truth}`).toBeLessThanOrEqual(halfWidth);
  expect(halfWidth / truth, `${report} ${metric}: an interval too wide to tell anything`).toBeLessThan(0.12);
}

test('M/M/1 at 80%: 50 ms in the system, 4 visitors there, exponential percentiles', () => {
  expectNear('mm1', 'latency_mean', 50);
  expectNear('mm1', 'wait_mean', 40);
  expectNear('mm1', 'in_system_mean', 4);
  expectNear('mm1', 'utilisation', 0.8);
  expectNear('mm1', 'latency_p95', 50 * Math.log(20));
  expectNear('mm1', 'latency_p99', 50 * Math.log(100));
});

test('M/M/3 at 80% is Erlang C', () => {
  const steady = mmc({ arrivalRate: 0.24, meanService: 10, serverCount: 3 });
  expectNear('mmc', 'latency_mean', steady.meanResponse);
  expectNear('mmc', 'wait_mean', steady.meanWait);
  expectNear('mmc', 'utilisation', 0.8);
});

test('M/G/1 with processor sharing at 70%: 33.3 ms whatever the spread of the work', () => {
  expectNear('mg1-ps', 'latency_mean', 10 / 0.3);
  expectNear('mg1-ps', 'in_system_mean', 0.7 / 0.3);
});

test('ten minutes of keep-alive at 0.9/s: cold starts and environments as SimFaaS published them', () => {
  expectNear('keep-alive', 'cold_start_ratio', 0.00135375);
  expectNear('keep-alive', 'instances_mean', 7.70078);
});

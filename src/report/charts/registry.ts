/** The charts of a report, in the order in which the page tells: one line a chart. */
import type { Comparison } from '../../experiment/contract.js';
import { billByLine } from './billByLine.js';
import { coldStarts } from './coldStarts.js';
import type { ChartDescription } from './contract.js';
import { costAgainstLatency } from './costAgainstLatency.js';
import { costAgainstTraffic } from './costAgainstTraffic.js';
import { latencyPercentiles } from './latencyPercentiles.js';
import { loadAndInstances } from './loadAndInstances.js';
import { outcomesOverTime } from './outcomesOverTime.js';

export const chartMakers: readonly ((comparison: Comparison) => ChartDescription)[] = [
  costAgainstLatency,
  loadAndInstances,
  latencyPercentiles,
  coldStarts,
  billByLine,
  costAgainstTraffic,
  outcomesOverTime,
];

/** Every chart of a comparison, described. Cost: linear in windows x platforms. */
export function describeCharts(comparison: Comparison): ChartDescription[] {
  return chartMakers.map((make) => make(comparison));
}

/** What each is called: the name of its file, and after `--chart`. */
export const chartNames: readonly string[] = [
  'cost-against-latency',
  'load-and-instances',
  'latency-percentiles',
  'cold-starts',
  'bill-by-line',
  'cost-against-traffic',
  'outcomes-over-time',
];

/**
 * Cost against traffic: what a month costs on a platform at ten thousand to a hundred million requests, each point a
 * short run of its own. Its own file because no formula gives these points: replicas round up, minimum charges and idle
 * time fade with load, allowances bend the line.
 *
 * A point keeps the scenario's mix of sources, each at an even rate, without faults and releases. Below the first point
 * the curve is a straight line to the cost at zero: so few requests never meet each other.
 */
import type { BillingPlan, Usage } from '../billing/contract.js';
import { writeInvoice } from '../billing/invoice.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { Model, TrafficModel } from '../model/contract.js';
import type { CostCurve } from './contract.js';
import { evenArrivals } from './probeArrivals.js';
import { runReplication } from './replication.js';

/** Requests a month at which a point is simulated: 10^4, 10^4.5, … 10^8. */
export const simulatedRequestsPerMonth: readonly number[] = Array.from({ length: 9 }, (_, k) =>
  Math.round(10 ** (4 + k / 2)),
);
const lowRequestsPerMonth = [1, 10, 100, 1000];
const warmupUs = 10 * 60e6;
const shortestUs = 30 * 60e6;
const longestUs = 12 * 3.6e9;
/** Enough visitors for their mix to show. */
const wantedVisitorCount = 2000;
/** A point that takes more is left out. */
const eventLimit = 6_000_000;
/** Less than this share answered: the platform can't serve such traffic, and its price says nothing. */
const servedShare = 0.99;

/** What was used at so much traffic: priced when the curve is drawn. */
export interface CostPoint {
  readonly requestsPerMonth: number;
  readonly usage: Usage;
}

/** Whether the scenario's traffic can be scaled at all: somebody comes, and every source has a rate of its own. */
export function canScaleTraffic({ traffic, warmupUs, durationUs }: Model): boolean {
  const isOpen = traffic.every(({ arrivals }) => 'meanPerSecond' in arrivals);
  return isOpen && traffic.some((source) => source.isCounted && meanPerSecond(source, 0, warmupUs + durationUs) > 0);
}

/** One point, simulated; null where the platform does not serve that traffic, or the run is too long. */
export function simulateCostPoint(platform: CompiledPlatform, requestsPerMonth: number): CostPoint | null {
  const monthH = Number(platform.billing.month.monthH);
  const wantedPerSecond = requestsPerMonth / (monthH * 3600);
  const model = evenModel(platform.model, wantedPerSecond);
  const plan = { model, billing: platform.billing, within: [] };
  const { measured } = runReplication(plan, { replicationIndex: 0, withTimeline: false });
  if (!measured) return null;
  const { numbers, metered } = measured;
  const offeredCount = numbers.platform['requests_offered'] ?? 0;
  if (offeredCount === 0 || metered.completedCount < servedShare * offeredCount) return null;
  return {
    requestsPerMonth: (offeredCount * monthH * 3.6e9) / model.durationUs,
    usage: metered.usage,
  };
}

/** The curve from its points, in any order, and the cost at zero. Null without a point. */
export function drawCostCurve(
  plan: BillingPlan,
  points: readonly (CostPoint | null)[],
  atZeroUsd: number,
  todayRequestsPerMonth: number,
): CostCurve | null {
  const simulated = points
    .filter((point) => point !== null)
    .sort((a, b) => a.requestsPerMonth - b.requestsPerMonth)
    .map(({ requestsPerMonth, usage }) => ({ requestsPerMonth, costMonthUsd: monthUsd(plan, usage) }));
  const [first] = simulated;
  if (!first) return null;
  const slopeUsd = (first.costMonthUsd - atZeroUsd) / first.requestsPerMonth;
  const low = lowRequestsPerMonth
    .filter((requestsPerMonth) => requestsPerMonth < first.requestsPerMonth)
    .map((requestsPerMonth) => ({ requestsPerMonth, costMonthUsd: atZeroUsd + slopeUsd * requestsPerMonth }));
  const basis =
    'Each point is one short run at an even rate with the scenario’s mix of visitors; ' +
    'below the first a straight line from the cost at zero; ' +
    'it ends where the platform no longer serves 99% of the requests.';
  return { points: [...low, ...simulated], basis, todayRequestsPerMonth };
}

function evenModel(model: Model, wantedPerSecond: number): Model {
  const rates = model.traffic.map((source) => meanPerSecond(source, 0, model.warmupUs + model.durationUs));
  const countedPerSecond = model.traffic.reduce((sum, { isCounted }, k) => sum + (isCounted ? rates[k]! : 0), 0);
  const factor = wantedPerSecond / countedPerSecond;
  const traffic = model.traffic.map((source, k) =>
    rates[k]! > 0 ? { ...source, arrivals: atRate(source, rates[k]! * factor) } : source,
  );
  const durationUs = Math.min(
    longestUs,
    Math.max(shortestUs, Math.round((wantedVisitorCount / wantedPerSecond) * 1e6)),
  );
  const length = { warmupUs, durationUs, windowUs: durationUs };
  return { ...model, ...length, traffic, faults: [], releases: [], eventLimit };
}

/** A log's visitors keep asking for what the log asks for. */
function atRate({ arrivals }: TrafficModel, ratePerSecond: number): TrafficModel['arrivals'] {
  return ('memoryless' in arrivals && arrivals.memoryless?.(ratePerSecond)) || evenArrivals(ratePerSecond);
}

/** Mean rate of a source between two moments, a second; 0 where it has none of its own. */
export function meanPerSecond({ arrivals }: TrafficModel, fromUs: number, toUs: number): number {
  return 'meanPerSecond' in arrivals ? arrivals.meanPerSecond(fromUs, toUs) : 0;
}

/** A month all alike. */
export function monthUsd(billing: BillingPlan, usage: Usage): number {
  const { monthH } = billing.month;
  const month = { monthH, representsH: monthH, restShare: '1' };
  return Number(writeInvoice({ ...billing, month }, [usage], null).total.monthUsd);
}

/**
 * Two versions with callers of their own: during some releases a given share of the requests goes to the new version,
 * and what becomes of them is counted.
 *
 * Its own file because the balancer of the service must not know: while a split lasts there are two memories of it, and
 * callers hear of a new share as late as of an instance. Checked by test/engine/canary.test.ts.
 */
import type { BalancerMemory } from '../balancing/contract.js';
import { type Outcome, outcomes } from '../observation/contract.js';
import type { WatchedMetric } from '../rollout/contract.js';
import { LatencyHistogram } from '../stats/histogram.js';
import { eventKinds } from './eventKinds.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** A split in force. */
export interface Split {
  readonly version: number;
  /** The balancer's memory of the new version's instances; the service's own one has the others. */
  readonly balancer: BalancerMemory;
  /** Share of the requests for the new version: as decided, and as callers know it. */
  wantedShare: number;
  knownShare: number;
  ticket: number;
}

/** What became of the requests to the new version's instances since it was last looked at. */
export class VersionTally {
  /** Its instances are those numbered from here on. */
  readonly firstNumber: number;
  private readonly latency = new LatencyHistogram();
  private endedCount = 0;
  sinceUs: number;

  constructor(firstNumber: number, nowUs: number) {
    this.firstNumber = firstNumber;
    this.sinceUs = nowUs;
  }

  count(outcome: Outcome, tookUs: number): void {
    this.endedCount++;
    if (outcome === outcomes.completed) this.latency.record(tookUs);
  }

  /** Null when nothing has ended that has such a value. */
  value(metric: WatchedMetric): number | null {
    const { latency, endedCount } = this;
    if (endedCount === 0) return null;
    if (metric.kind === 'error-ratio') return 1 - latency.count / endedCount;
    if (metric.kind === 'success-ratio') return latency.count / endedCount;
    if (latency.count === 0) return null;
    return metric.kind === 'latency-mean' ? latency.meanUs : latency.quantile(metric.share);
  }

  beginAnew(nowUs: number): void {
    this.latency.clear();
    this.endedCount = 0;
    this.sinceUs = nowUs;
  }
}

/** From now on `share` of the requests are meant for `version`; callers hear of a change after the discovery delay. */
export function splitRequests(s: RunState, state: ServiceState, version: number, share: number): void {
  const { split } = state;
  if (split === null) {
    const balancer = state.balanced!.balancer.start();
    state.split = { version, balancer, wantedShare: share, knownShare: share, ticket: -1 };
    return;
  }
  if (split.wantedShare === share) return;
  split.wantedShare = share;
  const delayUs = Math.round(state.spec.discoveryDelay.sample(state.discoveryDraws));
  split.ticket = s.schedule(eventKinds.callersReroute, state.index, s.nowUs + delayUs);
}

/** Event: callers hear of the new share. */
export function callersReroute(s: RunState, service: number): void {
  const { split } = s.services[service]!;
  if (split === null || split.ticket !== s.queue.takenTicket) return;
  split.knownShare = split.wantedShare;
}

/** Which of the two memories the next request asks. */
export function splitMemory(state: ServiceState, split: Split): BalancerMemory {
  const { knownShare } = split;
  const goesNew = knownShare > 0 && (knownShare >= 1 || state.splitDraws.uniform() < knownShare);
  return goesNew ? split.balancer : state.balancer!;
}

/**
 * What oracles ask of a run beyond the product's own metrics: how many were inside for how long, how many instances were
 * ready, who had to wait at all, when arrivals came. Only counted here; what it is called stands in `metrics.ts`.
 */
import { Extremes } from '../../../src/observation/census.js';
import type {
  InstanceFact,
  Observer,
  RunFrame,
  SampleMoment,
  SpanFact,
  StateView,
  VisitorFact,
} from '../../../src/observation/contract.js';
import { LatencyHistogram } from '../../../src/stats/histogram.js';
import type { Moments } from './world.js';

/** A whole number and how long it had each value, from the end of the warm-up on. */
export class Occupancy {
  now = 0;
  readonly heldUs: number[] = [];
  private sinceUs = 0;

  change(by: number, nowUs: number): void {
    this.settle(nowUs);
    this.now += by;
  }

  settle(nowUs: number): void {
    this.heldUs[this.now] = (this.heldUs[this.now] ?? 0) + nowUs - this.sinceUs;
    this.sinceUs = nowUs;
  }

  restart(nowUs: number): void {
    this.heldUs.length = 0;
    this.sinceUs = nowUs;
  }

  /** Share of the time with at least so many. */
  shareFrom(count: number): number {
    return this.sum((_, value) => value >= count) / this.sum(() => true);
  }

  get mean(): number {
    return this.heldUs.reduce((sum, us, value) => sum + us * value, 0) / this.sum(() => true);
  }

  get variance(): number {
    const { mean } = this;
    return this.heldUs.reduce((sum, us, value) => sum + us * (value - mean) ** 2, 0) / this.sum(() => true);
  }

  /** The smallest number that was not exceeded for `share` of the time. */
  quantile(share: number): number {
    const wantedUs = share * this.sum(() => true);
    let passedUs = 0;
    for (let value = 0; value < this.heldUs.length; value++) {
      passedUs += this.heldUs[value] ?? 0;
      if (passedUs >= wantedUs) return value;
    }
    return this.heldUs.length;
  }

  private sum(counts: (us: number, value: number) => boolean): number {
    return this.heldUs.reduce((sum, us, value) => (counts(us, value) ? sum + us : sum), 0);
  }
}

export class Facts implements Observer {
  /** Visitors inside. */
  readonly inside = new Occupancy();
  /** Ready instances, and those that exist and are not leaving: how long so many, fewest and most. */
  readonly ready = new Occupancy();
  readonly readyExtremes = new Extremes();
  readonly presentExtremes = new Extremes();
  crashCount = 0;
  /** Waits of measured spans that came to wait or to work; of whom so many waited any time. */
  readonly waits = new LatencyHistogram();
  waitedCount = 0;
  /** Of measured visitors, however they ended. */
  visitorCount = 0;
  attemptCount = 0;
  stayedUs = 0;
  readonly customers = new Map<number, number>();
  /** By `moments`. */
  readonly insideAt: number[] = [];
  readonly arrivalsBetween: number[];
  readonly arrivalsInWindows: number[] = [];
  readonly firstWaitsUs: number[] = [];
  /** Waiting at the beginning and at the end of what is watched, all services together. */
  waitingAtBeginning = 0;
  waitingAtEnd = 0;
  fromUs = 0;
  toUs = 0;
  private readonly moments: Moments;
  private readonly readyOnes = new Set<string>();
  private readonly presentOnes = new Set<string>();

  constructor(moments: Moments) {
    this.moments = moments;
    this.arrivalsBetween = moments.boundsS.slice(1).map(() => 0);
  }

  runStarted({ fromUs, toUs }: RunFrame): void {
    this.fromUs = fromUs;
    this.toUs = toUs;
  }

  visitorArrived(_source: number, nowUs: number): void {
    const { boundsS, windowS } = this.moments;
    for (let k = 0; k < this.arrivalsBetween.length; k++)
      if (nowUs >= boundsS[k]! * 1e6 && nowUs < boundsS[k + 1]! * 1e6) this.arrivalsBetween[k]!++;
    if (windowS === 0 || nowUs < this.fromUs) return;
    const window = Math.floor((nowUs - this.fromUs) / (windowS * 1e6));
    while (this.arrivalsInWindows.length <= window) this.arrivalsInWindows.push(0);
    this.arrivalsInWindows[window]!++;
  }

  visitorBegan(_source: number, nowUs: number): void {
    this.look(nowUs);
    this.inside.change(1, nowUs);
  }

  visitorEnded({ beganUs, endedUs, attemptCount, isMeasured, customer = 0 }: VisitorFact): void {
    if (endedUs < this.toUs) {
      this.look(endedUs);
      this.inside.change(-1, endedUs);
    }
    if (!isMeasured) return;
    this.visitorCount++;
    this.attemptCount += attemptCount;
    this.stayedUs += endedUs - beganUs;
    if (customer > 0) this.customers.set(customer, (this.customers.get(customer) ?? 0) + 1);
  }

  spanEnded({ waitUs, isMeasured }: SpanFact): void {
    if (this.firstWaitsUs.length < this.moments.waitCount) this.firstWaitsUs.push(waitUs);
    if (!isMeasured || waitUs < 0) return;
    this.waits.record(waitUs);
    if (waitUs > 0) this.waitedCount++;
  }

  instanceChanged({ service, instance, phase, nowUs }: InstanceFact): void {
    const who = `${service}/${instance}`;
    if (phase === 'crashed' && nowUs >= this.fromUs) this.crashCount++;
    const isReady = phase === 'ready';
    if (isReady !== this.readyOnes.has(who)) {
      if (isReady) this.readyOnes.add(who);
      else this.readyOnes.delete(who);
      this.ready.change(isReady ? 1 : -1, nowUs);
      this.readyExtremes.change(isReady ? 1 : -1, nowUs);
    }
    const isPresent = phase !== 'draining' && phase !== 'gone' && phase !== 'crashed';
    if (isPresent === this.presentOnes.has(who)) return;
    if (isPresent) this.presentOnes.add(who);
    else this.presentOnes.delete(who);
    this.presentExtremes.change(isPresent ? 1 : -1, nowUs);
  }

  sampled({ nowUs, service: { waitingNow } }: StateView, moment: SampleMoment): void {
    if (moment === 'window-ends') return;
    this.inside.settle(nowUs);
    this.ready.settle(nowUs);
    this.readyExtremes.settle(nowUs);
    this.presentExtremes.settle(nowUs);
    const waiting = waitingNow.reduce((sum, count) => sum + count, 0);
    if (moment === 'run-ends') {
      this.look(nowUs + 1);
      this.waitingAtEnd = waiting;
      return;
    }
    this.inside.restart(nowUs);
    this.ready.restart(nowUs);
    this.readyExtremes.restart(nowUs);
    this.presentExtremes.restart(nowUs);
    this.waitingAtBeginning = waiting;
  }

  /** Take down how many are inside at every moment asked for that lies before `nowUs`. */
  private look(nowUs: number): void {
    const { atS } = this.moments;
    while (this.insideAt.length < atS.length && atS[this.insideAt.length]! * 1e6 < nowUs)
      this.insideAt.push(this.inside.now);
  }
}

/**
 * Time of each call by itself, rounded up by itself: what Lambda, Cloud Functions and Azure Consumption bill. Its own
 * file because it runs for every call: no allocation, plain whole numbers. Start-up is added before rounding where it
 * is billed. A call that goes on at the end of the measured time is billed as long as it has been measured: steps and
 * minimum are those of a call that has ended (as `steppedTime.ts` has it).
 */
import type { InvocationFact } from '../../observation/contract.js';
import type { Meter, Watched } from '../contract.js';
import { inSteps } from '../pieces.js';
import { markAll, WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';
import type { ProvisionedInstances } from './provisionedInstances.js';

type InvocationTimeMeter = Extract<Meter, { readonly kind: 'invocation-time' }>;

export const invocationTime: MeterMember<'invocation-time'> = {
  kind: 'invocation-time',
  hears: ['invocations'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new InvocationTime(meter, frame),
};

class InvocationTime implements RunningMeter {
  readonly subject: number;
  private readonly watched: Watched;
  private readonly stepUs: number;
  private readonly leastUs: number;
  /** What of a start-up is not billed; Infinity: none of it is. */
  private readonly startUnbilledUs: number;
  private readonly provisioned: ProvisionedInstances;
  private readonly billed = new WholeSum();
  private readonly worked = new WholeSum();
  private readonly waiting = new WholeSum();
  private readonly minimum = new WholeSum();

  constructor(meter: InvocationTimeMeter, { run, provisioned }: MeterFrame) {
    this.subject = placeOf(meter.service, run.serviceNames, 'service');
    this.watched = meter.watched;
    this.stepUs = meter.granularityMs * 1000;
    this.leastUs = meter.minimumMs * 1000;
    this.startUnbilledUs = meter.billsStart ? meter.startUnbilledUs : Number.POSITIVE_INFINITY;
    this.provisioned = provisioned;
  }

  invocationEnded(fact: InvocationFact): void {
    if (!this.isBilled(fact)) return;
    const workedUs = fact.endedUs - fact.beganUs;
    const startUs = this.billedStartUs(fact);
    const billedUs = inSteps(workedUs + startUs, this.stepUs, this.leastUs);
    this.billed.add(billedUs);
    if (workedUs + startUs < this.leastUs) this.minimum.add(billedUs - inSteps(workedUs + startUs, this.stepUs, 0));
    this.worked.add(workedUs);
    this.waiting.add(fact.waitingUs);
  }

  invocationInFlight(fact: InvocationFact): void {
    if (!this.isBilled(fact)) return;
    const workedUs = fact.endedUs - fact.beganUs;
    this.billed.add(workedUs + this.billedStartUs(fact));
    this.worked.add(workedUs);
    this.waiting.add(fact.waitingUs);
  }

  mark(): () => void {
    return markAll([this.billed, this.worked, this.waiting]);
  }

  private isBilled({ isMeasured, instance }: InvocationFact): boolean {
    return isMeasured && (this.watched === 'all' || this.provisioned.counts(this.watched, this.subject, instance));
  }

  private billedStartUs({ startUs }: InvocationFact): number {
    return startUs > this.startUnbilledUs ? startUs - this.startUnbilledUs : 0;
  }

  quantity(): bigint {
    return this.billed.value();
  }

  workedUs = (): bigint => this.worked.value();
  waitingUs = (): bigint => this.waiting.value();
  minimumUs = (): bigint => this.minimum.value();
}

/**
 * Time with at least one call in progress, per instance, each spell rounded up: the union of overlapping requests
 * that Cloud Run (100 ms) and Azure Flex (at least 1 s, then 100 ms) bill. Its own file because overlap counts once.
 * Where start-up is billed it runs on into the first call; where it isn't, time counts from ready.
 */
import type { InstanceFact, InvocationFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { markAll, WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';
import { Spells } from './spells.js';
import { SteppedTime } from './steppedTime.js';

type ActiveTimeMeter = Extract<Meter, { readonly kind: 'active-time' }>;

export const activeTime: MeterMember<'active-time'> = {
  kind: 'active-time',
  hears: ['invocations', 'instances', 'busy'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new ActiveTime(meter, frame),
};

class ActiveTime implements RunningMeter {
  readonly subject: number;
  private readonly meter: ActiveTimeMeter;
  private readonly frame: MeterFrame;
  private readonly time: SteppedTime;
  private readonly spells: Spells;
  private readonly starting = new Set<number>();
  private readonly busy = new Set<number>();
  private readonly worked = new WholeSum();
  private readonly waiting = new WholeSum();

  constructor(meter: ActiveTimeMeter, frame: MeterFrame) {
    this.subject = placeOf(meter.service, frame.run.serviceNames, 'service');
    this.meter = meter;
    this.frame = frame;
    this.time = new SteppedTime(frame.run, meter);
    this.spells = new Spells(0, (fromUs, toUs, isOver) => this.time.add(fromUs, toUs, isOver));
  }

  instanceChanged({ instance, phase, nowUs }: InstanceFact): void {
    if (!this.frame.provisioned.counts(this.meter.watched, this.subject, instance)) return;
    if (phase === 'gone' || phase === 'crashed') {
      this.starting.delete(instance);
      this.busy.delete(instance);
      this.spells.end(instance, nowUs);
      return;
    }
    if (phase === 'pulling' || phase === 'starting') this.starting.add(instance);
    else if (phase === 'ready') this.starting.delete(instance);
    this.update(instance, nowUs);
  }

  busyChanged(instance: number, isBusy: boolean, nowUs: number): void {
    if (!this.frame.provisioned.counts(this.meter.watched, this.subject, instance)) return;
    if (isBusy) this.busy.add(instance);
    else this.busy.delete(instance);
    this.update(instance, nowUs);
  }

  invocationEnded(fact: InvocationFact): void {
    if (!fact.isMeasured || !this.frame.provisioned.counts(this.meter.watched, this.subject, fact.instance)) return;
    this.worked.add(fact.endedUs - fact.beganUs);
    this.waiting.add(fact.waitingUs);
  }

  invocationInFlight(fact: InvocationFact): void {
    this.invocationEnded(fact);
  }

  mark(): () => void {
    return markAll([this.worked, this.waiting]);
  }

  finish(endUs: number): void {
    this.spells.finish(endUs);
  }

  minimumUs = (): bigint => this.time.minimumUs();

  quantity(): bigint {
    return this.time.value();
  }

  quantityAt(nowUs: number): bigint {
    return this.time.valueWith(this.spells, nowUs);
  }

  workedUs = (): bigint => this.worked.value();
  waitingUs = (): bigint => this.waiting.value();

  private update(instance: number, nowUs: number): void {
    const isStarting = this.starting.has(instance);
    const isActive = this.meter.billsStart
      ? isStarting || this.busy.has(instance)
      : !isStarting && this.busy.has(instance);
    this.spells.set(instance, isActive, nowUs);
  }
}

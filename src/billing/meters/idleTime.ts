/**
 * Time an instance was ready and had nothing to do: what minimum instances of Cloud Run are billed for beside their
 * requests. Its own file because it is the opposite of activity: ready, and no call in progress. Not rounded.
 */
import type { InstanceFact } from '../../observation/contract.js';
import type { Watched } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';
import { Spells } from './spells.js';
import { SteppedTime } from './steppedTime.js';

export const idleTime: MeterMember<'idle-time'> = {
  kind: 'idle-time',
  hears: ['instances', 'busy'],
  partsPerMeasure: usPerSecond,
  start: ({ service, watched }, frame) => new IdleTime(service, watched, frame),
};

class IdleTime implements RunningMeter {
  readonly subject: number;
  private readonly watched: Watched;
  private readonly frame: MeterFrame;
  private readonly time: SteppedTime;
  private readonly spells: Spells;
  private readonly ready = new Set<number>();
  private readonly busy = new Set<number>();

  constructor(service: string, watched: Watched, frame: MeterFrame) {
    this.subject = placeOf(service, frame.run.serviceNames, 'service');
    this.watched = watched;
    this.frame = frame;
    this.time = new SteppedTime(frame.run, null);
    this.spells = new Spells(0, (fromUs, toUs, isOver) => this.time.add(fromUs, toUs, isOver));
  }

  instanceChanged({ instance, phase, nowUs }: InstanceFact): void {
    if (!this.frame.provisioned.counts(this.watched, this.subject, instance)) return;
    if (phase === 'gone' || phase === 'crashed') {
      this.ready.delete(instance);
      this.busy.delete(instance);
      this.spells.end(instance, nowUs);
      return;
    }
    if (phase === 'ready') this.ready.add(instance);
    this.update(instance, nowUs);
  }

  busyChanged(instance: number, isBusy: boolean, nowUs: number): void {
    if (!this.frame.provisioned.counts(this.watched, this.subject, instance)) return;
    if (isBusy) this.busy.add(instance);
    else this.busy.delete(instance);
    this.update(instance, nowUs);
  }

  finish(endUs: number): void {
    this.spells.finish(endUs);
  }

  quantity(): bigint {
    return this.time.value();
  }

  quantityAt(nowUs: number): bigint {
    return this.time.valueWith(this.spells, nowUs);
  }

  private update(instance: number, nowUs: number): void {
    this.spells.set(instance, this.ready.has(instance) && !this.busy.has(instance), nowUs);
  }
}

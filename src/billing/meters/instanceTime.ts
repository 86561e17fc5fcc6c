/**
 * Life of an instance, from where the provider's clock starts to its end: Fargate tasks (from image pull), Cloud Run
 * billed by instance, App Engine flexible, Azure Premium. Its own file because a restart is a new life, with a floor
 * of its own.
 */
import { type InstanceFact, instancePhases } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';
import { Spells } from './spells.js';
import { SteppedTime } from './steppedTime.js';

type InstanceTimeMeter = Extract<Meter, { readonly kind: 'instance-time' }>;

export const instanceTime: MeterMember<'instance-time'> = {
  kind: 'instance-time',
  hears: ['instances'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new InstanceTime(meter, frame),
};

class InstanceTime implements RunningMeter {
  readonly subject: number;
  private readonly meter: InstanceTimeMeter;
  private readonly frame: MeterFrame;
  private readonly firstPhase: number;
  private readonly time: SteppedTime;
  private readonly lives: Spells;

  constructor(meter: InstanceTimeMeter, frame: MeterFrame) {
    this.subject = placeOf(meter.service, frame.run.serviceNames, 'service');
    this.meter = meter;
    this.frame = frame;
    this.firstPhase = instancePhases.indexOf(meter.fromPhase);
    this.time = new SteppedTime(frame.run, meter);
    this.lives = new Spells(0, (fromUs, toUs, isOver) => this.time.add(fromUs, toUs, isOver));
  }

  /** An instance that was there at clock 0 is first heard of as ready: its clock has started. */
  instanceChanged({ instance, phase, nowUs }: InstanceFact): void {
    if (!this.frame.provisioned.counts(this.meter.watched, this.subject, instance)) return;
    if (phase === 'gone' || phase === 'crashed') this.lives.end(instance, nowUs);
    else if (instancePhases.indexOf(phase) >= this.firstPhase) this.lives.set(instance, true, nowUs);
  }

  finish(endUs: number): void {
    this.lives.finish(endUs);
  }

  minimumUs = (): bigint => this.time.minimumUs();

  quantity(): bigint {
    return this.time.value();
  }

  quantityAt(nowUs: number): bigint {
    return this.time.valueWith(this.lives, nowUs);
  }
}

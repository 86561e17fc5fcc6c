/**
 * Life of an instance up to some time after its last call: App Engine's instance-hours. Its own file because the tail
 * is billed whether the instance is still there or not, and a gap shorter than the tail is counted once, as the gap.
 * Instances kept by choice (manual scaling, minimum instances) are billed to their end, then the tail.
 */
import type { InstanceFact, RunFrame } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { WholeSum } from '../wholeSum.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter, usPerSecond } from './contract.js';
import { Spells } from './spells.js';

export const tailTime: MeterMember<'tail-time'> = {
  kind: 'tail-time',
  hears: ['instances', 'busy'],
  partsPerMeasure: usPerSecond,
  start: (meter, frame) => new TailTime(meter, frame),
};

class TailTime implements RunningMeter {
  readonly subject: number;
  private readonly run: RunFrame;
  private readonly tailUs: number;
  private readonly isKeptIdle: boolean;
  private readonly provisioned: MeterFrame['provisioned'];
  private readonly spells: Spells;
  private readonly starting = new Set<number>();
  private readonly busy = new Set<number>();
  private readonly sum = new WholeSum();
  private endUs: number;

  constructor(
    { service, tailMs, isKeptIdle }: Extract<Meter, { kind: 'tail-time' }>,
    { run, provisioned }: MeterFrame,
  ) {
    const tailUs = tailMs * 1000;
    this.subject = placeOf(service, run.serviceNames, 'service');
    this.run = run;
    this.tailUs = tailUs;
    this.isKeptIdle = isKeptIdle === true;
    this.provisioned = provisioned;
    this.endUs = run.toUs;
    this.spells = new Spells(tailUs, (fromUs, toUs, isOver) => this.addSpell(fromUs, toUs, isOver));
  }

  instanceChanged({ instance, phase, nowUs }: InstanceFact): void {
    if (phase === 'gone' || phase === 'crashed') {
      this.starting.delete(instance);
      this.busy.delete(instance);
      if (phase === 'gone') this.spells.end(instance, nowUs);
      else this.spells.set(instance, false, nowUs);
      return;
    }
    if (phase === 'pulling' || phase === 'starting') this.starting.add(instance);
    else if (phase === 'ready') {
      this.spells.set(instance, true, nowUs);
      this.starting.delete(instance);
    }
    this.update(instance, nowUs);
  }

  busyChanged(instance: number, isBusy: boolean, nowUs: number): void {
    if (isBusy) this.busy.add(instance);
    else this.busy.delete(instance);
    this.update(instance, nowUs);
  }

  finish(endUs: number): void {
    this.endUs = endUs;
    this.spells.finish(endUs);
  }

  quantity(): bigint {
    return this.sum.value();
  }

  quantityAt(nowUs: number): bigint {
    let openUs = 0;
    this.spells.eachAt(nowUs, (fromUs, toUs, isOver) => {
      openUs += this.lengthUs(fromUs, toUs, isOver, nowUs);
    });
    return this.sum.value() + BigInt(openUs);
  }

  private update(instance: number, nowUs: number): void {
    const isKept = this.isKeptIdle || this.provisioned.counts('provisioned', this.subject, instance);
    this.spells.set(instance, isKept || this.starting.has(instance) || this.busy.has(instance), nowUs);
  }

  private addSpell(fromUs: number, toUs: number, isOver: boolean): void {
    this.sum.add(this.lengthUs(fromUs, toUs, isOver, this.endUs));
  }

  private lengthUs(fromUs: number, toUs: number, isOver: boolean, endUs: number): number {
    const billedToUs = Math.min(isOver ? toUs + this.tailUs : toUs, endUs);
    return Math.max(0, billedToUs - Math.max(fromUs, this.run.fromUs));
  }
}

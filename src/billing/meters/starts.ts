/**
 * Instances started because a request asked for one: what AWS charges for restoring a snapshot. Its own file because it
 * counts beginnings, where the other meters count time or requests. An instance that was there at clock 0 started
 * before.
 */
import type { InstanceFact } from '../../observation/contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const starts: MeterMember<'starts'> = {
  kind: 'starts',
  hears: ['instances'],
  partsPerMeasure: 1n,
  start: ({ service }, frame) => new Starts(service, frame),
};

class Starts implements RunningMeter {
  readonly subject: number;
  private readonly frame: MeterFrame;
  private count = 0;

  constructor(service: string, frame: MeterFrame) {
    this.subject = placeOf(service, frame.run.serviceNames, 'service');
    this.frame = frame;
  }

  instanceChanged({ phase, nowUs }: InstanceFact): void {
    const { fromUs, toUs } = this.frame.run;
    if (phase === 'starting' && nowUs >= fromUs && nowUs < toUs) this.count++;
  }

  quantity(): bigint {
    return BigInt(this.count);
  }
}

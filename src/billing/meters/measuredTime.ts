/**
 * The measured time itself: what always stands there costs its hours, whatever happens. For control planes,
 * balancers, databases, provisioned capacity. Its own file because it hears nothing.
 */
import type { RunFrame } from '../../observation/contract.js';
import { type MeterMember, type RunningMeter, usPerSecond } from './contract.js';

export const measuredTime: MeterMember<'measured-time'> = {
  kind: 'measured-time',
  hears: [],
  partsPerMeasure: usPerSecond,
  start: (_, { run }) => new MeasuredTime(run),
};

class MeasuredTime implements RunningMeter {
  readonly subject = -1;
  private readonly run: RunFrame;
  private endUs: number;

  constructor(run: RunFrame) {
    this.run = run;
    this.endUs = run.toUs;
  }

  finish(endUs: number): void {
    this.endUs = endUs;
  }

  quantity(): bigint {
    return this.quantityAt(this.endUs);
  }

  quantityAt(nowUs: number): bigint {
    return BigInt(Math.max(0, nowUs - this.run.fromUs));
  }
}

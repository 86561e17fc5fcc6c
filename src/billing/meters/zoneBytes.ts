/**
 * Bytes that calls of a service and their answers carry from one zone to another. Its own file because it counts ways,
 * of which a call has two, and by both ends where a provider bills either.
 */
import type { Meter } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const zoneBytes: MeterMember<'zone-bytes'> = {
  kind: 'zone-bytes',
  hears: ['zone-ways'],
  partsPerMeasure: 1n,
  start: (meter, frame) => new ZoneBytes(meter, frame),
};

type ZoneMeter = Extract<Meter, { readonly kind: 'zone-bytes' }>;

class ZoneBytes implements RunningMeter {
  readonly subject: number;
  private readonly meter: ZoneMeter;
  private callCount = 0;
  private answerCount = 0;

  constructor(meter: ZoneMeter, { run }: MeterFrame) {
    this.subject = placeOf(meter.service, run.serviceNames, 'service');
    this.meter = meter;
  }

  zoneWayTaken(way: 0 | 1, isAcross: boolean, isMeasured: boolean): void {
    if (!isAcross || !isMeasured) return;
    if (way === 0) this.callCount++;
    else this.answerCount++;
  }

  quantity(): bigint {
    const { inBytes, outBytes, timesCounted } = this.meter;
    const carried = BigInt(this.callCount) * BigInt(inBytes) + BigInt(this.answerCount) * BigInt(outBytes);
    return carried * BigInt(timesCounted);
  }
}

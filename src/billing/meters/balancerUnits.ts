/**
 * Capacity units of a load balancer, hour by hour: the largest dimension of each hour. Its own file because no other
 * meter takes a maximum, and so none other needs the hours apart.
 *
 * What a run knows: attempts (each a new connection: nothing is assumed of keep-alive), how many are there at once,
 * and bytes by source. A minute's active connections are those there at its beginning and those that come in it: on
 * the mean of an hour, the mean number there and a minute's attempts. Rules: the free ones are enough. Limits of a
 * unit: `../products/awsAlb.ts`.
 */
import { outcomes, type RunFrame, type VisitorFact } from '../../observation/contract.js';
import type { Meter } from '../contract.js';
import { Fraction } from '../fraction.js';
import { capacityUnits } from '../products/awsAlb.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

/** So many parts make a unit-hour: the least common denominator of the four limits, so that a sum is whole. */
export const partsPerUnitHour = 10_800_000_000_000n;
const hourUs = 3_600_000_000;

type BalancerUnitsMeter = Extract<Meter, { readonly kind: 'balancer-units' }>;

export const balancerUnits: MeterMember<'balancer-units'> = {
  kind: 'balancer-units',
  hears: ['visits'],
  partsPerMeasure: partsPerUnitHour,
  start: (meter, frame) => new BalancerUnits(meter, frame),
};

class BalancerUnits implements RunningMeter {
  readonly subject = -1;
  private readonly run: RunFrame;
  private readonly isToLambda: boolean;
  private readonly inBytes: number[];
  private readonly outBytes: number[];
  private hourFromUs: number;
  private attemptCount = 0;
  private byteCount = 0;
  private insideCount = 0;
  private insideAreaUs = 0;
  private sinceUs: number;
  private parts = 0n;

  constructor({ targets, bytes }: BalancerUnitsMeter, { run }: MeterFrame) {
    this.run = run;
    this.isToLambda = targets === 'lambda';
    this.inBytes = run.sourceNames.map(() => 0);
    this.outBytes = run.sourceNames.map(() => 0);
    for (const { source, inBytes, outBytes } of bytes) {
      const place = placeOf(source, run.sourceNames, 'source');
      this.inBytes[place] = inBytes;
      this.outBytes[place] = outBytes;
    }
    this.hourFromUs = run.fromUs;
    this.sinceUs = run.fromUs;
  }

  visitorArrived(source: number, nowUs: number): void {
    this.advance(nowUs);
    this.insideCount++;
    if (nowUs < this.run.fromUs) return;
    this.attemptCount++;
    this.byteCount += this.inBytes[source]!;
  }

  visitorEnded({ source, outcome, attemptCount, endedUs }: VisitorFact): void {
    this.advance(endedUs);
    this.insideCount -= attemptCount;
    if (endedUs >= this.run.fromUs && outcome === outcomes.completed) this.byteCount += this.outBytes[source]!;
  }

  finish(endUs: number): void {
    this.advance(endUs);
    this.closeHour(endUs);
  }

  quantity(): bigint {
    return this.parts;
  }

  /** Bringing the area to now on the way adds the same whole numbers in two steps instead of one. */
  quantityAt(nowUs: number): bigint {
    this.advance(nowUs);
    const lengthUs = nowUs - this.hourFromUs;
    return this.parts + (lengthUs > 0 ? this.partsOf(lengthUs) : 0n);
  }

  /** Brings the number of connections to now, closing each hour on the way. */
  private advance(nowUs: number): void {
    while (nowUs >= this.hourFromUs + hourUs) this.closeHour(this.hourFromUs + hourUs);
    this.settle(nowUs);
  }

  private settle(nowUs: number): void {
    if (nowUs <= this.sinceUs) return;
    this.insideAreaUs += this.insideCount * (nowUs - this.sinceUs);
    this.sinceUs = nowUs;
  }

  private closeHour(endUs: number): void {
    this.settle(endUs);
    const lengthUs = endUs - this.hourFromUs;
    if (lengthUs > 0) this.parts += this.partsOf(lengthUs);
    this.hourFromUs = endUs;
    this.attemptCount = 0;
    this.byteCount = 0;
    this.insideAreaUs = 0;
  }

  private partsOf(lengthUs: number): bigint {
    const hours = Fraction.of(lengthUs).over(Fraction.of(hourUs));
    const attempts = Fraction.of(this.attemptCount);
    const perMinute = attempts.over(hours).over(Fraction.of(60));
    const gbPerHour = Fraction.of(this.byteCount).over(Fraction.of(1_000_000_000)).over(hours);
    const requestsPerSecond = perMinute.over(Fraction.of(60));
    const units = capacityUnits({
      newConnectionsPerSecond: requestsPerSecond,
      activeConnectionsPerMinute: perMinute.plus(Fraction.of(this.insideAreaUs).over(Fraction.of(lengthUs))),
      gbPerHour: this.isToLambda ? Fraction.zero : gbPerHour,
      gbPerHourToLambda: this.isToLambda ? gbPerHour : Fraction.zero,
      requestsPerSecond,
      ruleCount: Fraction.zero,
    });
    return BigInt(units.times(hours).times(Fraction.of(partsPerUnitHour)).toFixed(0));
  }
}

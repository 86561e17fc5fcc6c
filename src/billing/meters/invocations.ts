/**
 * Requests: calls worked on that began inside the measured time, those in flight at its end included. Its own file
 * because a refused call is none: nothing worked on it.
 */
import type { InvocationFact } from '../../observation/contract.js';
import type { Watched } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const invocations: MeterMember<'invocations'> = {
  kind: 'invocations',
  hears: ['invocations'],
  partsPerMeasure: 1n,
  start: ({ service, watched }, frame) => new Invocations(service, watched, frame),
};

class Invocations implements RunningMeter {
  readonly subject: number;
  private readonly watched: Watched;
  private readonly frame: MeterFrame;
  private count = 0;

  constructor(service: string, watched: Watched, frame: MeterFrame) {
    this.subject = placeOf(service, frame.run.serviceNames, 'service');
    this.watched = watched;
    this.frame = frame;
  }

  invocationEnded(fact: InvocationFact): void {
    if (!fact.isMeasured) return;
    const { watched } = this;
    if (watched === 'all' || this.frame.provisioned.counts(watched, this.subject, fact.instance)) this.count++;
  }

  invocationInFlight(fact: InvocationFact): void {
    this.invocationEnded(fact);
  }

  mark(): () => void {
    const { count } = this;
    return () => {
      this.count = count;
    };
  }

  quantity(): bigint {
    return BigInt(this.count);
  }
}

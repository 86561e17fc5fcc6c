/**
 * Requests to a queue inside the measured time: a send for each message, a receive and a delete for each batch. Empty
 * receives are not counted: how often a consumer asks in vain is its own setting. Its own file because it counts at a
 * queue.
 */
import type { Meter } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const queueRequests: MeterMember<'queue-requests'> = {
  kind: 'queue-requests',
  hears: ['queue-requests'],
  partsPerMeasure: 1n,
  start: (meter, frame) => new QueueRequests(meter, frame),
};

type QueueMeter = Extract<Meter, { readonly kind: 'queue-requests' }>;

class QueueRequests implements RunningMeter {
  readonly subject: number;
  private count = 0;

  constructor({ queue }: QueueMeter, { run }: MeterFrame) {
    this.subject = placeOf(queue, run.queueNames ?? [], 'queue');
  }

  queueAsked(isMeasured: boolean): void {
    if (isMeasured) this.count++;
  }

  quantity(): bigint {
    return BigInt(this.count);
  }
}

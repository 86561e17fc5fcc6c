/**
 * Queues counted: what became of the messages that were sent in the measured time, how old they were when they were
 * done, and how many waited at most at any instant of it.
 */
import { LatencyHistogram } from '../stats/histogram.js';
import type { MessageFact, MessageKind, Observer, RunFrame, SampleMoment, StateView } from './contract.js';

const counted: readonly MessageKind[] = ['sent', 'done', 'retried', 'dead', 'lost'];

export class QueueTally implements Observer {
  /** By queue and kind: messages sent in the measured time; retried counts times. */
  private counts = new Float64Array(0);
  private waiting = new Float64Array(0);
  private mostWaiting = new Float64Array(0);
  private ages: LatencyHistogram[] = [];

  runStarted({ queueNames = [] }: RunFrame): void {
    const size = queueNames.length;
    this.counts = new Float64Array(size * counted.length);
    this.waiting = new Float64Array(size);
    this.mostWaiting = new Float64Array(size);
    this.ages = queueNames.map(() => new LatencyHistogram());
  }

  messageMoved({ queue, kind, ageUs, isMeasured }: MessageFact): void {
    if (kind === 'sent' || kind === 'retried') this.waiting[queue]!++;
    // What is lost was waiting; what is done or dead had been received before, or withdrawn.
    else if (kind === 'received' || kind === 'lost' || kind === 'withdrawn') this.waiting[queue]!--;
    if (this.waiting[queue]! > this.mostWaiting[queue]!) this.mostWaiting[queue] = this.waiting[queue]!;
    if (!isMeasured) return;
    const place = counted.indexOf(kind);
    if (place >= 0) this.counts[queue * counted.length + place]!++;
    if (kind === 'done') this.ages[queue]!.record(ageUs);
  }

  sampled(_state: StateView, moment: SampleMoment): void {
    if (moment === 'measuring-begins') this.mostWaiting.set(this.waiting);
  }

  count(queue: number, kind: MessageKind): number {
    return this.counts[queue * counted.length + counted.indexOf(kind)]!;
  }

  depthMax(queue: number): number {
    return this.mostWaiting[queue]!;
  }

  /** Ages of the messages done. */
  ageOf(queue: number): LatencyHistogram {
    return this.ages[queue]!;
  }

  get queueCount(): number {
    return this.waiting.length;
  }
}

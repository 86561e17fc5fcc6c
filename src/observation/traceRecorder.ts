/**
 * Single visitors with all their spans: the slowest who was answered, a sample from which a median one is chosen, and
 * those who are asked for by number.
 *
 * Its own file because who is worth keeping is known only when he leaves. So spans of everyone inside are held in
 * columns that are used again, one list a visitor, and only the spans of a visitor who is kept become objects.
 * Checked by test/observation/traceRecorder.test.ts on runs whose times are known by hand.
 */
import { type Observer, type Outcome, outcomes, type TraceFact, type VisitorFact } from './contract.js';

/** One span or query of a visitor; `parent` is a place in his list, -1: he himself, or nobody who waited. */
export interface TracedSpan {
  readonly isQuery: boolean;
  readonly target: number;
  readonly operation: number;
  readonly parent: number;
  readonly attempt: number;
  readonly instance: number;
  readonly outcome: Outcome;
  readonly coldKind: 0 | 1 | 2;
  readonly beganUs: number;
  readonly arrivedUs: number;
  readonly startedUs: number;
  readonly endedUs: number;
  readonly waitingUs: number;
}

export interface TracedVisit {
  readonly source: number;
  readonly visitorNumber: number;
  readonly outcome: Outcome;
  readonly attemptCount: number;
  readonly beganUs: number;
  readonly endedUs: number;
  /** In the order in which they ended. Those that ended after he had left are not among them. */
  readonly spans: readonly TracedSpan[];
}

export interface TraceWishes {
  /** Of each source: whether its visitors are the platform's. */
  readonly isCounted: readonly boolean[];
  /** Visitors to keep whatever befalls them, by source and number; more than one under closed arrivals never. */
  readonly wanted?: { readonly source: number; readonly visitorNumber: number };
  /** Whether the slowest and a sample are kept; yes unless told no. */
  readonly withExtremes?: boolean;
}

/** Columns of a held span, in one array of numbers: `fieldCount` a span. */
const fieldCount = 16;
/** Visitors in the sample at most; when it is full, every second one goes and the step doubles. */
const mostSampled = 256;

export class TraceRecorder implements Observer {
  slowest: TracedVisit | null = null;
  wanted: TracedVisit | null = null;
  private sample: TracedVisit[] = [];
  private sampleEvery = 1;
  private endedCount = 0;
  private readonly wishes: TraceWishes;
  private held = new Float64Array(256 * fieldCount);
  /** By held span: the next of the same visitor, or the next free one. */
  private next = new Int32Array(256);
  private usedCount = 0;
  private freeHead = -1;
  /** By visitor's slot: his span that was told last, or -1. */
  private heads = new Int32Array(256).fill(-1);

  constructor(wishes: TraceWishes) {
    this.wishes = wishes;
  }

  traced(fact: TraceFact): void {
    const place = this.take();
    if (fact.slot >= this.heads.length) this.growHeads(fact.slot);
    this.next[place] = this.heads[fact.slot]!;
    this.heads[fact.slot] = place;
    const { held } = this;
    let at = place * fieldCount;
    held[at++] = fact.source;
    held[at++] = fact.visitorNumber;
    held[at++] = fact.isQuery ? 1 : 0;
    held[at++] = fact.target;
    held[at++] = fact.operation;
    held[at++] = fact.row;
    held[at++] = fact.parentRow;
    held[at++] = fact.attempt;
    held[at++] = fact.instance;
    held[at++] = fact.outcome;
    held[at++] = fact.coldKind;
    held[at++] = fact.beganUs;
    held[at++] = fact.arrivedUs;
    held[at++] = fact.startedUs;
    held[at++] = fact.endedUs;
    held[at] = fact.waitingUs;
  }

  visitorEnded(fact: VisitorFact): void {
    const slot = fact.slot ?? 0;
    const head = this.heads[slot] ?? -1;
    const { wanted, withExtremes = true, isCounted } = this.wishes;
    if (wanted && fact.source === wanted.source && fact.visitorNumber === wanted.visitorNumber)
      this.wanted = this.visitOf(fact, head);
    if (withExtremes && fact.isMeasured && fact.outcome === outcomes.completed && isCounted[fact.source])
      this.consider(fact, head);
    if (head >= 0) this.free(slot, head);
  }

  /** Of the sampled visitors the one whose latency is nearest to `latencyUs`; the earliest of several. */
  nearest(latencyUs: number): TracedVisit | null {
    let best: TracedVisit | null = null;
    const distance = (visit: TracedVisit): number => Math.abs(visit.endedUs - visit.beganUs - latencyUs);
    for (const visit of this.sample) if (best === null || distance(visit) < distance(best)) best = visit;
    return best;
  }

  private consider(fact: VisitorFact, head: number): void {
    const { slowest } = this;
    const isSlowest = slowest === null || fact.endedUs - fact.beganUs > slowest.endedUs - slowest.beganUs;
    const isSampled = this.endedCount++ % this.sampleEvery === 0;
    if (!isSlowest && !isSampled) return;
    const visit = this.visitOf(fact, head);
    if (isSlowest) this.slowest = visit;
    if (!isSampled) return;
    this.sample.push(visit);
    if (this.sample.length < mostSampled) return;
    this.sample = this.sample.filter((_, place) => place % 2 === 0);
    this.sampleEvery *= 2;
  }

  /** The visitor's own spans, oldest end first, each with the place of its caller among them. */
  private visitOf(fact: VisitorFact, head: number): TracedVisit {
    const { held } = this;
    const places: number[] = [];
    for (let place = head; place >= 0; place = this.next[place]!)
      if (held[place * fieldCount] === fact.source && held[place * fieldCount + 1] === fact.visitorNumber)
        places.push(place * fieldCount);
    places.reverse();
    const { source, visitorNumber, outcome, attemptCount, beganUs, endedUs } = fact;
    const spans = places.map((at, index): TracedSpan => {
      const parentRow = held[at + 6]!;
      const parent = parentRow < 0 ? -1 : places.findIndex((other, i) => i > index && held[other + 5] === parentRow);
      return {
        isQuery: held[at + 2] === 1,
        target: held[at + 3]!,
        operation: held[at + 4]!,
        parent,
        attempt: held[at + 7]!,
        instance: held[at + 8]!,
        outcome: held[at + 9]! as Outcome,
        coldKind: held[at + 10]! as 0 | 1 | 2,
        beganUs: held[at + 11]!,
        arrivedUs: held[at + 12]!,
        startedUs: held[at + 13]!,
        endedUs: held[at + 14]!,
        waitingUs: held[at + 15]!,
      };
    });
    return { source, visitorNumber, outcome, attemptCount, beganUs, endedUs, spans };
  }

  private take(): number {
    const free = this.freeHead;
    if (free >= 0) {
      this.freeHead = this.next[free]!;
      return free;
    }
    if (this.usedCount === this.next.length) {
      const grownNext = new Int32Array(2 * this.next.length);
      grownNext.set(this.next);
      this.next = grownNext;
      const grown = new Float64Array(2 * this.held.length);
      grown.set(this.held);
      this.held = grown;
    }
    return this.usedCount++;
  }

  /** Gives back all that the slot holds, what came too late for an earlier visitor included. */
  private free(slot: number, head: number): void {
    let last = head;
    while (this.next[last]! >= 0) last = this.next[last]!;
    this.next[last] = this.freeHead;
    this.freeHead = head;
    this.heads[slot] = -1;
  }

  private growHeads(slot: number): void {
    const grown = new Int32Array(Math.max(slot + 1, 2 * this.heads.length)).fill(-1);
    grown.set(this.heads);
    this.heads = grown;
  }
}

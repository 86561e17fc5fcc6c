/**
 * Single visitors with all their spans: the slowest who was answered, a sample from which a median one is chosen, and
 * those who are asked for by number.
 *
 * Its own file because who is worth keeping is known only when he leaves. So spans of everyone inside are held in
 * columns that are used again, one list a visitor, and only the spans of a visitor who is kept become objects.
 * Checked by test/observation/traceRecorder.test.ts on runs whose times are known by hand.
 */
import { type Observer, type Outcome, outcomes, type TraceFact, type VisitorFact } from './contract.js';
import { EdgeLatencies } from './edgeLatencies.js';

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

/** Of a held span: moments and the visitor's number, and what is small; so many numbers of each a span. */
const timeCount = 6;
const wordCount = 10;
/** Visitors in the sample at most; when it is full, every second one goes and the step doubles. */
const mostSampled = 256;

type Row = readonly [number, number, number, number, number, number, number, number, number, number];
type Moments = readonly [number, number, number, number, number, number];

export class TraceRecorder implements Observer {
  slowest: TracedVisit | null = null;
  wanted: TracedVisit | null = null;
  /** Of visitors who began in the measured time, what was answered before they left. */
  readonly edges = new EdgeLatencies();
  private sample: TracedVisit[] = [];
  private sampleEvery = 1;
  private endedCount = 0;
  private readonly wishes: TraceWishes;
  /** visitorNumber, beganUs, arrivedUs, startedUs, endedUs, waitingUs. */
  private times = new Float64Array(256 * timeCount);
  /** source, isQuery, target, operation, row, parentRow, attempt, instance, outcome, coldKind. */
  private words = new Int32Array(256 * wordCount);
  /** By held span: the next of the same visitor, or the next free one. */
  private next = new Int32Array(256);
  private usedCount = 0;
  private freeHead = -1;
  /** By visitor's slot: his span that was told last, or -1. */
  private heads = new Int32Array(256).fill(-1);
  /** By visitor's slot: the span that was told first, while there is one. */
  private tails = new Int32Array(256);

  constructor(wishes: TraceWishes) {
    this.wishes = wishes;
  }

  traced(fact: TraceFact): void {
    const place = this.take();
    if (fact.slot >= this.heads.length) this.growHeads(fact.slot);
    const { slot } = fact;
    const head = this.heads[slot]!;
    if (head < 0) this.tails[slot] = place;
    this.next[place] = head;
    this.heads[slot] = place;
    const { times, words } = this;
    const time = place * timeCount;
    times[time] = fact.visitorNumber;
    times[time + 1] = fact.beganUs;
    times[time + 2] = fact.arrivedUs;
    times[time + 3] = fact.startedUs;
    times[time + 4] = fact.endedUs;
    times[time + 5] = fact.waitingUs;
    const word = place * wordCount;
    words[word] = fact.source;
    words[word + 1] = fact.isQuery ? 1 : 0;
    words[word + 2] = fact.target;
    words[word + 3] = fact.operation;
    words[word + 4] = fact.row;
    words[word + 5] = fact.parentRow;
    words[word + 6] = fact.attempt;
    words[word + 7] = fact.instance;
    words[word + 8] = fact.outcome;
    words[word + 9] = fact.coldKind;
  }

  visitorEnded(fact: VisitorFact): void {
    const slot = fact.slot ?? 0;
    const head = this.heads[slot] ?? -1;
    const { wanted, withExtremes = true, isCounted } = this.wishes;
    if (wanted && fact.source === wanted.source && fact.visitorNumber === wanted.visitorNumber)
      this.wanted = this.visitOf(fact, head);
    if (withExtremes && fact.isMeasured && fact.outcome === outcomes.completed && isCounted[fact.source])
      this.consider(fact, head);
    if (head < 0) return;
    if (withExtremes && fact.isMeasured) this.timeCalls(fact, head);
    this.free(slot, head);
  }

  /** The visitor's spans, the one that ended last first: who called is told before those he called. */
  private timeCalls({ source, visitorNumber }: VisitorFact, head: number): void {
    const { times, words, edges } = this;
    for (let place = head; place >= 0; place = this.next[place]!) {
      const [word, time] = [place * wordCount, place * timeCount];
      if (words[word] !== source || times[time] !== visitorNumber) continue;
      const isQuery = words[word + 1] === 1;
      const target = words[word + 2]!;
      const parentRow = words[word + 5]!;
      if (!isQuery) edges.hearCaller(words[word + 4]!, target);
      if (parentRow >= 0 && words[word + 8] === outcomes.completed)
        edges.record(parentRow, isQuery, target, times[time + 4]! - times[time + 1]!);
    }
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
    const { times, words } = this;
    const { source, visitorNumber, outcome, attemptCount, beganUs, endedUs } = fact;
    const places: number[] = [];
    for (let place = head; place >= 0; place = this.next[place]!)
      if (words[place * wordCount] === source && times[place * timeCount] === visitorNumber) places.push(place);
    places.reverse();
    const spans = places.map((place, index): TracedSpan => {
      const [, isQuery, target, operation, , parentRow, attempt, instance, ended, coldKind] = words.subarray(
        place * wordCount,
        (place + 1) * wordCount,
      ) as unknown as Row;
      const [, began, arrivedUs, startedUs, over, waitingUs] = times.subarray(
        place * timeCount,
        (place + 1) * timeCount,
      ) as unknown as Moments;
      const isParent = (other: number, i: number): boolean => i > index && words[other * wordCount + 4] === parentRow;
      return {
        isQuery: isQuery === 1,
        target,
        operation,
        parent: parentRow < 0 ? -1 : places.findIndex(isParent),
        attempt,
        instance,
        outcome: ended as Outcome,
        coldKind: coldKind as 0 | 1 | 2,
        beganUs: began,
        arrivedUs,
        startedUs,
        endedUs: over,
        waitingUs,
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
      const grownTimes = new Float64Array(2 * this.times.length);
      grownTimes.set(this.times);
      this.times = grownTimes;
      const grownWords = new Int32Array(2 * this.words.length);
      grownWords.set(this.words);
      this.words = grownWords;
    }
    return this.usedCount++;
  }

  /** Gives back all that the slot holds, what came too late for an earlier visitor included. */
  private free(slot: number, head: number): void {
    this.next[this.tails[slot]!] = this.freeHead;
    this.freeHead = head;
    this.heads[slot] = -1;
  }

  private growHeads(slot: number): void {
    const grown = new Int32Array(Math.max(slot + 1, 2 * this.heads.length)).fill(-1);
    grown.set(this.heads);
    this.heads = grown;
    const grownTails = new Int32Array(grown.length);
    grownTails.set(this.tails);
    this.tails = grownTails;
  }
}

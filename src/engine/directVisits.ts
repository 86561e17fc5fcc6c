/**
 * Direct visits: visitors whose whole visit is one step at one service, at no distance (`directSources.ts` says when).
 *
 * Such a visit needs no span and no fiber, and of a visitor only a few figures. They stand side by side, one record a
 * visit in two arrays, so that a handler finds them all behind one bounds check each and in one cache line:
 *
 *   times[4 r + field]    microseconds and counts that may pass 2^31    fields: `visitTimes`
 *   places[8 r + field]   rows and small numbers                        fields: `visitPlaces`
 *
 * A free record's `next` leads to the next free one; a live one's to whoever waits behind it.
 */

/** Fields of `times`. */
export const visitTimes = {
  beganUs: 0,
  /** When it got its slot; that is when its wait is over. */
  startedUs: 1,
  /** Start-up of the environment it caused; -1 until that is known, 0 when warm. */
  startUpUs: 2,
  /** The visitor's number in his source. */
  number: 3,
} as const;

/** Fields of `places`. */
export const visitPlaces = {
  source: 0,
  /** The instance's row: where it is served or in line. */
  row: 1,
  next: 2,
  /** 0 warm; 1 an environment was started for it; 2 it joined one that was starting. */
  coldKind: 3,
  /** `visitStates`. */
  state: 4,
  isMeasured: 5,
  /** The place in chance of what the visitor brings. */
  keyA: 6,
  keyB: 7,
} as const;

export const visitStates = { free: 0, waiting: 1, served: 2 } as const;

export class DirectVisits {
  liveCount = 0;
  /** Records ever in use at once: every live one is below this. */
  highWater = 0;
  times = new Float64Array(4 * 64);
  places = new Int32Array(8 * 64);
  private freeHead = -1;

  /** A record for a visit of `source` that begins now. */
  take(source: number, number: number, nowUs: number, isMeasured: boolean): number {
    let visit = this.freeHead;
    if (visit >= 0) this.freeHead = this.places[8 * visit + visitPlaces.next]!;
    else {
      visit = this.highWater++;
      if (8 * visit === this.places.length) this.grow();
    }
    this.liveCount++;
    const { times, places } = this;
    const at = 8 * visit;
    times[4 * visit + visitTimes.number] = number;
    times[4 * visit + visitTimes.beganUs] = nowUs;
    times[4 * visit + visitTimes.startUpUs] = 0;
    places[at + visitPlaces.source] = source;
    places[at + visitPlaces.coldKind] = 0;
    places[at + visitPlaces.isMeasured] = isMeasured ? 1 : 0;
    return visit;
  }

  give(visit: number): void {
    const { places } = this;
    if (places[8 * visit + visitPlaces.state] === visitStates.free) throw new Error(`visit ${visit} ended twice`);
    places[8 * visit + visitPlaces.state] = visitStates.free;
    places[8 * visit + visitPlaces.next] = this.freeHead;
    this.freeHead = visit;
    this.liveCount--;
  }

  private grow(): void {
    const { times, places } = this;
    this.times = new Float64Array(2 * times.length);
    this.places = new Int32Array(2 * places.length);
    this.times.set(times);
    this.places.set(places);
  }
}

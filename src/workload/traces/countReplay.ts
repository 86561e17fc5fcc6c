/**
 * Replaying counts: so many in a minute, evenly spread, or at independent uniform times (which is what a Poisson
 * process of that rate does, given that so many came). The counts are kept either way.
 */
import type { Draws } from '../../random/draws.js';
import type { ArrivalProcess } from '../contract.js';
import type { Pace } from './stampReplay.js';
import type { CountedRows } from './trace.js';

const minuteUs = 60_000_000;

/** How long one round of a repeated trace lasts, microseconds: to the end of its last minute. */
export function countsRoundUs({ minutes }: CountedRows): number {
  return (minutes[minutes.length - 1]! + 1) * minuteUs;
}

/** How many come before `untilUs`; a minute that it cuts counts by the part before. */
export function rowsBefore({ minutes, counts }: CountedRows, untilUs: number): number {
  let count = 0;
  for (let row = 0; row < minutes.length; row++) {
    const share = untilUs / minuteUs - minutes[row]!;
    if (share <= 0) break;
    count += counts[row]! * Math.min(1, share);
  }
  return count;
}

export class CountReplay implements ArrivalProcess {
  readonly entryIndex = 0;
  readonly traceWaitUs = 0;
  private readonly rows: CountedRows;
  private readonly pace: Pace;
  /** Null: evenly. */
  private readonly draws: Draws | null;
  private row = -1;
  private round = 0;
  /** All rows so far, before and after `load`: rounded as a sum, so that small counts are not lost one by one. */
  private rowSum = 0;
  private arrivalSum = 0;
  /** Of this minute: how many in all, how many were announced, and how far into it the last one was. */
  private minuteCount = 0;
  private doneCount = 0;
  private doneShare = 0;

  constructor(rows: CountedRows, pace: Pace, draws: Draws | null) {
    this.rows = rows;
    this.pace = pace;
    this.draws = draws;
  }

  nextUs(): number {
    while (this.doneCount === this.minuteCount) if (!this.goToNextMinute()) return Infinity;
    const share = this.draws === null ? (this.doneCount + 0.5) / this.minuteCount : this.drawShare(this.draws);
    this.doneCount++;
    const beginUs = this.round * countsRoundUs(this.rows) + this.rows.minutes[this.row]! * minuteUs;
    return Math.round((beginUs + share * minuteUs) / this.pace.speed);
  }

  /** The next of so many uniform times in order: the smallest of those left, beyond the last one. */
  private drawShare(draws: Draws): number {
    const leftCount = this.minuteCount - this.doneCount;
    this.doneShare += (1 - this.doneShare) * -Math.expm1(Math.log1p(-draws.uniform()) / leftCount);
    return this.doneShare;
  }

  /**
   * False when nobody comes any more: after the last row, or when a whole round brought nobody in a trace of nobody.
   */
  private goToNextMinute(): boolean {
    const { counts } = this.rows;
    if (this.row + 1 === counts.length) {
      if (!this.pace.repeats || this.rowSum === 0 || this.pace.load === 0) return false;
      this.row = -1;
      this.round++;
    }
    this.row++;
    this.rowSum += counts[this.row]!;
    const arrivalSum = Math.round(this.rowSum * this.pace.load);
    this.minuteCount = arrivalSum - this.arrivalSum;
    this.arrivalSum = arrivalSum;
    this.doneCount = 0;
    this.doneShare = 0;
    return true;
  }
}

/** Replaying stamped rows: each at its time, with what it asks for and the duration it carries. Takes no draws. */
import type { ArrivalProcess } from '../contract.js';
import type { StampedRows } from './trace.js';

export interface Pace {
  /** Times are divided by it. */
  readonly speed: number;
  /** So many arrivals a row, on average. */
  readonly load: number;
  readonly repeats: boolean;
}

/**
 * How long one round of a repeated trace lasts, microseconds: to its last row. Where the first row is at time 0 one
 * mean gap is added, for otherwise every round's last row and the next round's first would fall together.
 */
export function stampsRoundUs({ atUs }: StampedRows): number {
  const last = atUs[atUs.length - 1]!;
  return atUs[0]! > 0 || atUs.length === 1 ? last : last + last / (atUs.length - 1);
}

/** How many rows come before `untilUs`. */
export function rowsBefore({ atUs }: StampedRows, untilUs: number): number {
  let low = 0;
  let high = atUs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atUs[middle]! < untilUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Arrival j stands at row j / load; between two rows its time is between theirs, and it asks what the earlier asks. */
export class StampReplay implements ArrivalProcess {
  entryIndex = 0;
  traceWaitUs = 0;
  private readonly rows: StampedRows;
  private readonly pace: Pace;
  private readonly roundUs: number;
  private count = 0;

  constructor(rows: StampedRows, pace: Pace) {
    this.rows = rows;
    this.pace = pace;
    this.roundUs = stampsRoundUs(rows);
  }

  nextUs(): number {
    const { atUs, entryIndices, waitsUs } = this.rows;
    const { speed, load, repeats } = this.pace;
    if (load === 0) return Infinity;
    const place = this.count / load;
    const whole = Math.floor(place + 1e-9); // j / load may miss a whole number by its last bit.
    const round = Math.floor(whole / atUs.length);
    if (round > 0 && !repeats) return Infinity;
    this.count++;
    const row = whole - round * atUs.length;
    this.entryIndex = entryIndices === null ? 0 : entryIndices[row]!;
    this.traceWaitUs = waitsUs === null ? 0 : waitsUs[row]!;
    const thisUs = atUs[row]!;
    const nextUs = row + 1 < atUs.length ? atUs[row + 1]! : repeats ? this.roundUs + atUs[0]! : thisUs;
    return Math.round((round * this.roundUs + thisUs + Math.max(0, place - whole) * (nextUs - thisUs)) / speed);
  }
}

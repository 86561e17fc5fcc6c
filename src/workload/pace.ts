/**
 * The pace at which gaps pass: where arrivals are made of gaps, `load` and the rhythm of days and weeks let time itself
 * run faster or slower, so that the rate at any moment is the plain rate times the factor of that hour.
 *
 * Its own file because `constant`, `renewal` and `batch` arrivals share it: the operational time of a point process
 * (Cinlar, Introduction to Stochastic Processes, 1975, 4.7). Checked by hand in `test/workload/pace.test.ts`.
 */
import type { ArrivalContext } from './arrivalSpec.js';
import type { RateModulation } from './rateModulation.js';

export interface Pace {
  /** When so much of the plain time has passed: real microseconds, or `Infinity`. It must not go back. */
  at(plainUs: number): number;
}

export function startPace({ load, modulation }: ArrivalContext): Pace {
  if (modulation === null) return { at: (plainUs) => (load === 0 ? Infinity : plainUs / load) };
  return new RhythmicPace(load, modulation);
}

/** How much plain time passes in a real microsecond, over [fromUs, toUs). */
export function meanPace({ load, modulation }: ArrivalContext, fromUs: number, toUs: number): number {
  if (modulation === null) return load;
  let plainUs = 0;
  for (let atUs = fromUs; atUs < toUs; atUs = modulation.changesUs(atUs))
    plainUs += modulation.factorAt(atUs) * (Math.min(toUs, modulation.changesUs(atUs)) - atUs);
  return toUs > fromUs ? (load * plainUs) / (toUs - fromUs) : 0;
}

/** Walks from hour to hour; within one, plain time is a straight line of real time. */
class RhythmicPace implements Pace {
  private readonly load: number;
  private readonly modulation: RateModulation;
  private hourBeganUs = 0;
  private plainBeforeUs = 0;

  constructor(load: number, modulation: RateModulation) {
    this.load = load;
    this.modulation = modulation;
  }

  at(plainUs: number): number {
    if (this.load === 0 || plainUs === Infinity) return Infinity;
    for (;;) {
      const pace = this.load * this.modulation.factorAt(this.hourBeganUs);
      const hourEndsUs = this.modulation.changesUs(this.hourBeganUs);
      const plainAfterUs = this.plainBeforeUs + pace * (hourEndsUs - this.hourBeganUs);
      if (plainUs <= plainAfterUs && pace > 0) return this.hourBeganUs + (plainUs - this.plainBeforeUs) / pace;
      this.hourBeganUs = hourEndsUs;
      this.plainBeforeUs = plainAfterUs;
    }
  }
}

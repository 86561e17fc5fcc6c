/**
 * What an arrival process is: it says when the next visitor comes, and for traces also what he asks for.
 * One process a file beside this one, one line each in `registry.ts`. It is handed its own stream of draws and a
 * horizon; it reads no clock. Times are whole microseconds from clock 0 and never go back; equal times are allowed.
 */
import type { Draws } from '../random/draws.js';

export interface ArrivalProcess {
  /** When the next visitor comes, whole microseconds from clock 0; `Infinity` when nobody comes any more. */
  nextUs(): number;
  /**
   * Of the arrival that `nextUs` announced last: which of the source's entries it asks for. 0 unless a trace says
   * more.
   */
  readonly entryIndex: number;
  /** Of the same arrival: the duration its trace row carries, microseconds; 0 without one. */
  readonly traceWaitUs: number;
}

/** One source's arrivals, bound to their options: starts the same process whenever it is given the same draws. */
export interface ArrivalPlan {
  readonly kind: string;
  /** Mean arrivals per second over [fromUs, toUs); for messages, extrapolation and limits. */
  meanPerSecond(fromUs: number, toUs: number): number;
  /** Whether the rate never changes with time (a saturated stationary source makes a run untrustworthy). */
  readonly isStationary: boolean;
  /** Whether its visitors bring a duration each, from the rows of a trace. */
  readonly carriesWaits?: boolean;
  /**
   * The same visitors, coming memorylessly at another rate (per second, > 0); for plans whose visitors differ in more
   * than their moment (a log's rows). Left out: a Poisson stream of that rate is the same.
   */
  memoryless?(ratePerSecond: number): ArrivalPlan;
  start(draws: Draws): ArrivalProcess;
}

/** A fixed crowd that waits for each answer; the engine walks it, for only the engine knows when an answer came. */
export interface ClosedPlan {
  readonly kind: 'closed';
  readonly userCount: number;
}

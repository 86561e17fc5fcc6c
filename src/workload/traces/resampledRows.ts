/**
 * Visitors like those of a trace, at a rate of their own: they come memorylessly, and each asks for what a row drawn at
 * random asks for. For the rest of a month, and for the curve of cost against traffic: the mix stays, the clock goes.
 */
import type { Draws } from '../../random/draws.js';
import { standardExponential } from '../../random/ziggurat.js';
import type { ArrivalPlan, ArrivalProcess } from '../contract.js';
import type { StampedRows } from './trace.js';

/** @param ratePerSecond finite, > 0 */
export function resampledRows(rows: StampedRows, ratePerSecond: number): ArrivalPlan {
  return {
    kind: 'poisson',
    isStationary: true,
    meanPerSecond: () => ratePerSecond,
    memoryless: (perSecond) => resampledRows(rows, perSecond),
    start: (draws) => new ResampledRows(rows, ratePerSecond, draws),
  };
}

class ResampledRows implements ArrivalProcess {
  entryIndex = 0;
  traceWaitUs = 0;
  private readonly rows: StampedRows;
  private readonly meanGapUs: number;
  private readonly draws: Draws;
  private atUs = 0;

  constructor(rows: StampedRows, ratePerSecond: number, draws: Draws) {
    this.rows = rows;
    this.meanGapUs = 1e6 / ratePerSecond;
    this.draws = draws;
  }

  /** Times are kept real, so rounding never accumulates. */
  nextUs(): number {
    const { atUs, entryIndices, waitsUs } = this.rows;
    this.atUs += standardExponential(this.draws) * this.meanGapUs;
    const row = Math.floor(this.draws.uniform() * atUs.length);
    this.entryIndex = entryIndices === null ? 0 : entryIndices[row]!;
    this.traceWaitUs = waitsUs === null ? 0 : waitsUs[row]!;
    return Math.round(this.atUs);
  }
}

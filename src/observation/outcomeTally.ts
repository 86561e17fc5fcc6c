/**
 * Counts and times of what began and ended, for one kind of thing (visitors by source, spans by service, queries by
 * database): typed columns, one slot per source, service or database.
 *
 * Its own file because the three kinds are counted alike: of what began in the measured time, how it ended and how long
 * it took; and, whenever it began, what was completed inside the measured time.
 */
import { LatencyHistogram } from '../stats/histogram.js';
import { type Outcome, outcomeNames, outcomes } from './contract.js';

export class OutcomeTally {
  readonly beganCount: Float64Array;
  /** Ended, by slot and outcome: slot x 4 + outcome. */
  readonly endedCount: Float64Array;
  /** Completed inside the measured time, whenever they began. */
  readonly insideCount: Float64Array;
  readonly waitSumUs: Float64Array;
  readonly waitCount: Float64Array;
  /** Completed within each threshold, by slot: slot x threshold count + threshold. */
  readonly withinCount: Float64Array;
  readonly latencies: readonly LatencyHistogram[];
  private readonly thresholdsUs: readonly number[];

  constructor(slotCount: number, thresholdsUs: readonly number[] = []) {
    this.thresholdsUs = thresholdsUs;
    this.beganCount = new Float64Array(slotCount);
    this.endedCount = new Float64Array(slotCount * outcomeNames.length);
    this.insideCount = new Float64Array(slotCount);
    this.waitSumUs = new Float64Array(slotCount);
    this.waitCount = new Float64Array(slotCount);
    this.withinCount = new Float64Array(slotCount * thresholdsUs.length);
    this.latencies = Array.from({ length: slotCount }, () => new LatencyHistogram());
  }

  /** One that began in the measured time has ended. */
  end(slot: number, outcome: Outcome, latencyUs: number): void {
    this.endedCount[slot * outcomeNames.length + outcome]!++;
    if (outcome !== outcomes.completed) return;
    this.latencies[slot]!.record(latencyUs);
    const { thresholdsUs } = this;
    for (let k = 0; k < thresholdsUs.length; k++)
      if (latencyUs <= thresholdsUs[k]!) this.withinCount[slot * thresholdsUs.length + k]!++;
  }

  wait(slot: number, waitUs: number): void {
    this.waitSumUs[slot]! += waitUs;
    this.waitCount[slot]!++;
  }
}

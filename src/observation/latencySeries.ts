/**
 * Latency over the measured time in a few hundred equal stretches, by when the visitor began: the series that a warm-up
 * check reads. Its own file because it is wanted of every replication, and the timeline only of one.
 */
import { type Observer, outcomes, type RunFrame, type VisitorFact } from './contract.js';

export const stretchCount = 200;

export class LatencySeries implements Observer {
  readonly sumUs = new Float64Array(stretchCount);
  readonly count = new Float64Array(stretchCount);
  private readonly isCounted: readonly boolean[];
  private fromUs = 0;
  private stretchUs = 1;

  /** @param isCounted of each source: whether its visitors are the platform's */
  constructor(isCounted: readonly boolean[]) {
    this.isCounted = isCounted;
  }

  runStarted({ fromUs, toUs }: RunFrame): void {
    this.fromUs = fromUs;
    this.stretchUs = (toUs - fromUs) / stretchCount;
  }

  visitorEnded({ source, outcome, beganUs, endedUs, isMeasured }: VisitorFact): void {
    if (!isMeasured || outcome !== outcomes.completed || !this.isCounted[source]) return;
    const stretch = Math.min(stretchCount - 1, Math.floor((beganUs - this.fromUs) / this.stretchUs));
    this.sumUs[stretch]! += endedUs - beganUs;
    this.count[stretch]!++;
  }
}

/**
 * What a live view remembers of one platform's run while it goes on: who came since the last look, how they fared, how
 * slow the last minute was, and what happened that deserves a line.
 *
 * Its own file because a run that is watched has a reader who comes thirty times a second and wants only what is new;
 * the recorders of `observation` keep everything for one who comes at the end.
 */
import type {
  InstanceFact,
  NoteFact,
  Observer,
  RunFrame,
  ScaleFact,
  TraceFact,
  VisitorFact,
} from '../observation/contract.js';
import { LatencyHistogram } from '../stats/histogram.js';

/** Something that happened; `service` and `instance` are -1 where it concerns none. */
export interface LiveNote {
  readonly atUs: number;
  readonly kind: string;
  readonly service: number;
  readonly instance: number;
  readonly detail: string;
}

const slotUs = 5_000_000;
const slotCount = 12;
/** Notes kept between two looks; a crash of ten thousand needs no ten thousand lines. */
const noteLimit = 40;

export class LiveRecorder implements Observer {
  /**
   * Since the last `forget`: who went where, by source and target (services, then databases): visits,
   * calls, messages and queries, as they end.
   */
  moves = new Float32Array(0);
  /** Since the last `forget`, by source: visitors who were not answered well. */
  failures = new Float32Array(0);
  /** Over the whole measured run: visitors that ended well, and otherwise. */
  goodCount = 0;
  badCount = 0;
  /** Since the last sample of the series. */
  arrivedSinceSample = 0;
  notes: LiveNote[] = [];
  /** Everything noted so far, kept or not. */
  noteCount = 0;
  private serviceCount = 0;
  private targetCount = 0;
  private readonly isCounted: readonly boolean[];
  private readonly slots = Array.from({ length: slotCount }, () => new LatencyHistogram());
  private readonly slotOf = new Float64Array(slotCount).fill(-1);

  /** @param isCounted of each source: whether its visitors are the platform's (false: warmers, monitors) */
  constructor(isCounted: readonly boolean[]) {
    this.isCounted = isCounted;
  }

  runStarted(frame: RunFrame): void {
    this.serviceCount = frame.serviceNames.length;
    this.targetCount = this.serviceCount + frame.databaseNames.length;
    this.moves = new Float32Array(frame.sourceNames.length * this.targetCount);
    this.failures = new Float32Array(frame.sourceNames.length);
  }

  visitorBegan(): void {
    this.arrivedSinceSample++;
  }

  traced({ isQuery, source, target }: TraceFact): void {
    this.moves[source * this.targetCount + target + (isQuery ? this.serviceCount : 0)]!++;
  }

  visitorEnded({ source, outcome, beganUs, endedUs, isMeasured }: VisitorFact): void {
    if (outcome !== 0) this.failures[source]!++;
    if (!this.isCounted[source]) return;
    if (isMeasured) {
      if (outcome === 0) this.goodCount++;
      else this.badCount++;
    }
    if (outcome !== 0) return;
    const slot = Math.floor(endedUs / slotUs);
    const place = slot % slotCount;
    if (this.slotOf[place] !== slot) {
      this.slots[place]!.clear();
      this.slotOf[place] = slot;
    }
    this.slots[place]!.record(endedUs - beganUs);
  }

  instanceChanged({ nowUs, phase, service, instance }: InstanceFact): void {
    if (phase === 'ready' || phase === 'gone' || phase === 'requested')
      this.note({ atUs: nowUs, kind: phase, service, instance, detail: '' });
  }

  noted({ nowUs, kind, service, instance, detail }: NoteFact): void {
    this.note({ atUs: nowUs, kind, service, instance, detail });
  }

  scaled({ nowUs, service, because, beforeCount, appliedCount }: ScaleFact): void {
    if (appliedCount === beforeCount) return;
    const detail = `${beforeCount} to ${appliedCount}: ${because}`;
    this.note({ atUs: nowUs, kind: 'scale', service, instance: -1, detail });
  }

  /** A percentile of the answers of the last minute before `nowUs`, milliseconds; NaN where nobody was answered. */
  recentQuantileMs(share: number, nowUs: number): number {
    const together = new LatencyHistogram();
    const oldest = Math.floor(nowUs / slotUs) - slotCount + 1;
    let isEmpty = true;
    for (let place = 0; place < slotCount; place++) {
      if (this.slotOf[place]! < oldest) continue;
      isEmpty = false;
      together.merge(this.slots[place]!);
    }
    return isEmpty ? Number.NaN : together.quantile(share) / 1000;
  }

  /** What was new has been read. */
  forget(): void {
    this.moves = new Float32Array(this.moves.length);
    this.failures = new Float32Array(this.failures.length);
    this.notes = [];
  }

  private note(note: LiveNote): void {
    this.noteCount++;
    if (this.notes.length === noteLimit) this.notes.shift();
    this.notes.push(note);
  }
}

/**
 * The timeline of one replication: counts, latencies and states window by window. Its own file because it is the one
 * place where the halves meet: what ends (`timelineEnds.ts`) and what stands (`timelineStates.ts`) on one grid of
 * windows.
 *
 * What begins and how it ends stand in the window in which it began, and latency_mean with them; throughput and the
 * percentiles stand in the window in which the answer came; states are time-averages over the window. So counts of the
 * measured windows add up to the summary exactly, and means do with their weights.
 */
import type { Observer, RunFrame, SampleMoment, SpanFact, StateView, VisitorFact } from './contract.js';
import { TimelineEnds } from './timelineEnds.js';
import { TimelineStates } from './timelineStates.js';
import { WindowGrid } from './windowGrid.js';

/**
 * One metric of one slot by window; NaN: no value in that window. `slot` is a place in the frame's names, -1 the
 * platform.
 */
export interface TimelineColumn {
  readonly scope: 'platform' | 'traffic' | 'service' | 'database';
  readonly slot: number;
  readonly metric: string;
  readonly values: Float64Array;
}

/** Windows before `firstMeasuredIndex` are warm-up; `startsUs` and `lengthsUs` have one entry per window. */
export interface TimelineColumns {
  readonly firstMeasuredIndex: number;
  readonly startsUs: Float64Array;
  readonly lengthsUs: Float64Array;
  readonly columns: readonly TimelineColumn[];
}

export class TimelineRecorder implements Observer {
  private readonly isCounted: readonly boolean[];
  private grid = new WindowGrid({ windowUs: 1, fromUs: 0, toUs: 1 });
  private ofPlatform = new TimelineEnds(this.grid);
  private ofSources: readonly TimelineEnds[] = [];
  private ofServices: readonly TimelineEnds[] = [];
  private states = new TimelineStates(this.grid);

  /** @param isCounted of each source: whether its visitors are the platform's (false: warmers, monitors) */
  constructor(isCounted: readonly boolean[]) {
    this.isCounted = isCounted;
  }

  runStarted(frame: RunFrame): void {
    const grid = new WindowGrid(frame);
    this.grid = grid;
    this.ofPlatform = new TimelineEnds(grid);
    this.ofSources = frame.sourceNames.map(() => new TimelineEnds(grid));
    this.ofServices = frame.serviceNames.map(() => new TimelineEnds(grid));
    this.states = new TimelineStates(grid);
  }

  visitorBegan(source: number, nowUs: number): void {
    this.ofSources[source]!.begin(nowUs);
    if (this.isCounted[source]) this.ofPlatform.begin(nowUs);
  }

  spanBegan(service: number, nowUs: number): void {
    this.ofServices[service]!.begin(nowUs);
  }

  visitorEnded({ source, outcome, beganUs, endedUs }: VisitorFact): void {
    this.ofSources[source]!.end(outcome, beganUs, endedUs);
    if (this.isCounted[source]) this.ofPlatform.end(outcome, beganUs, endedUs);
  }

  spanEnded({ service, outcome, beganUs, endedUs, coldKind }: SpanFact): void {
    this.ofServices[service]!.end(outcome, beganUs, endedUs);
    if (coldKind === 1) this.coldStart(service, beganUs);
  }

  spanInFlight({ service, beganUs, coldKind }: SpanFact): void {
    if (coldKind === 1) this.coldStart(service, beganUs);
  }

  sampled(state: StateView, _moment: SampleMoment): void {
    this.states.read(state);
  }

  private coldStart(service: number, beganUs: number): void {
    this.ofServices[service]!.coldStart(beganUs);
    this.ofPlatform.coldStart(beganUs);
  }

  /** What was recorded; to be asked for once, after the run. */
  columns(): TimelineColumns {
    const { grid } = this;
    const indexes = Array.from({ length: grid.windowCount }, (_, index) => index);
    return {
      firstMeasuredIndex: grid.firstMeasuredIndex,
      startsUs: Float64Array.from(indexes, (index) => grid.startUs(index)),
      lengthsUs: Float64Array.from(indexes, (index) => grid.startUs(index + 1) - grid.startUs(index)),
      columns: [
        ...this.ofPlatform.columns('platform', -1),
        ...this.states.columns('platform'),
        ...this.ofSources.flatMap((ends, slot) => ends.columns('traffic', slot)),
        ...this.ofServices.flatMap((ends, slot) => ends.columns('service', slot)),
        ...this.states.columns('service'),
        ...this.states.columns('database'),
      ],
    };
  }
}

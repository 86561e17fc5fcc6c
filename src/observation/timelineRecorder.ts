/**
 * The timeline of one replication: counts, latencies and states window by window. Its own file because it is the one
 * place where the halves meet: what ends (counted by the tally) and what stands (`timelineStates.ts`) on one grid of
 * windows.
 *
 * What begins and how it ends stand in the window in which it began, and latency_mean with them; throughput and the
 * percentiles stand in the window in which the answer came; states are time-averages over the window. So counts of the
 * measured windows add up to the summary exactly, and means do with their weights.
 */
import type { Observer, RunFrame, SampleMoment, StateView } from './contract.js';
import { endFields } from './outcomeTally.js';
import type { Tally } from './tally.js';
import { endColumns } from './timelineEnds.js';
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
  private readonly tally: Tally;
  private readonly isCounted: readonly boolean[];
  private serviceCount = 0;
  private grid = new WindowGrid({ windowUs: 1, fromUs: 0, toUs: 1 });
  private states = new TimelineStates(this.grid);

  /**
   * @param tally hears the same run, and counts by the timeline's windows
   * @param isCounted of each source: whether its visitors are the platform's (false: warmers, monitors)
   */
  constructor(tally: Tally, isCounted: readonly boolean[]) {
    this.tally = tally;
    this.isCounted = isCounted;
  }

  runStarted(frame: RunFrame): void {
    this.serviceCount = frame.serviceNames.length;
    this.grid = new WindowGrid(frame);
    this.states = new TimelineStates(this.grid);
  }

  sampled(state: StateView, _moment: SampleMoment): void {
    this.states.read(state);
  }

  /** What was recorded; to be asked for once, after the run and the tally's totals. */
  columns(): TimelineColumns {
    const { grid } = this;
    const indexes = Array.from({ length: grid.windowCount }, (_, index) => index);
    return {
      firstMeasuredIndex: grid.firstMeasuredIndex,
      startsUs: Float64Array.from(indexes, (index) => grid.startUs(index)),
      lengthsUs: Float64Array.from(indexes, (index) => grid.startUs(index + 1) - grid.startUs(index)),
      columns: [
        ...this.ofPlatform(),
        ...this.states.columns('platform'),
        ...this.isCounted.flatMap((_, source) => this.ofSource(source)),
        ...Array.from({ length: this.serviceCount }, (_, service) => this.ofService(service)).flat(),
        ...this.states.columns('service'),
        ...this.states.columns('database'),
      ],
    };
  }

  private ofPlatform(): TimelineColumn[] {
    const { visitors, spans } = this.tally;
    const services = Array.from({ length: this.serviceCount }, (_, service) => service);
    return endColumns({
      scope: 'platform',
      slot: -1,
      ends: visitors,
      slots: this.isCounted.flatMap((counts, source) => (counts ? [source] : [])),
      quantiles: visitors.quantilesTogether,
      coldStarts: spans.byWindow(services, endFields.coldStarts),
    });
  }

  private ofSource(source: number): TimelineColumn[] {
    const { visitors } = this.tally;
    const quantiles = visitors.quantiles[source]!;
    return endColumns({ scope: 'traffic', slot: source, ends: visitors, slots: [source], quantiles, coldStarts: null });
  }

  private ofService(service: number): TimelineColumn[] {
    const { spans } = this.tally;
    return endColumns({
      scope: 'service',
      slot: service,
      ends: spans,
      slots: [service],
      quantiles: spans.quantiles[service]!,
      coldStarts: spans.byWindow([service], endFields.coldStarts),
    });
  }
}

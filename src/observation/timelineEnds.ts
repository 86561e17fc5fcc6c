/**
 * Beginnings and ends by window, of the visitors of one source or of the platform, or of the spans of one service.
 * Its own file because the percentiles of a window need a histogram that is emptied at its end, and nothing else does.
 */
import { LatencyHistogram } from '../stats/histogram.js';
import { type Outcome, outcomes } from './contract.js';
import type { TimelineColumn } from './timelineRecorder.js';
import type { WindowGrid } from './windowGrid.js';

const usPerMs = 1000;
const usPerS = 1e6;

export class TimelineEnds {
  private readonly grid: WindowGrid;
  private readonly offered: Float64Array;
  private readonly ended: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  private readonly answered: Float64Array;
  private readonly latencySumUs: Float64Array;
  private readonly coldStarts: Float64Array;
  private readonly p50Us: Float64Array;
  private readonly p99Us: Float64Array;
  private readonly open = new LatencyHistogram();
  private openIndex = 0;

  constructor(grid: WindowGrid) {
    const column = (): Float64Array => new Float64Array(grid.windowCount);
    this.grid = grid;
    this.offered = column();
    this.ended = [column(), column(), column(), column()];
    this.answered = column();
    this.latencySumUs = column();
    this.coldStarts = column();
    this.p50Us = column().fill(Number.NaN);
    this.p99Us = column().fill(Number.NaN);
  }

  begin(nowUs: number): void {
    this.offered[this.grid.indexAt(nowUs)]!++;
  }

  /** Facts come in order of `endedUs`. */
  end(outcome: Outcome, beganUs: number, endedUs: number): void {
    const beganIndex = this.grid.indexAt(beganUs);
    this.ended[outcome][beganIndex]!++;
    if (outcome !== outcomes.completed) return;
    const endedIndex = this.grid.indexAt(endedUs);
    if (endedIndex !== this.openIndex) this.closeWindow(endedIndex);
    this.latencySumUs[beganIndex]! += endedUs - beganUs;
    this.answered[endedIndex]!++;
    this.open.record(endedUs - beganUs);
  }

  coldStart(beganUs: number): void {
    this.coldStarts[this.grid.indexAt(beganUs)]!++;
  }

  columns(scope: TimelineColumn['scope'], slot: number): TimelineColumn[] {
    this.closeWindow(this.openIndex);
    const { grid } = this;
    const lengthS = (index: number): number => (grid.startUs(index + 1) - grid.startUs(index)) / usPerS;
    const [completed, failed, rejected, timedOut] = this.ended;
    const column = (metric: string, values: Float64Array): TimelineColumn => ({ scope, slot, metric, values });
    const columns = [
      column('requests_offered', this.offered),
      column('requests_completed', completed),
      column('requests_failed', failed),
      column('requests_rejected', rejected),
      column('requests_timed_out', timedOut),
      column(
        'throughput',
        this.answered.map((count, index) => count / lengthS(index)),
      ),
      // 0 / 0 is NaN: a window in which nobody began has no mean.
      column(
        'latency_mean',
        this.latencySumUs.map((sumUs, index) => sumUs / usPerMs / completed[index]!),
      ),
      column(
        'latency_p50',
        this.p50Us.map((us) => us / usPerMs),
      ),
      column(
        'latency_p99',
        this.p99Us.map((us) => us / usPerMs),
      ),
    ];
    if (scope !== 'traffic') columns.push(column('cold_starts', this.coldStarts));
    return columns;
  }

  private closeWindow(nextIndex: number): void {
    if (this.open.count > 0) {
      this.p50Us[this.openIndex] = this.open.quantile(0.5);
      this.p99Us[this.openIndex] = this.open.quantile(0.99);
      this.open.clear();
    }
    this.openIndex = nextIndex;
  }
}

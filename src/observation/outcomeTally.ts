/**
 * Counts and times of what began and ended, for one kind of thing (visitors by source, spans by service, queries by
 * database): by slot and by window of a grid.
 *
 * Its own file because the three kinds are counted alike, and because everything is counted once: totals of the
 * measured time are sums over its windows, and a window's histogram is added to the total's where the window closes.
 * The numbers of a window stand side by side (one cache line), so that a beginning or an end touches one or two:
 *
 *   cells[(slot x windowCount + window) x 8 + field]
 *
 * What begins and how it ends stand in the window in which it began, answers in the window in which they came.
 */
import { LatencyHistogram } from '../stats/histogram.js';
import { type Outcome, outcomeNames, outcomes } from './contract.js';
import type { WindowGrid } from './windowGrid.js';

/** Places in a window's cells; `ended` is the first of one for each outcome. */
export const endFields = { offered: 0, ended: 1, answered: 5, latencySumUs: 6, coldStarts: 7 } as const;
const fieldCount = 8;
/** Ends that are counted together: 10 kB. */
const batchSize = 256;

/** Percentiles of the answers of one slot, by window; NaN: there were none. */
export interface WindowQuantiles {
  readonly p50Us: Float64Array;
  readonly p99Us: Float64Array;
}

/** What of the measured time is known when the run is over: one entry a slot. */
export interface OutcomeTotals {
  readonly beganCount: Float64Array;
  /** Ended, by slot and outcome: slot x 4 + outcome. */
  readonly endedCount: Float64Array;
  /** Completed inside the measured time, whenever they began. */
  readonly insideCount: Float64Array;
  readonly coldStartCount: Float64Array;
  readonly coldWaitCount: Float64Array;
  readonly waitSumUs: Float64Array;
  readonly waitCount: Float64Array;
  /** Completed within each threshold, by slot: slot x threshold count + threshold. */
  readonly withinCount: Float64Array;
  readonly latencies: readonly LatencyHistogram[];
}

export interface OutcomePlan {
  readonly slotCount: number;
  readonly grid: WindowGrid;
  readonly thresholdsUs: readonly number[];
  /** Whether each window's percentiles are wanted, and of which slots those of all together; null: not at all. */
  readonly together: readonly boolean[] | null;
}

export class OutcomeTally {
  readonly grid: WindowGrid;
  /** Of the slots that are counted together; without entries unless percentiles are wanted. */
  readonly quantilesTogether: WindowQuantiles;
  readonly quantiles: readonly WindowQuantiles[];
  private readonly slotCount: number;
  private readonly windowCount: number;
  private readonly firstMeasured: number;
  private readonly thresholdsUs: readonly number[];
  private readonly together: readonly boolean[] | null;
  private readonly cells: Float64Array;
  private readonly latencies: LatencyHistogram[];
  /** Of the open window: answers to what began in the measured time, and to what began before. */
  private readonly open: LatencyHistogram[];
  private readonly openEarly: LatencyHistogram[];
  private openIndex = 0;
  private openFromUs = 0;
  private openToUs: number;
  /** By slot: what began in the window that is begun in, until its end. */
  private readonly begun: Float64Array;
  private begunIndex = 0;
  private begunToUs: number;
  private batchCount = 0;
  /** By end: its slot, and outcome + 4 x coldKind; beganUs, endedUs and waitUs. */
  private readonly batchWords = new Int32Array(2 * batchSize);
  private readonly batchTimes = new Float64Array(3 * batchSize);
  /** Answered at the end of the run, outside the measured time. */
  private readonly lateCount: Float64Array;
  /** By slot: the sum of the waits, and how many there were. */
  private readonly waits: Float64Array;
  private readonly coldWaitCount: Float64Array;
  private readonly withinCount: Float64Array;

  constructor({ slotCount, grid, thresholdsUs, together }: OutcomePlan) {
    const column = (): Float64Array => new Float64Array(slotCount);
    const histograms = (): LatencyHistogram[] => Array.from({ length: slotCount }, () => new LatencyHistogram());
    const quantiles = (): WindowQuantiles => ({
      p50Us: new Float64Array(grid.windowCount).fill(Number.NaN),
      p99Us: new Float64Array(grid.windowCount).fill(Number.NaN),
    });
    this.grid = grid;
    this.slotCount = slotCount;
    this.windowCount = grid.windowCount;
    this.firstMeasured = grid.firstMeasuredIndex;
    this.thresholdsUs = thresholdsUs;
    this.together = together;
    this.cells = new Float64Array(slotCount * grid.windowCount * fieldCount);
    this.latencies = histograms();
    this.open = together ? histograms() : this.latencies;
    this.openEarly = histograms();
    this.quantilesTogether = quantiles();
    this.quantiles = together ? Array.from({ length: slotCount }, quantiles) : [];
    this.lateCount = column();
    this.waits = new Float64Array(2 * slotCount);
    this.begun = column();
    this.openToUs = grid.endUs(0);
    this.begunToUs = grid.endUs(0);
    this.coldWaitCount = column();
    this.withinCount = new Float64Array(slotCount * thresholdsUs.length);
  }

  begin(slot: number, nowUs: number): void {
    if (nowUs >= this.begunToUs) this.turnBegun(nowUs);
    this.begun[slot]!++;
  }

  /**
   * Told in order of `endedUs`; counted later, many at once, when all that it touches is at hand.
   *
   * @param coldKind as of a `SpanFact`
   * @param waitUs < 0: it never waited anywhere
   */
  end(slot: number, outcome: Outcome, coldKind: 0 | 1 | 2, beganUs: number, endedUs: number, waitUs: number): void {
    const { batchCount: place, batchTimes: times } = this;
    this.batchWords[2 * place] = slot;
    this.batchWords[2 * place + 1] = outcome + 4 * coldKind;
    times[3 * place] = beganUs;
    times[3 * place + 1] = endedUs;
    times[3 * place + 2] = waitUs;
    this.batchCount = place + 1;
    if (place + 1 === batchSize) this.countBatch();
  }

  /** One that has not ended when the run does: how it started is known. */
  start(slot: number, coldKind: 0 | 1 | 2, beganUs: number, waitUs: number): void {
    this.countStart(slot, this.grid.indexAt(beganUs), coldKind, waitUs);
  }

  private countStart(slot: number, beganIndex: number, coldKind: number, waitUs: number): void {
    const isMeasured = beganIndex >= this.firstMeasured;
    if (isMeasured && waitUs >= 0) {
      this.waits[2 * slot]! += waitUs;
      this.waits[2 * slot + 1]!++;
    }
    if (coldKind === 1) this.cells[this.cellOf(slot, beganIndex) + endFields.coldStarts]!++;
    else if (coldKind === 2 && isMeasured) this.coldWaitCount[slot]!++;
  }

  private countBatch(): void {
    const { batchCount, batchWords: words, batchTimes: times, cells, grid, windowCount, firstMeasured } = this;
    this.batchCount = 0;
    for (let i = 0; i < batchCount; i++) {
      const slot = words[2 * i]!;
      const outcome = words[2 * i + 1]! & 3;
      const coldKind = words[2 * i + 1]! >> 2;
      const beganUs = times[3 * i]!;
      const endedUs = times[3 * i + 1]!;
      if (endedUs >= this.openToUs) this.closeWindow(endedUs);
      const beganIndex = beganUs >= this.openFromUs ? this.openIndex : grid.indexAt(beganUs);
      const isMeasured = beganIndex >= firstMeasured;
      const began = (slot * windowCount + beganIndex) * fieldCount;
      cells[began + endFields.ended + outcome]!++;
      this.countStart(slot, beganIndex, coldKind, times[3 * i + 2]!);
      if (outcome === outcomes.completed) this.answer(slot, beganIndex, isMeasured, endedUs - beganUs, endedUs);
    }
  }

  private answer(slot: number, beganIndex: number, isMeasured: boolean, latencyUs: number, endedUs: number): void {
    const { cells } = this;
    const row = slot * this.windowCount;
    cells[(row + this.openIndex) * fieldCount + endFields.answered]!++;
    cells[(row + beganIndex) * fieldCount + endFields.latencySumUs]! += latencyUs;
    if (endedUs >= this.grid.toUs) this.lateCount[slot]!++;
    if (!isMeasured) {
      if (this.together !== null) this.openEarly[slot]!.record(latencyUs);
      return;
    }
    this.open[slot]!.record(latencyUs);
    const { thresholdsUs } = this;
    for (let k = 0; k < thresholdsUs.length; k++)
      if (latencyUs <= thresholdsUs[k]!) this.withinCount[slot * thresholdsUs.length + k]!++;
  }

  /** A field by window, summed over some slots. */
  byWindow(slots: readonly number[], field: number): Float64Array {
    const column = new Float64Array(this.windowCount);
    for (const slot of slots)
      for (let index = 0; index < this.windowCount; index++)
        column[index]! += this.cells[this.cellOf(slot, index) + field]!;
    return column;
  }

  /** To be asked when the run is over. */
  totals(): OutcomeTotals {
    this.countBatch();
    this.closeWindow(this.openFromUs);
    this.turnBegun(this.grid.startUs(this.begunIndex));
    const measured = (field: number): Float64Array =>
      Float64Array.from({ length: this.slotCount }, (_, slot) => {
        let sum = 0;
        for (let index = this.firstMeasured; index < this.windowCount; index++)
          sum += this.cells[this.cellOf(slot, index) + field]!;
        return sum;
      });
    const ended = outcomeNames.map((_, outcome) => measured(endFields.ended + outcome));
    return {
      beganCount: measured(endFields.offered),
      endedCount: Float64Array.from(
        { length: this.slotCount * outcomeNames.length },
        (_, place) => ended[place % outcomeNames.length]![Math.floor(place / outcomeNames.length)]!,
      ),
      insideCount: measured(endFields.answered).map((count, slot) => count - this.lateCount[slot]!),
      coldStartCount: measured(endFields.coldStarts),
      coldWaitCount: this.coldWaitCount,
      waitSumUs: this.lateCount.map((_, slot) => this.waits[2 * slot]!),
      waitCount: this.lateCount.map((_, slot) => this.waits[2 * slot + 1]!),
      withinCount: this.withinCount,
      latencies: this.latencies,
    };
  }

  /** What began in the window that is over goes to its cells; the window of `nowUs` is begun in. */
  private turnBegun(nowUs: number): void {
    const { begun, cells, begunIndex } = this;
    for (let slot = 0; slot < begun.length; slot++)
      cells[this.cellOf(slot, begunIndex) + endFields.offered]! += begun[slot]!;
    begun.fill(0);
    this.begunIndex = this.grid.indexAt(nowUs);
    this.begunToUs = this.grid.endUs(this.begunIndex);
  }

  /**
   * Reads the open window's percentiles and adds its latencies to the totals, in every slot at once; opens the window
   * of `nowUs`.
   */
  private closeWindow(nowUs: number): void {
    const index = this.openIndex;
    this.openIndex = this.grid.indexAt(nowUs);
    this.openFromUs = this.grid.startUs(this.openIndex);
    this.openToUs = this.grid.endUs(this.openIndex);
    const { together } = this;
    if (together === null) return;
    const counted = together.flatMap((counts, slot) => (counts ? [slot] : []));
    const all = counted.length === 1 ? this.open[counted[0]!]! : new LatencyHistogram();
    for (let slot = 0; slot < this.slotCount; slot++) {
      const open = this.open[slot]!;
      const early = this.openEarly[slot]!;
      if (open.count > 0) this.latencies[slot]!.merge(open);
      if (early.count > 0) open.merge(early);
      if (open.count === 0) continue;
      readQuantiles(this.quantiles[slot]!, index, open);
      if (together[slot] && all !== open) all.merge(open);
    }
    if (all.count > 0) readQuantiles(this.quantilesTogether, index, all);
    for (let slot = 0; slot < this.slotCount; slot++) {
      this.open[slot]!.clear();
      this.openEarly[slot]!.clear();
    }
  }

  private cellOf(slot: number, index: number): number {
    return (slot * this.windowCount + index) * fieldCount;
  }
}

function readQuantiles({ p50Us, p99Us }: WindowQuantiles, index: number, histogram: LatencyHistogram): void {
  p50Us[index] = histogram.quantile(0.5);
  p99Us[index] = histogram.quantile(0.99);
}

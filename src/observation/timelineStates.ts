/**
 * States by window: the growth of each integral between two samples over the time between them, so that a window's
 * value is its time-average. Its own file because it never sees a fact, only the samples at the windows' ends.
 */
import type { StateView } from './contract.js';
import type { TimelineColumn } from './timelineRecorder.js';
import type { WindowGrid } from './windowGrid.js';

type Owner = 'service' | 'database' | 'platform';

/** A state's integral by slot; over `per`, or over the length of the window. */
interface StateMetric {
  readonly owner: Owner;
  readonly metric: string;
  readonly area: (state: StateView) => Float64Array;
  readonly per?: (state: StateView) => Float64Array;
}

const metrics: readonly StateMetric[] = [
  { owner: 'service', metric: 'queue_mean', area: (state) => state.service.queueAreaUs },
  { owner: 'service', metric: 'in_system_mean', area: (state) => state.service.inSystemAreaUs },
  {
    owner: 'service',
    metric: 'utilisation',
    area: (state) => state.service.cpuUsedUs,
    per: (state) => state.service.cpuReadyUs,
  },
  { owner: 'service', metric: 'instances_mean', area: (state) => state.service.instanceAreaUs },
  { owner: 'database', metric: 'queue_mean', area: (state) => state.database.queueAreaUs },
  { owner: 'database', metric: 'in_system_mean', area: (state) => state.database.inSystemAreaUs },
  { owner: 'platform', metric: 'nodes_mean', area: (state) => state.pool.nodeAreaUs },
];

/** Growth of one metric's integrals, by slot and window. */
interface Growth {
  readonly metric: StateMetric;
  readonly areaUs: readonly Float64Array[];
  readonly perUs: readonly Float64Array[];
}

export class TimelineStates {
  private readonly grid: WindowGrid;
  private growths: readonly Growth[] = [];
  private lastUs = 0;

  constructor(grid: WindowGrid) {
    this.grid = grid;
  }

  /** Integrals start at 0 at clock 0. Samples at one instant after the first add nothing. */
  read(state: StateView): void {
    if (this.growths.length === 0) this.growths = metrics.map((metric) => this.growth(metric, state));
    const { nowUs } = state;
    if (nowUs <= this.lastUs) return;
    const index = this.grid.indexAt(this.lastUs);
    for (const { metric, areaUs, perUs } of this.growths) {
      this.add(areaUs, metric.area(state), index);
      if (metric.per) this.add(perUs, metric.per(state), index);
    }
    this.lastUs = nowUs;
  }

  columns(owner: Owner): TimelineColumn[] {
    const result: TimelineColumn[] = [];
    for (const { metric, areaUs, perUs } of this.growths) {
      const column = (slot: number, area: readonly Float64Array[], per: readonly Float64Array[]): void => {
        if (area.length > 0)
          result.push({ scope: owner, slot, metric: metric.metric, values: this.means(area, metric.per ? per : null) });
      };
      // The platform's is the sum over its services (its pools, for nodes).
      if (owner === 'platform' && metric.owner !== 'database') column(-1, areaUs, perUs);
      else if (owner === metric.owner)
        areaUs.forEach((area, slot) => {
          column(slot, [area], perUs.slice(slot, slot + 1));
        });
    }
    return result;
  }

  private growth(metric: StateMetric, state: StateView): Growth {
    const columns = (): Float64Array[] =>
      Array.from(metric.area(state), () => new Float64Array(this.grid.windowCount + 1));
    return { metric, areaUs: columns(), perUs: metric.per ? columns() : [] };
  }

  /** Each column's extra last entry holds the integral at the last sample. */
  private add(columns: readonly Float64Array[], integrals: Float64Array, index: number): void {
    const last = this.grid.windowCount;
    for (let slot = 0; slot < columns.length; slot++) {
      const column = columns[slot]!;
      const integral = integrals[slot]!;
      column[index]! += integral - column[last]!;
      column[last] = integral;
    }
  }

  private means(areaUs: readonly Float64Array[], perUs: readonly Float64Array[] | null): Float64Array {
    const { grid } = this;
    const total = (columns: readonly Float64Array[], index: number): number =>
      columns.reduce((sum, column) => sum + column[index]!, 0);
    return Float64Array.from({ length: grid.windowCount }, (_, index) => {
      const divisor = perUs ? total(perUs, index) : grid.startUs(index + 1) - grid.startUs(index);
      return total(areaUs, index) / divisor; // 0 / 0 is NaN: without ready CPU there is no utilisation.
    });
  }
}

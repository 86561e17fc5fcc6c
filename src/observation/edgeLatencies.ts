/**
 * How long calls take, by who calls whom: a histogram for each pair of a service that calls and a service or database
 * that answers. Its own file because a span does not know its caller while it runs: only when its visitor leaves are
 * all of his spans known, and with them who asked for which.
 *
 * Checked by test/observation/traceRecorder.test.ts on runs whose times are known by hand.
 */
import { LatencyHistogram } from '../stats/histogram.js';

/** The p99 of calls that were completed, from one service to another or to a database; positions in the model. */
export interface EdgeLatency {
  readonly caller: number;
  readonly isQuery: boolean;
  readonly target: number;
  readonly p99Us: number;
}

/** Room for so many services and databases each in a pair's key. */
const mostTargets = 2 ** 20;

export class EdgeLatencies {
  private readonly histograms = new Map<number, LatencyHistogram>();
  /** By row of a span: the service that it is of, of the visitor whose spans are gone through. */
  private services = new Int32Array(256);

  /** A span, told after all that it called: those that follow with its row as their parent's were called by it. */
  hearCaller(row: number, service: number): void {
    if (row >= this.services.length) {
      const grown = new Int32Array(Math.max(row + 1, 2 * this.services.length));
      grown.set(this.services);
      this.services = grown;
    }
    this.services[row] = service;
  }

  /** One completed call by the span of that row. */
  record(parentRow: number, isQuery: boolean, target: number, latencyUs: number): void {
    const key = (this.services[parentRow]! * 2 + (isQuery ? 1 : 0)) * mostTargets + target;
    let histogram = this.histograms.get(key);
    if (!histogram) {
      histogram = new LatencyHistogram();
      this.histograms.set(key, histogram);
    }
    histogram.record(latencyUs);
  }

  /** In the order of callers, then of who is called. */
  all(): EdgeLatency[] {
    return [...this.histograms]
      .sort(([a], [b]) => a - b)
      .map(([key, histogram]) => {
        const pair = Math.floor(key / mostTargets);
        const p99Us = histogram.quantile(0.99);
        return { caller: pair >> 1, isQuery: pair % 2 === 1, target: key % mostTargets, p99Us };
      });
  }
}

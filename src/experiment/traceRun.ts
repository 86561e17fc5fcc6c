/**
 * One replication of one platform again, to look closely: a single visitor with his spans, or everything between two
 * moments. Its own file because a trace simulates what a comparison already has, only to watch it: the same seed gives
 * the same visitors and the same events. Checked by test/cli/trace.test.ts.
 */
import { startRun } from '../engine/run.js';
import type { CompiledScenario } from '../model/compiled.js';
import { EventLog } from '../observation/eventLog.js';
import { type RequestColumns, RequestLog } from '../observation/requestLog.js';
import { TraceRecorder } from '../observation/traceRecorder.js';
import type { EventRow, VisitResult } from './contract.js';
import { eventRows } from './series.js';
import { visitResult } from './visits.js';

export interface TraceOrder {
  /** Place of the platform in the compiled scenario. */
  readonly platform: number;
  /** From 0. */
  readonly replicationIndex: number;
  /** Place of the source, and the visitor's number within it; null: nobody in particular. */
  readonly visitor: { readonly source: number; readonly visitorNumber: number } | null;
}

export interface TraceFindings {
  /** Null where nobody of that number came, or he was still inside at the end. */
  readonly visit: VisitResult | null;
  readonly events: readonly EventRow[];
  readonly omittedCount: number;
  readonly sourceNames: readonly string[];
  /** Every visitor who began in the measured time and left before the end. */
  readonly requests: RequestColumns;
}

const eventsPerSlice = 250_000;

/** Runs to the end, or until the visitor who is asked for has left. */
export function runTrace(compiled: CompiledScenario, order: TraceOrder): TraceFindings {
  const { platform: place, replicationIndex, visitor } = order;
  const platform = compiled.platforms[place]!; // The caller took the place from this list.
  const { model } = platform;
  const isCounted = model.traffic.map((source) => source.isCounted);
  const traces = new TraceRecorder({ isCounted, withExtremes: false, ...(visitor ? { wanted: visitor } : {}) });
  const log = new EventLog(400_000);
  const requests = new RequestLog();
  const run = startRun(model, { replicationIndex }, visitor ? [traces, log] : [log, requests]);
  while (!run.advance({ eventLimit: eventsPerSlice }).isDone) if (traces.wanted) break;
  return {
    visit: traces.wanted && visitResult(platform, traces.wanted, 'wanted'),
    events: eventRows(model, replicationIndex + 1, log).rows,
    omittedCount: log.omittedCount,
    sourceNames: model.traffic.map(({ name }) => name),
    requests: requests.columns(),
  };
}

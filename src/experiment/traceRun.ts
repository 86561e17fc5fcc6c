/**
 * One replication of one platform again, to look closely: a single visitor with his spans, or everything between two
 * moments. Its own file because a trace simulates what a comparison already has, only to watch it: the same seed gives
 * the same visitors and the same events. Checked by test/cli/trace.test.ts.
 */
import { type Run, startRun } from '../engine/run.js';
import type { CompiledScenario } from '../model/compiled.js';
import { EventLog } from '../observation/eventLog.js';
import { type RequestColumns, RequestLog } from '../observation/requestLog.js';
import { TraceRecorder } from '../observation/traceRecorder.js';
import type { EventRow, VisitResult } from './contract.js';
import { eventRows } from './series.js';
import { SpanBill, type TracedBill, VisitBill } from './traceBill.js';
import { visitResult } from './visits.js';

export interface TraceOrder {
  /** Place of the platform in the compiled scenario. */
  readonly platform: number;
  /** From 0. */
  readonly replicationIndex: number;
  /** Place of the source, and the visitor's number within it; null: nobody in particular. */
  readonly visitor: { readonly source: number; readonly visitorNumber: number } | null;
  /** The span that is billed where nobody in particular is followed; microseconds from clock 0. */
  readonly window: { readonly fromUs: number; readonly toUs: number } | null;
}

export interface TraceFindings {
  /** Null where nobody of that number came, or he was still inside at the end. */
  readonly visit: VisitResult | null;
  /** Of the visitor, or of the window; null where there is none. */
  readonly bill: TracedBill | null;
  readonly events: readonly EventRow[];
  readonly omittedCount: number;
  readonly sourceNames: readonly string[];
  /** Every visitor who began in the measured time and left before the end. */
  readonly requests: RequestColumns;
}

const eventsPerSlice = 250_000;

/** Runs to the end, or until the visitor who is asked for has left. */
export function runTrace(compiled: CompiledScenario, order: TraceOrder): TraceFindings {
  const { platform: place, replicationIndex, visitor, window } = order;
  const platform = compiled.platforms[place]!; // The caller took the place from this list.
  const { model, billing } = platform;
  const isCounted = model.traffic.map((source) => source.isCounted);
  const traces = new TraceRecorder({ isCounted, withExtremes: false, ...(visitor ? { wanted: visitor } : {}) });
  const log = new EventLog(400_000);
  const requests = new RequestLog();
  const ofSpan = window ? new SpanBill(billing) : null;
  const observers = visitor ? [traces, log] : [log, requests, ...(ofSpan ? [ofSpan.meters] : [])];
  const run = startRun(model, { replicationIndex }, observers);
  let bill: TracedBill | null = null;
  if (window && ofSpan) {
    advance(run, window.fromUs);
    ofSpan.begin(window.fromUs);
    advance(run, window.toUs);
    bill = ofSpan.end(Math.min(window.toUs, model.warmupUs + model.durationUs));
  }
  while (!run.advance({ eventLimit: eventsPerSlice }).isDone) if (traces.wanted) break;
  const { wanted } = traces;
  if (wanted) {
    const ofVisit = new VisitBill(billing, wanted);
    advance(startRun(model, { replicationIndex }, [ofVisit.observer]), wanted.endedUs + 1);
    bill = ofVisit.bill();
  }
  return {
    visit: wanted && visitResult(platform, wanted, 'wanted'),
    bill,
    events: eventRows(model, replicationIndex + 1, log).rows,
    omittedCount: log.omittedCount,
    sourceNames: model.traffic.map(({ name }) => name),
    requests: requests.columns(),
  };
}

/** Everything before that moment. */
function advance(run: Run, untilUs: number): void {
  run.advance({ untilUs, eventLimit: Number.MAX_SAFE_INTEGER });
}

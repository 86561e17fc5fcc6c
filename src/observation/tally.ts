/**
 * The tally of a run: how many visitors, spans and queries there were, how they ended, how long they took and waited.
 * Its own file because it is what every metric of requests is read from; states are `stateRecorder.ts`.
 *
 * Only what began in the measured time counts, save completions inside it, which count whenever they began. Where a
 * timeline is wanted the same counts are kept by its windows, else for the warm-up and the measured time.
 * Nothing is allocated per fact. Checked by hand-made facts in test/observation.
 */
import type { Observer, QueryFact, RunFrame, SpanFact, VisitorFact } from './contract.js';
import { OutcomeTally, type OutcomeTotals } from './outcomeTally.js';
import { WindowGrid } from './windowGrid.js';

export interface TallyPlan {
  /** Durations some objective names with `within(...)`: completed in at most that time. */
  readonly thresholdsUs?: readonly number[];
  /** Of each source, where a timeline is wanted: whether its visitors are the platform's (false: warmers, monitors). */
  readonly timelineOf?: readonly boolean[];
}

export interface TallyTotals {
  readonly visitors: OutcomeTotals;
  readonly spans: OutcomeTotals;
  readonly queries: OutcomeTotals;
}

const nothing = new WindowGrid({ windowUs: 1, fromUs: 0, toUs: 1 });

export class Tally implements Observer {
  visitors = new OutcomeTally({ slotCount: 0, grid: nothing, thresholdsUs: [], together: null });
  spans = this.visitors;
  private queries = this.visitors;
  private readonly thresholdsUs: readonly number[];
  private readonly timelineOf: readonly boolean[] | null;

  constructor({ thresholdsUs = [], timelineOf }: TallyPlan = {}) {
    this.thresholdsUs = thresholdsUs;
    this.timelineOf = timelineOf ?? null;
  }

  runStarted({ sourceNames, serviceNames, databaseNames, fromUs, toUs, windowUs }: RunFrame): void {
    const { thresholdsUs, timelineOf } = this;
    const grid = (): WindowGrid => new WindowGrid({ windowUs: timelineOf ? windowUs : toUs, fromUs, toUs });
    const none = timelineOf ? [] : null;
    this.visitors = new OutcomeTally({
      slotCount: sourceNames.length,
      grid: grid(),
      thresholdsUs,
      together: timelineOf,
    });
    this.spans = new OutcomeTally({ slotCount: serviceNames.length, grid: grid(), thresholdsUs, together: none });
    const whole = new WindowGrid({ windowUs: toUs, fromUs, toUs });
    this.queries = new OutcomeTally({
      slotCount: databaseNames.length,
      grid: whole,
      thresholdsUs: [],
      together: null,
    });
  }

  visitorBegan(source: number, nowUs: number): void {
    this.visitors.begin(source, nowUs);
  }

  spanBegan(service: number, nowUs: number): void {
    this.spans.begin(service, nowUs);
  }

  queryBegan(database: number, nowUs: number): void {
    this.queries.begin(database, nowUs);
  }

  visitorEnded({ source, outcome, beganUs, endedUs }: VisitorFact): void {
    this.visitors.end(source, outcome, 0, beganUs, endedUs, -1);
  }

  spanEnded({ service, outcome, coldKind, beganUs, endedUs, waitUs }: SpanFact): void {
    this.spans.end(service, outcome, coldKind, beganUs, endedUs, waitUs);
  }

  queryEnded({ database, outcome, beganUs, endedUs, waitUs }: QueryFact): void {
    this.queries.end(database, outcome, 0, beganUs, endedUs, waitUs);
  }

  /** It has not ended, but may have begun: its wait and its start are known. */
  spanInFlight({ service, coldKind, beganUs, waitUs }: SpanFact): void {
    this.spans.start(service, coldKind, beganUs, waitUs);
  }

  queryInFlight({ database, beganUs, waitUs }: QueryFact): void {
    this.queries.start(database, 0, beganUs, waitUs);
  }

  /** To be asked when the run is over. */
  totals(): TallyTotals {
    return { visitors: this.visitors.totals(), spans: this.spans.totals(), queries: this.queries.totals() };
  }
}

/**
 * The tally of a run: how many visitors, spans and queries there were, how they ended, how long they took and waited.
 * Its own file because it is what every metric of requests is read from; states are `stateRecorder.ts`.
 *
 * Only what began in the measured time counts, save completions inside it, which count whenever they began.
 * Nothing is allocated per fact. Checked by hand-made facts in test/observation.
 */
import { type Observer, outcomes, type QueryFact, type RunFrame, type SpanFact, type VisitorFact } from './contract.js';
import { OutcomeTally } from './outcomeTally.js';

export class Tally implements Observer {
  visitors = new OutcomeTally(0);
  spans = new OutcomeTally(0);
  queries = new OutcomeTally(0);
  /** By service: spans for which an environment was started, and spans that joined one still starting. */
  coldStartCount = new Float64Array(0);
  coldWaitCount = new Float64Array(0);
  private readonly thresholdsUs: readonly number[];
  private fromUs = 0;
  private toUs = 0;

  /** @param thresholdsUs durations some objective names with `within(...)`: completed in at most that time */
  constructor(thresholdsUs: readonly number[]) {
    this.thresholdsUs = thresholdsUs;
  }

  runStarted(frame: RunFrame): void {
    this.visitors = new OutcomeTally(frame.sourceNames.length, this.thresholdsUs);
    this.spans = new OutcomeTally(frame.serviceNames.length, this.thresholdsUs);
    this.queries = new OutcomeTally(frame.databaseNames.length);
    this.coldStartCount = new Float64Array(frame.serviceNames.length);
    this.coldWaitCount = new Float64Array(frame.serviceNames.length);
    this.fromUs = frame.fromUs;
    this.toUs = frame.toUs;
  }

  visitorBegan(source: number, _nowUs: number, isMeasured: boolean): void {
    if (isMeasured) this.visitors.beganCount[source]!++;
  }

  spanBegan(service: number, _nowUs: number, isMeasured: boolean): void {
    if (isMeasured) this.spans.beganCount[service]!++;
  }

  queryBegan(database: number, _nowUs: number, isMeasured: boolean): void {
    if (isMeasured) this.queries.beganCount[database]!++;
  }

  visitorEnded({ source, outcome, beganUs, endedUs, isMeasured }: VisitorFact): void {
    if (outcome === outcomes.completed && this.isInside(endedUs)) this.visitors.insideCount[source]!++;
    if (isMeasured) this.visitors.end(source, outcome, endedUs - beganUs);
  }

  spanEnded({ service, outcome, beganUs, endedUs, waitUs, coldKind, isMeasured }: SpanFact): void {
    if (outcome === outcomes.completed && this.isInside(endedUs)) this.spans.insideCount[service]!++;
    if (!isMeasured) return;
    this.spans.end(service, outcome, endedUs - beganUs);
    this.start(service, waitUs, coldKind);
  }

  /** It has not ended, but may have begun: its wait and its start are known. */
  spanInFlight({ service, waitUs, coldKind, isMeasured }: SpanFact): void {
    if (isMeasured) this.start(service, waitUs, coldKind);
  }

  queryInFlight({ database, waitUs, isMeasured }: QueryFact): void {
    if (isMeasured && waitUs >= 0) this.queries.wait(database, waitUs);
  }

  queryEnded({ database, outcome, beganUs, endedUs, waitUs, isMeasured }: QueryFact): void {
    if (outcome === outcomes.completed && this.isInside(endedUs)) this.queries.insideCount[database]!++;
    if (!isMeasured) return;
    this.queries.end(database, outcome, endedUs - beganUs);
    if (waitUs >= 0) this.queries.wait(database, waitUs);
  }

  private start(service: number, waitUs: number, coldKind: number): void {
    if (waitUs >= 0) this.spans.wait(service, waitUs);
    if (coldKind === 1) this.coldStartCount[service]!++;
    else if (coldKind === 2) this.coldWaitCount[service]!++;
  }

  private isInside(nowUs: number): boolean {
    return nowUs >= this.fromUs && nowUs < this.toUs;
  }
}

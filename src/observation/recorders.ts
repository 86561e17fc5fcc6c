/**
 * The recorders of a replication as one observer: the engine tells each fact once, and it goes on to whoever counts it.
 *
 * Its own file because of what it saves: a call through a list of unlike observers is looked up anew at every fact,
 * while here each recorder is a field of one class, so that V8 puts their code in line. What it gains stands in
 * docs/performance.md. Checked through every metric: test/experiment and the conformance families.
 */
import type {
  InstanceFact,
  NodeFact,
  NoteFact,
  Observer,
  QueryFact,
  RunFrame,
  SampleMoment,
  SpanFact,
  StateView,
  VisitorFact,
} from './contract.js';
import type { Incidents } from './incidents.js';
import type { LatencySeries } from './latencySeries.js';
import type { StateRecorder } from './stateRecorder.js';
import type { Tally } from './tally.js';
import type { TimelineRecorder } from './timelineRecorder.js';
import type { TraceRecorder } from './traceRecorder.js';

export interface RecorderList {
  readonly tally: Tally;
  readonly states: StateRecorder;
  readonly series: LatencySeries;
  readonly incidents: Incidents;
  /** Where they are wanted; else null. */
  readonly timeline: TimelineRecorder | null;
  readonly traces: TraceRecorder | null;
}

/** Observers that tell all of `list` everything. */
export function hearTogether(list: RecorderList): readonly Observer[] {
  const { traces } = list;
  const together = new Recorders(list);
  // Whether anybody listens to traces is seen by the method being there.
  return traces === null ? [together] : [together, { traced: (fact) => traces.traced(fact) }];
}

class Recorders implements Observer {
  private readonly tally: Tally;
  private readonly states: StateRecorder;
  private readonly series: LatencySeries;
  private readonly incidents: Incidents;
  private readonly timeline: TimelineRecorder | null;
  private readonly traces: TraceRecorder | null;

  constructor({ tally, states, series, incidents, timeline, traces }: RecorderList) {
    this.tally = tally;
    this.states = states;
    this.series = series;
    this.incidents = incidents;
    this.timeline = timeline;
    this.traces = traces;
  }

  runStarted(frame: RunFrame): void {
    this.tally.runStarted(frame);
    this.series.runStarted(frame);
    this.timeline?.runStarted(frame);
  }

  visitorBegan(source: number, nowUs: number): void {
    this.tally.visitorBegan(source, nowUs);
  }

  spanBegan(service: number, nowUs: number): void {
    this.tally.spanBegan(service, nowUs);
  }

  queryBegan(database: number, nowUs: number): void {
    this.tally.queryBegan(database, nowUs);
  }

  visitorEnded(fact: VisitorFact): void {
    this.tally.visitorEnded(fact);
    this.series.visitorEnded(fact);
    if (this.traces !== null) this.traces.visitorEnded(fact);
  }

  spanEnded(fact: SpanFact): void {
    this.tally.spanEnded(fact);
    this.incidents.spanEnded(fact);
  }

  queryEnded(fact: QueryFact): void {
    this.tally.queryEnded(fact);
  }

  spanInFlight(fact: SpanFact): void {
    this.tally.spanInFlight(fact);
  }

  queryInFlight(fact: QueryFact): void {
    this.tally.queryInFlight(fact);
  }

  instanceChanged(fact: InstanceFact): void {
    this.states.instanceChanged(fact);
    this.incidents.instanceChanged(fact);
  }

  nodeChanged(fact: NodeFact): void {
    this.states.nodeChanged(fact);
  }

  noted(fact: NoteFact): void {
    this.incidents.noted(fact);
  }

  sampled(state: StateView, moment: SampleMoment): void {
    this.states.sampled(state, moment);
    this.timeline?.sampled(state, moment);
  }

  runEnded(nowUs: number): void {
    this.incidents.runEnded(nowUs);
  }
}

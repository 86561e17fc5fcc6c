/**
 * The state of a run: tables, queue, clock, and what every handler needs to reach. No behaviour beyond scheduling.
 */
import { EventQueue } from '../kernel/eventQueue.js';
import type { Model } from '../model/contract.js';
import type {
  InstanceFact,
  InstancePhase,
  InvocationFact,
  MessageFact,
  NodeFact,
  NoteFact,
  Observer,
  QueryFact,
  SpanFact,
  StateView,
  TraceFact,
  VisitorFact,
} from '../observation/contract.js';
import { Draws } from '../random/draws.js';
import { ConnectionPools } from './connectionPools.js';
import { DirectVisits } from './directVisits.js';
import { kindBits, rankOfKind } from './eventKinds.js';
import { FiberTable, fiberStates } from './fibers.js';
import { CallGuards } from './guardTable.js';
import { InstanceTable } from './instanceTable.js';
import { Lanes } from './lanes.js';
import { Measures } from './measures.js';
import { MessageLine, MessageQueues } from './messageTable.js';
import { NodeFleet, type NodeState } from './nodeFleet.js';
import { NodeShares } from './nodeShares.js';
import { compileProgram, type Program } from './program.js';
import { DatabaseState, ServiceState } from './services.js';
import { SourceState } from './sources.js';
import { InstantWatch } from './standstill.js';
import { noTrace } from './traces.js';
import { VisitorTable } from './visitors.js';
import { ZoneWays } from './zones.js';

/** Why a run was stopped before its end, or what weakens its numbers. */
export interface RunWarning {
  readonly code: string;
  readonly message: string;
}

export class RunState {
  readonly model: Model;
  readonly replicationIndex: number;
  readonly program: Program;
  readonly queue = new EventQueue();
  readonly lanes = new Lanes(this);
  readonly fibers = new FiberTable();
  readonly visitors = new VisitorTable();
  readonly direct = new DirectVisits();
  readonly instances = new InstanceTable();
  readonly measures: Measures;
  readonly services: ServiceState[];
  readonly databases: DatabaseState[];
  readonly sources: SourceState[];
  readonly nodes: NodeFleet;
  readonly pools: ConnectionPools;
  /** What queues hold; null where there are none. */
  readonly messages: MessageQueues | null;
  /** Breakers and retry budgets of calls; null where no call has any. */
  readonly guards: CallGuards | null;
  /** The ways of calls between zones; null where zones make no difference. */
  readonly zones: ZoneWays | null;
  /** Who shares which node's CPUs; null where nobody may use more than he requested. */
  readonly nodeShares: NodeShares | null;
  /** Moved from place to place for visitors' draws. */
  readonly draws = new Draws();
  readonly fromUs: number;
  readonly toUs: number;
  nowUs = 0;
  /** Jobs started so far: orders jobs of equal finish. */
  jobCount = 0;
  /** Slots taken so far: orders those who took theirs at the same instant. */
  startCount = 0;
  accountInFlight = 0;
  /** Instances that hang; and which of them, or of the slow ones, each fault in force has struck, by its place. */
  hungCount = 0;
  readonly lostNodes = new Map<number, readonly NodeState[]>();
  readonly slowed = new Map<number, readonly { readonly row: number; readonly startedUs: number }[]>();
  readonly hanging = new Map<number, readonly { readonly row: number; readonly startedUs: number }[]>();
  /** Whether some service is more important than another. */
  readonly hasPriorities: boolean;
  /** Whether any service learns from its instances' answers: if not, nobody asks further. */
  readonly watchesAnswers: boolean;
  /** Whether any timeout counts only until the first step; whether anybody wants to know how long spans idle. */
  readonly hasQueuedTimeouts: boolean;
  readonly tracksIdling: boolean;
  /** Whether any span has ever worked for nobody. */
  hasWorkForNobody = false;
  eventCount = 0;
  /** Steps and events at this instant since it was last looked at whether time stands still (`standstill.ts`). */
  stepsAtInstant = 0;
  readonly instant = new InstantWatch();
  stopped: RunWarning | null = null;
  readonly warnings: RunWarning[] = [];
  /** CPU used by an instance (its row) at the end of each of the last seconds. */
  readonly secondRings = new Map<number, number[]>();
  /**
   * What must not happen in the middle of a span's own affairs, for it may end instances and all that is on them:
   * rows that
   * may be empty now, services whose release may go on. Done before the next event, when nobody is walking.
   */
  readonly emptiedRows: number[] = [];
  readonly releasesToAsk: ServiceState[] = [];
  /** Fibers to walk on before the next event: a ring. */
  private runnable = new Int32Array(256);
  private runnableHead = 0;
  runnableCount = 0;
  /** Reused facts, and who wants to hear them. */
  readonly visitorFact: VisitorFact = {
    source: 0,
    outcome: 0,
    attemptCount: 0,
    beganUs: 0,
    endedUs: 0,
    isMeasured: false,
    visitorNumber: 0,
    customer: 0,
    slot: 0,
  };
  readonly spanFact: SpanFact = {
    service: 0,
    outcome: 0,
    instance: 0,
    beganUs: 0,
    endedUs: 0,
    waitUs: 0,
    coldKind: 0,
    isMeasured: false,
  };
  readonly invocationFact: InvocationFact = {
    service: 0,
    instance: 0,
    beganUs: 0,
    endedUs: 0,
    startUs: 0,
    waitingUs: 0,
    isMeasured: false,
  };
  readonly traceFact: TraceFact = noTrace();
  readonly queryFact: QueryFact = { database: 0, outcome: 0, beganUs: 0, endedUs: 0, waitUs: 0, isMeasured: false };
  readonly instanceFact: InstanceFact = {
    service: 0,
    instance: 0,
    phase: 'requested',
    nowUs: 0,
    node: -1,
    version: 0,
    isProvisioned: false,
  };
  readonly messageFact: MessageFact = { queue: 0, kind: 'sent', nowUs: 0, ageUs: 0, isMeasured: false };
  readonly nodeFact: NodeFact = { pool: 0, node: 0, phase: 'booting', nowUs: 0 };
  readonly noteFact: NoteFact = { nowUs: 0, kind: '', service: -1, instance: -1, detail: '' };
  readonly observers: readonly Observer[];
  readonly visitorBeganListeners: readonly Observer[];
  readonly spanBeganListeners: readonly Observer[];
  readonly queryBeganListeners: readonly Observer[];
  readonly spanListeners: readonly Observer[];
  readonly visitorListeners: readonly Observer[];
  readonly arrivalListeners: readonly Observer[];
  readonly invocationListeners: readonly Observer[];
  readonly queryListeners: readonly Observer[];
  readonly traceListeners: readonly Observer[];
  readonly instanceListeners: readonly Observer[];
  readonly busyListeners: readonly Observer[];
  readonly noteListeners: readonly Observer[];
  readonly scaleListeners: readonly Observer[];
  readonly messageListeners: readonly Observer[];
  readonly queueRequestListeners: readonly Observer[];
  readonly wayListeners: readonly Observer[];
  readonly stateView: StateView;
  /** Area of each service's number in system when measuring began. */
  readonly areaAtMeasuring: Float64Array;

  constructor(model: Model, replicationIndex: number, observers: readonly Observer[]) {
    this.model = model;
    this.replicationIndex = replicationIndex;
    this.fromUs = model.warmupUs;
    this.toUs = model.warmupUs + model.durationUs;
    this.program = compileProgram(model);
    this.measures = new Measures(model);
    this.services = model.services.map((_, index) => new ServiceState(model, index, replicationIndex, this.instances));
    this.hasPriorities = this.services.some(({ balanced }) => (balanced?.priority ?? 0) !== 0);
    this.watchesAnswers = this.services.some(({ watchesAnswers }) => watchesAnswers);
    this.databases = model.databases.map(({ cores }, index) => {
      const machine = Number.isFinite(cores) ? this.instances.takeFresh(-1, index, cores, 0) : -1;
      return new DatabaseState(index, machine);
    });
    let userCount = 0;
    this.sources = model.traffic.map((_, index) => {
      const source = new SourceState(model, index, this.program, replicationIndex, userCount);
      userCount += source.userCount;
      return source;
    });
    this.nodes = new NodeFleet(model, replicationIndex);
    this.guards = CallGuards.of(this.program);
    this.nodeShares = NodeShares.of(model);
    this.zones = model.services.some(({ betweenZones }) => betweenZones) ? new ZoneWays() : null;
    this.hasQueuedTimeouts =
      this.program.calls.some(({ timeout }) => timeout?.isWhileQueued === true) ||
      this.sources.some(({ timesOutWhileQueued }) => timesOutWhileQueued);
    const { lines } = this.program;
    this.messages = lines.length === 0 ? null : new MessageQueues(model.queues!.length);
    for (const [index, { queue, service }] of lines.entries()) {
      this.messages!.lines.push(new MessageLine(queue, service));
      this.services[service]!.consumes(index);
    }
    this.pools = new ConnectionPools(model.databases.length);
    this.stateView = this.measures.view();
    this.areaAtMeasuring = new Float64Array(model.services.length);
    this.observers = observers;
    this.visitorBeganListeners = observers.filter((observer) => observer.visitorBegan);
    this.spanBeganListeners = observers.filter((observer) => observer.spanBegan);
    this.queryBeganListeners = observers.filter((observer) => observer.queryBegan);
    this.spanListeners = observers.filter((observer) => observer.spanEnded);
    this.visitorListeners = observers.filter((observer) => observer.visitorEnded);
    this.arrivalListeners = observers.filter((observer) => observer.visitorArrived);
    this.invocationListeners = observers.filter((observer) => observer.invocationEnded);
    this.queryListeners = observers.filter((observer) => observer.queryEnded);
    this.traceListeners = observers.filter((observer) => observer.traced);
    this.tracksIdling = this.invocationListeners.length + this.traceListeners.length > 0;
    this.instanceListeners = observers.filter((observer) => observer.instanceChanged);
    this.busyListeners = observers.filter((observer) => observer.instanceBusyChanged);
    this.noteListeners = observers.filter((observer) => observer.noted);
    this.scaleListeners = observers.filter((observer) => observer.scaled);
    this.messageListeners = observers.filter((observer) => observer.messageMoved);
    this.queueRequestListeners = observers.filter((observer) => observer.queueAsked);
    this.wayListeners = observers.filter((observer) => observer.zoneWayTaken);
  }

  /** Schedule an event; its ticket comes back. */
  schedule(kind: number, index: number, dueUs: number): number {
    this.queue.dueUs = dueUs;
    return this.scheduleDue(kind, index);
  }

  private scheduleDue(kind: number, index: number): number {
    return this.queue.enter(rankOfKind[kind]!, (index << kindBits) | kind);
  }

  /** Let `fiber` walk on once the handler at work has returned; first come, first walked. */
  wake(fiber: number): void {
    if (this.runnableCount === this.runnable.length) this.growRunnable();
    this.fibers.state[fiber] = fiberStates.walking;
    const mask = this.runnable.length - 1;
    this.runnable[(this.runnableHead + this.runnableCount++) & mask] = fiber;
  }

  /** The next fiber to walk on; only while `runnableCount` > 0. */
  takeRunnable(): number {
    const fiber = this.runnable[this.runnableHead]!;
    this.runnableHead = (this.runnableHead + 1) & (this.runnable.length - 1);
    this.runnableCount--;
    return fiber;
  }

  isMeasuredNow(): boolean {
    return this.nowUs >= this.fromUs && this.nowUs < this.toUs;
  }

  rememberAreas(): void {
    this.areaAtMeasuring.set(this.measures.inSystemAreaUs);
  }

  tellInstance(row: number, phase: InstancePhase): void {
    if (this.instanceListeners.length === 0) return;
    const { instances, instanceFact: fact } = this;
    fact.service = instances.service[row]!;
    fact.instance = instances.number[row]!;
    fact.phase = phase;
    fact.nowUs = this.nowUs;
    fact.node = instances.node[row]!;
    fact.version = instances.version[row]!;
    fact.isProvisioned = instances.isProvisioned[row] === 1;
    for (const listener of this.instanceListeners) listener.instanceChanged!(fact);
  }

  /** A line for events.csv. `row` is an instance's row, or -1. */
  note(kind: string, service: number, row: number, detail: string): void {
    if (this.noteListeners.length === 0) return;
    const fact = this.noteFact;
    fact.nowUs = this.nowUs;
    fact.kind = kind;
    fact.service = service;
    fact.instance = row < 0 ? -1 : this.instances.number[row]!;
    fact.detail = detail;
    for (const listener of this.noteListeners) listener.noted!(fact);
  }

  tellNode(pool: number, node: number, phase: 'booting' | 'ready' | 'gone'): void {
    const fact = this.nodeFact;
    fact.pool = pool;
    fact.node = node;
    fact.phase = phase;
    fact.nowUs = this.nowUs;
    for (const observer of this.observers) observer.nodeChanged?.(fact);
  }

  private growRunnable(): void {
    const grown = new Int32Array(this.runnable.length * 2);
    for (let i = 0; i < this.runnableCount; i++) {
      grown[i] = this.runnable[(this.runnableHead + i) & (this.runnable.length - 1)]!;
    }
    this.runnable = grown;
    this.runnableHead = 0;
  }
}

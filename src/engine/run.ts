/**
 * A run: one platform, one replication. `startRun` sets the stage at clock 0; `advance` takes event after event.
 */
import type { Model } from '../model/contract.js';
import type { Observer } from '../observation/contract.js';
import { arrival, beginSources, spanArrives, userReturns, visitorTimesOut, visitorTriesAgain } from './arrivals.js';
import { heldTooLong } from './callGuards.js';
import { callTimesOut, makeCall, messageAgain } from './calls.js';
import { nodesDecide } from './clusterAutoscaler.js';
import { beginReleases, releaseBegins, rolloutDecides } from './deploying.js';
import { directDone } from './direct.js';
import { openDirectSources } from './directSources.js';
import { callersForget, callersLearn } from './discovery.js';
import { limitReached } from './endings.js';
import { overflowEnds, waitEnds } from './environments.js';
import { eventKinds, kindBits, kindMask } from './eventKinds.js';
import { evictAgain } from './evictions.js';
import { beginFaults, crashes, faultBegins, faultEnds } from './faults.js';
import { fiberStates } from './fibers.js';
import { idleSpellEnds } from './idleSpells.js';
import { tellInFlight, tellWorkInFlight } from './inFlight.js';
import { drainEnds, instanceMoves, settleAfterwards } from './instances.js';
import { assertInvariants } from './invariants.js';
import { openLanes } from './lanes.js';
import { tokenComes } from './launches.js';
import { lostNodeSeen } from './lostPlaces.js';
import { memoryRunsOut } from './memory.js';
import { lineLooks, messageArrives, messageReturns } from './messageQueues.js';
import { nodeReady } from './nodes.js';
import { beginServices } from './opening.js';
import { probeEnds, probeRuns } from './probes.js';
import { beginProvisioning } from './provisioning.js';
import { outliersReturn } from './routing.js';
import { beginScalers, scalerDecides } from './scaling.js';
import { beginSignals, scrape, secondEnds } from './signals.js';
import { type Snapshot, takeSnapshot } from './snapshot.js';
import { spotCalls } from './spotNodes.js';
import { instantStepLimit, standsStillWith } from './standstill.js';
import { RunState, type RunWarning } from './state.js';
import { fiberGoesOn, jobsDone, proceed } from './steps.js';
import { findStuck } from './stuck.js';
import { callersReroute } from './versionSplit.js';
import { maySleep } from './waking.js';
import { beginWindows, measuringBegins, show, windowEnds } from './windows.js';
import { deliver } from './work.js';

export type { RunWarning } from './state.js';

export interface RunOptions {
  /** 0, 1, 2 …: the same replication of a model is the same run wherever it is executed. */
  readonly replicationIndex: number;
  /** Walk direct visits the general way too: the same results, more slowly. For the test that compares both ways. */
  readonly walksAllInFull?: boolean;
}

/** How far to go in one slice. */
export interface Limits {
  /** Stop before the first event due at or after this, microseconds from clock 0. */
  readonly untilUs?: number;
  /** Stop after so many events. */
  readonly eventLimit?: number;
}

export interface Progress {
  /** The run has reached its end, or was stopped: `stopped` says why. */
  readonly isDone: boolean;
  /** Events handled since the run began. */
  readonly eventCount: number;
}

/** A run under way. Advance it until it is done; nothing happens in between. */
export class Run {
  private readonly state: RunState;
  private isDone = false;

  constructor(model: Model, options: RunOptions, observers: readonly Observer[]) {
    const s = new RunState(model, options.replicationIndex, observers);
    this.state = s;
    const frame = {
      sourceNames: model.traffic.map(({ name }) => name),
      serviceNames: model.services.map(({ name }) => name),
      databaseNames: model.databases.map(({ name }) => name),
      queueNames: (model.queues ?? []).map(({ name }) => name),
      fromUs: s.fromUs,
      toUs: s.toUs,
      windowUs: model.windowUs,
      replicationIndex: options.replicationIndex,
    };
    for (const observer of observers) observer.runStarted?.(frame);
    openLanes(s);
    if (options.walksAllInFull !== true) openDirectSources(s);
    beginServices(s);
    beginWindows(s);
    beginSignals(s);
    beginScalers(s);
    beginProvisioning(s);
    beginFaults(s);
    beginReleases(s);
    beginSources(s);
  }

  get eventCount(): number {
    return this.state.eventCount;
  }
  get spanCount(): number {
    return this.state.measures.ended.reduce((sum, count) => sum + count, 0);
  }
  get requestCount(): number {
    return this.state.sources.reduce((sum, { arrivedCount }) => sum + arrivedCount, 0);
  }
  get nowUs(): number {
    return this.state.nowUs;
  }
  /** How the run stands at `clockUs`, from the last event to the next, for a drawing; changes nothing. */
  snapshot(clockUs: number): Snapshot {
    return takeSnapshot(this.state, clockUs);
  }
  /** Tells one observer of the work in flight at `clockUs`, from the last event to the next; changes nothing. */
  tellWorkInFlight(observer: Observer, clockUs: number): void {
    if (!this.isDone) tellWorkInFlight(this.state, observer, clockUs);
  }
  /** Ready and draining instances, and environments that start, of all services now. */
  get instanceCount(): number {
    return this.state.measures.instances.reduce((sum, count) => sum + count, 0);
  }
  /** Rows of visitors, spans and branches, and of messages in use: what memory follows. */
  get aliveCount(): number {
    const { visitors, fibers, direct, messages } = this.state;
    return visitors.liveCount + fibers.liveCount + direct.liveCount + (messages?.table.liveCount ?? 0);
  }
  get warnings(): readonly RunWarning[] {
    return this.state.warnings;
  }
  /** Why the run was stopped before its end; null when it was not. */
  get stopped(): RunWarning | null {
    return this.state.stopped;
  }

  /**
   * Handle events in order until a limit, or the end. The last slice tells the observers and asserts the invariants.
   */
  advance(limits: Limits = {}): Progress {
    const s = this.state;
    if (this.isDone) return { isDone: true, eventCount: s.eventCount };
    const untilUs = Math.min(limits.untilUs ?? s.toUs, s.toUs);
    const sliceEnd = s.eventCount + (limits.eventLimit ?? Number.POSITIVE_INFINITY);
    const lastEvent = Math.min(sliceEnd, s.model.eventLimit);
    const { queue } = s;
    while (s.eventCount < lastEvent) {
      queue.close();
      if (!(queue.firstDueUs < untilUs)) break;
      const event = queue.take();
      const dueUs = queue.takenDueUs;
      if (dueUs !== s.nowUs) {
        if (dueUs < s.nowUs) throw new Error(`time went back from ${s.nowUs} to ${dueUs} us`);
        s.nowUs = dueUs;
        s.stepsAtInstant = 0;
      } else if (++s.stepsAtInstant > instantStepLimit) standsStillWith(s, event & kindMask, event >> kindBits);
      s.eventCount++;
      if ((event & kindMask) === eventKinds.directDone) directDone(s, event >> kindBits);
      else {
        handle(s, event & kindMask, event >> kindBits);
        walkOn(s);
      }
      if (s.stopped) break;
    }
    if (s.eventCount >= s.model.eventLimit && !s.stopped) {
      s.stopped = {
        code: 'event-limit',
        message: `stopped after ${s.eventCount} events, at ${(s.nowUs / 1e6).toFixed(3)} s of simulated time`,
      };
    }
    if (s.stopped) this.isDone = true;
    else if (queue.nextDueUs() >= s.toUs) this.finish();
    return { isDone: this.isDone, eventCount: s.eventCount };
  }

  private finish(): void {
    const s = this.state;
    s.nowUs = s.toUs;
    tellInFlight(s);
    show(s, 'run-ends');
    for (const observer of s.observers) observer.runEnded?.(s.toUs);
    assertInvariants(s);
    const stuck = findStuck(s);
    if (stuck) s.warnings.push(stuck);
    this.isDone = true;
  }
}

/** Set the stage of one replication of `model` at clock 0. Observers are told everything and steer nothing. */
export function startRun(model: Model, options: RunOptions, observers: readonly Observer[] = []): Run {
  return new Run(model, options, observers);
}

/** Walk on whoever may at this instant, then what was put off meanwhile, until nothing is left to do now. */
function walkOn(s: RunState): void {
  for (;;) {
    while (s.runnableCount > 0 && !s.stopped) {
      const fiber = s.takeRunnable();
      // One that ended meanwhile, with the instance it was on, is passed over.
      if (s.fibers.state[fiber] === fiberStates.walking) proceed(s, fiber);
    }
    if ((s.emptiedRows.length === 0 && s.releasesToAsk.length === 0) || s.stopped) return;
    settleAfterwards(s);
  }
}

/**
 * The one switch from kind of event to handler. Its cases are the literal numbers of `eventKinds` (a test compares
 * them),
 * for only those compile to a jump table.
 */
function handle(s: RunState, kind: number, index: number): void {
  switch (kind) {
    case 0: // jobDone
      jobsDone(s, index);
      break;
    case 1: // fiberGoesOn
      fiberGoesOn(s, index);
      break;
    case 2: // spanArrives
      spanArrives(s, index);
      break;
    case 3: // answerArrives
      if (s.queue.takenTicket === s.fibers.ticket[index]) deliver(s, index);
      break;
    case 4: // callAgain
      if (s.queue.takenTicket === s.fibers.ticket[index]) makeCall(s, index);
      break;
    case 5: // visitorTriesAgain
      visitorTriesAgain(s, index);
      break;
    case 6: // messageAgain
      if (s.queue.takenTicket === s.fibers.ticket[index]) messageAgain(s, index);
      break;
    case 7: // instanceMoves
      instanceMoves(s, index);
      break;
    case 8: // nodeReady
      nodeReady(s, index);
      break;
    case 9: // callersLearn
      callersLearn(s, index);
      break;
    case 10: // callersForget
      callersForget(s, index);
      break;
    case 11: // visitorTimesOut
      visitorTimesOut(s, index);
      break;
    case 12: // callTimesOut
      if (s.queue.takenTicket === s.fibers.timeoutTicket[index]) callTimesOut(s, index);
      break;
    case 13: // limitReached
      limitReached(s, index);
      break;
    case 14: // arrival
      arrival(s, index);
      break;
    case 15: // directDone
      directDone(s, index);
      break;
    default:
      handleRare(s, kind, index);
      break;
  }
}

function handleRare(s: RunState, kind: number, index: number): void {
  switch (kind) {
    case 16: // idleSpellEnds
      idleSpellEnds(s, index);
      break;
    case 17: // waitEnds
      waitEnds(s, index);
      break;
    case 18: // scalerDecides
      scalerDecides(s, index);
      break;
    case 19: // scrape
      scrape(s);
      break;
    case 20: // nodesDecide
      nodesDecide(s, index);
      break;
    case 21: // faultBegins
      faultBegins(s, index);
      break;
    case 22: // faultEnds
      faultEnds(s, index);
      break;
    case 23: // crashes
      crashes(s, index);
      break;
    case 24: // releaseBegins
      releaseBegins(s, index);
      break;
    case 25: // rolloutDecides
      rolloutDecides(s, index);
      break;
    case 26: // tokenComes
      tokenComes(s, index);
      break;
    case 27: // drainEnds
      drainEnds(s, index);
      break;
    case 28: // windowEnds
      windowEnds(s);
      break;
    case 29: // measuringBegins
      measuringBegins(s);
      break;
    case 30: // secondEnds
      secondEnds(s, index);
      break;
    case 31: // quietEnds
      maySleep(s, s.services[index]!);
      break;
    case 32: // overflowEnds
      overflowEnds(s, index);
      break;
    case 33: // outliersReturn
      outliersReturn(s, index);
      break;
    case 34: // heldTooLong
      heldTooLong(s, index);
      break;
    case 35: // probeRuns
      probeRuns(s, index);
      break;
    case 36: // probeEnds
      probeEnds(s, index);
      break;
    case 37: // lostNodeSeen
      lostNodeSeen(s, index);
      break;
    case 38: // memoryRunsOut
      memoryRunsOut(s, index);
      break;
    case 39: // callersReroute
      callersReroute(s, index);
      break;
    case 40: // evictAgain
      evictAgain(s, index);
      break;
    case 41: // spotCalls
      spotCalls(s, index);
      break;
    case 42: // messageArrives
      messageArrives(s, index);
      break;
    case 43: // messageReturns
      messageReturns(s, index);
      break;
    case 44: // lineLooks
      lineLooks(s, index);
      break;
    case 45: // userReturns
      userReturns(s, index);
      break;
    default:
      throw new Error(`no handler for event kind ${kind}`);
  }
}

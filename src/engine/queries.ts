/**
 * Queries: a fiber waits for a connection, holds it while the database works, gives it back.
 *
 * Without a pool a connection is opened for the query and closed after it. With one, see `connectionPools.ts`. Beyond
 * the server's limit the database makes queries wait, first come first served, or refuses them.
 */
import { type Outcome, outcomes } from '../observation/contract.js';
import type { ConnectionPool } from './connectionPools.js';
import { eventKinds } from './eventKinds.js';
import { joinQueue, leaveQueue } from './fiberQueue.js';
import { fiberStates } from './fibers.js';
import { cancelJob, startJob } from './machines.js';
import { ops } from './program.js';
import type { DatabaseState } from './services.js';
import type { RunState } from './state.js';
import { endFiber } from './steps.js';
import { traceQuery } from './traces.js';

/** Fiber asks for the query at `pc`, which takes `timeUs` once served. False: refused, nothing is held. */
export function beginQuery(s: RunState, fiber: number, pc: number, timeUs: number): boolean {
  const { fibers, measures, program } = s;
  const database = program.b[pc]!;
  const isWrite = program.op[pc] === ops.write;
  const state = s.databases[database]!;
  const isMeasured = s.isMeasuredNow();
  fibers.database[fiber] = database;
  fibers.work[fiber] = timeUs;
  fibers.queryBeganUs[fiber] = s.nowUs;
  fibers.queryStartedUs[fiber] = -1;
  fibers.state[fiber] = fiberStates.connecting;
  for (const listener of s.queryBeganListeners) listener.queryBegan!(database, s.nowUs, isMeasured, isWrite);
  measures.settleDatabase(database, s.nowUs);
  measures.dbInside[database]!++;
  const pool = poolOf(s, fiber, database);
  if (state.isLost) {
    refuseQuery(s, fiber, outcomes.failed);
    return false;
  }
  if (takeConnection(s, state, pool, fiber)) {
    serve(s, state, fiber);
    return true;
  }
  const isPoolFull = pool !== null && pool.openCount >= poolSize(s, fiber);
  if (!isPoolFull && s.model.databases[database]!.rejectsOverflow) {
    refuseQuery(s, fiber, outcomes.rejected);
    return false;
  }
  measures.dbWaiting[database]!++;
  fibers.waitsAtPool[fiber] = isPoolFull ? 1 : 0;
  if (isPoolFull) joinQueue(fibers, pool, fiber);
  else {
    joinQueue(fibers, state, fiber);
    if (pool) pool.waitingAtDatabase++;
  }
  return true;
}

function refuseQuery(s: RunState, fiber: number, outcome: Outcome): void {
  s.measures.dbInside[s.fibers.database[fiber]!]!--;
  tellQuery(s, fiber, outcome);
  s.fibers.database[fiber] = -1;
  s.fibers.state[fiber] = fiberStates.moving;
}

/** The database is gone: every query there fails, those that wait first, and with it the step that asked. */
export function breakQueries(s: RunState, database: number): void {
  const { fibers } = s;
  const asking: number[] = [];
  for (let fiber = 0; fiber < fibers.highWater; fiber++)
    if (fibers.isTaken(fiber) && fibers.database[fiber] === database) asking.push(fiber);
  const waitsFirst = (fiber: number): number => (fibers.state[fiber] === fiberStates.connecting ? 0 : 1);
  asking.sort(
    (one, other) => waitsFirst(one) - waitsFirst(other) || fibers.queryBeganUs[one]! - fibers.queryBeganUs[other]!,
  );
  for (const fiber of asking) {
    if (!fibers.isTaken(fiber) || fibers.database[fiber] !== database) continue; // Ended with one that it waited for.
    abandonQuery(s, fiber, outcomes.failed);
    fibers.state[fiber] = fiberStates.moving;
    endFiber(s, fiber, true);
  }
}

/** The query in progress is over: the connection goes back, the next one is served. */
export function finishQuery(s: RunState, fiber: number, outcome: Outcome): void {
  const { fibers, measures } = s;
  const database = fibers.database[fiber]!;
  const state = s.databases[database]!;
  measures.settleDatabase(database, s.nowUs);
  measures.dbInside[database]!--;
  measures.dbConnections[database]!--;
  tellQuery(s, fiber, outcome);
  fibers.database[fiber] = -1;
  const pool = poolOf(s, fiber, database);
  if (pool) {
    pool.busyCount--;
    serveOwn(s, state, pool, fibers.instance[fibers.span[fiber]!]!);
  } else {
    state.connectionsInUse--;
    serveWaiting(s, state);
  }
}

/** The fiber gives its query up, wherever it stands: its place, its connection, its share of the cores go back. */
export function abandonQuery(s: RunState, fiber: number, outcome: Outcome): void {
  const { fibers, measures } = s;
  const database = fibers.database[fiber]!;
  const state = s.databases[database]!;
  if (fibers.state[fiber] !== fiberStates.connecting) {
    if (fibers.state[fiber] === fiberStates.computing) cancelJob(s, state.machine, fiber);
    fibers.ticket[fiber] = -1;
    finishQuery(s, fiber, outcome);
    return;
  }
  measures.settleDatabase(database, s.nowUs);
  measures.dbInside[database]!--;
  measures.dbWaiting[database]!--;
  const pool = poolOf(s, fiber, database);
  if (pool && fibers.waitsAtPool[fiber] === 1) leaveQueue(fibers, pool, fiber);
  else {
    leaveQueue(fibers, state, fiber);
    if (pool) pool.waitingAtDatabase--;
  }
  tellQuery(s, fiber, outcome);
  fibers.database[fiber] = -1;
}

/** Instance `row` has ended: the connections it held open are closed. */
export function closePools(s: RunState, row: number): void {
  const service = s.instances.service[row]!;
  if (s.services[service]!.spec.poolSize === Number.POSITIVE_INFINITY) return;
  for (const state of s.databases) {
    state.connectionsInUse -= s.pools.close(row, state.index);
    serveWaiting(s, state);
  }
}

function poolSize(s: RunState, fiber: number): number {
  return s.services[s.fibers.service[s.fibers.span[fiber]!]!]!.spec.poolSize;
}

function poolOf(s: RunState, fiber: number, database: number): ConnectionPool | null {
  if (poolSize(s, fiber) === Number.POSITIVE_INFINITY) return null;
  return s.pools.of(s.fibers.instance[s.fibers.span[fiber]!]!, database);
}

/** Take an idle connection of the pool, or open one. */
function takeConnection(s: RunState, state: DatabaseState, pool: ConnectionPool | null, fiber: number): boolean {
  const hasRoom = state.connectionsInUse < s.model.databases[state.index]!.connections;
  if (pool) {
    const hasIdle = pool.busyCount < pool.openCount;
    if (!hasIdle && (pool.openCount >= poolSize(s, fiber) || !hasRoom)) return false;
    pool.busyCount++;
    if (hasIdle) return true;
    pool.openCount++;
  } else if (!hasRoom) return false;
  state.connectionsInUse++;
  return true;
}

/** The fiber has its connection: the database works. */
function serve(s: RunState, state: DatabaseState, fiber: number): void {
  const { fibers, measures } = s;
  measures.dbConnections[state.index]!++;
  fibers.queryStartedUs[fiber] = s.nowUs;
  const timeUs = fibers.work[fiber]!;
  if (state.machine >= 0 && timeUs > 0) {
    startJob(s, state.machine, fiber, timeUs);
    return;
  }
  fibers.state[fiber] = fiberStates.waiting;
  fibers.ticket[fiber] = s.schedule(eventKinds.fiberGoesOn, fiber, s.nowUs + Math.round(timeUs * state.slowness));
}

/** Serve whoever waits for a connection that may be opened now. */
function serveWaiting(s: RunState, state: DatabaseState): void {
  while (state.waitingHead >= 0) {
    const fiber = state.waitingHead;
    const pool = poolOf(s, fiber, state.index);
    if (!takeConnection(s, state, pool, fiber)) return;
    leaveQueue(s.fibers, state, fiber);
    if (pool) {
      pool.waitingAtDatabase--;
      if (pool.waitingAtDatabase > 0 && pool.openCount >= poolSize(s, fiber)) waitAtPool(s, state, pool, fiber);
    }
    endWaiting(s, state, fiber);
  }
}

/**
 * The pool of `opener`'s instance may open no more: whoever else of that instance waits at the database waits at the
 * pool.
 */
function waitAtPool(s: RunState, state: DatabaseState, pool: ConnectionPool, opener: number): void {
  const { fibers } = s;
  const row = fibers.instance[fibers.span[opener]!]!;
  for (let fiber = state.waitingHead; fiber >= 0; ) {
    const next = fibers.queueNext[fiber]!;
    if (fibers.instance[fibers.span[fiber]!] === row) {
      leaveQueue(fibers, state, fiber);
      joinQueue(fibers, pool, fiber);
      fibers.waitsAtPool[fiber] = 1;
    }
    fiber = next;
  }
  pool.waitingAtDatabase = 0;
}

/** A connection of instance `row`'s pool is idle: one of its own fibers takes it. */
function serveOwn(s: RunState, state: DatabaseState, pool: ConnectionPool, row: number): void {
  const { fibers } = s;
  let fiber = pool.waitingHead;
  if (fiber >= 0) leaveQueue(fibers, pool, fiber);
  else if (pool.waitingAtDatabase > 0) {
    fiber = state.waitingHead;
    while (fibers.instance[fibers.span[fiber]!]! !== row) fiber = fibers.queueNext[fiber]!;
    leaveQueue(fibers, state, fiber);
    pool.waitingAtDatabase--;
  } else return;
  pool.busyCount++;
  endWaiting(s, state, fiber);
}

function endWaiting(s: RunState, state: DatabaseState, fiber: number): void {
  s.measures.settleDatabase(state.index, s.nowUs);
  s.measures.dbWaiting[state.index]!--;
  serve(s, state, fiber);
}

function tellQuery(s: RunState, fiber: number, outcome: Outcome): void {
  if (s.traceListeners.length > 0) traceQuery(s, fiber, outcome);
  if (s.queryListeners.length === 0) return;
  const { fibers, queryFact: fact } = s;
  const startedUs = fibers.queryStartedUs[fiber]!;
  fact.database = fibers.database[fiber]!;
  fact.outcome = outcome;
  fact.beganUs = fibers.queryBeganUs[fiber]!;
  fact.endedUs = s.nowUs;
  fact.waitUs = outcome === outcomes.rejected ? -1 : (startedUs < 0 ? s.nowUs : startedUs) - fact.beganUs;
  fact.isMeasured = fact.beganUs >= s.fromUs && fact.beganUs < s.toUs;
  for (const listener of s.queryListeners) listener.queryEnded!(fact);
}

/**
 * A snapshot: how a run stands at this instant, copied into typed arrays that may travel to another thread.
 *
 * Its own file because a view wants to see instances and who is in them, which no observer is told, and must not reach
 * into the tables itself: what is here is all that a drawing may know. Taking one reads and changes nothing, so a run
 * that is watched ends in the same bytes. Checked by test/experiment/live.test.ts.
 */
import { visitPlaces, visitStates } from './directVisits.js';
import { fiberFlags } from './fibers.js';
import { instanceStates } from './instanceTable.js';
import type { RunState } from './state.js';

/** Places in one row of `instances`. */
export const instanceFields = {
  service: 0,
  /** Its number in the service. */
  number: 1,
  /** One of `instanceStates`. */
  state: 2,
  inService: 3,
  queued: 4,
  /** Seconds since it was wanted, and until its phase ends (NaN where that is not known). */
  ageS: 5,
  leftS: 6,
  /** Bits of `instanceBits`. */
  bits: 7,
  version: 8,
} as const;
export const instanceRowLength = 9;
export const instanceBits = { hung: 1, unready: 2, provisioned: 4, known: 8 } as const;

/** Places in one row of `services`. */
export const serviceFields = {
  live: 0,
  starting: 1,
  ready: 2,
  draining: 3,
  desired: 4,
  waiting: 5,
  inside: 6,
} as const;
export const serviceRowLength = 7;

/** Places in one row of `databases`. */
export const databaseFields = { inUse: 0, waiting: 1, isLost: 2, slowness: 3 } as const;
export const databaseRowLength = 4;

/** Places in one row of `queues`: which queue, for which service, and how many messages wait there or are at work. */
export const queueFields = { queue: 0, service: 1, waiting: 2, received: 3 } as const;
export const queueRowLength = 4;

/** Instances beyond these are counted, not listed: more cannot be seen, and a frame stays small. */
const listedLimit = 4000;

export interface Snapshot {
  readonly nowUs: number;
  /** One row a service, a database; instances by service, in order of creation. */
  readonly services: Float32Array;
  readonly databases: Float32Array;
  readonly instances: Float32Array;
  /** By listed instance and traffic source: requests in service, and in line or bound to its start. */
  readonly holds: Uint16Array;
  readonly waits: Uint16Array;
  /** One row for each service that a queue delivers to. */
  readonly queues: Float32Array;
  /** Nodes the user owns, by pool. */
  readonly nodes: Float32Array;
}

/**
 * How the run stands at `nowUs`, no earlier than its last event.
 *
 * Cost: linear in services, instances and fibers alive; for each instance that starts, in the queue.
 */
export function takeSnapshot(s: RunState, nowUs: number): Snapshot {
  const rows = listInstances(s);
  const sourceCount = s.sources.length;
  const holds = new Uint16Array(rows.length * sourceCount);
  const waits = new Uint16Array(rows.length * sourceCount);
  countWhoIsWhere(s, rows, { holds, waits });
  return {
    nowUs,
    services: serviceRows(s),
    databases: databaseRows(s),
    instances: instanceRows(s, rows, nowUs),
    holds,
    waits,
    queues: queueRows(s),
    nodes: Float32Array.from(s.measures.nodes),
  };
}

function listInstances({ services, instances }: RunState): number[] {
  const rows: number[] = [];
  for (const { firstInstance } of services)
    for (let row = firstInstance; row >= 0 && rows.length < listedLimit; row = instances.listNext[row]!) rows.push(row);
  return rows;
}

function countWhoIsWhere(
  s: RunState,
  rows: readonly number[],
  { holds, waits }: Pick<Snapshot, 'holds' | 'waits'>,
): void {
  const { fibers, visitors, instances, sources } = s;
  const placeOfRow = new Int32Array(instances.highWater).fill(-1);
  rows.forEach((row, place) => {
    placeOfRow[row] = place;
  });
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    const flags = fibers.flags[fiber]!;
    if (fibers.span[fiber] !== fiber || (flags & fiberFlags.present) === 0 || !fibers.isTaken(fiber)) continue;
    const row = fibers.instance[fiber]!;
    const place = row < 0 ? -1 : placeOfRow[row]!;
    if (place < 0) continue;
    const slot = place * sources.length + visitors.source[fibers.visitor[fiber]!]!;
    if ((flags & fiberFlags.inService) !== 0) holds[slot]!++;
    else waits[slot]!++;
  }
  countDirectVisits(s, placeOfRow, sources.length, { holds, waits });
}

/** Direct visits are in service or in line. */
function countDirectVisits(
  { direct }: RunState,
  placeOfRow: Int32Array,
  sourceCount: number,
  { holds, waits }: Pick<Snapshot, 'holds' | 'waits'>,
): void {
  const { places } = direct;
  for (let visit = 0; visit < direct.highWater; visit++) {
    const state = places[8 * visit + visitPlaces.state]!;
    if (state === visitStates.free) continue;
    const place = placeOfRow[places[8 * visit + visitPlaces.row]!]!;
    if (place < 0) continue;
    const slot = place * sourceCount + places[8 * visit + visitPlaces.source]!;
    if (state === visitStates.served) holds[slot]!++;
    else waits[slot]!++;
  }
}

function serviceRows({ services, measures }: RunState): Float32Array {
  const into = new Float32Array(services.length * serviceRowLength);
  services.forEach((state, service) => {
    const at = service * serviceRowLength;
    into[at + serviceFields.live] = state.liveCount;
    into[at + serviceFields.starting] = state.startingCount;
    into[at + serviceFields.ready] = state.readyCount;
    into[at + serviceFields.draining] = state.drainingCount;
    into[at + serviceFields.desired] = state.desiredCount;
    into[at + serviceFields.waiting] = measures.waiting[service]!;
    into[at + serviceFields.inside] = measures.inside[service]!;
  });
  return into;
}

function databaseRows({ databases, measures }: RunState): Float32Array {
  const into = new Float32Array(databases.length * databaseRowLength);
  databases.forEach(({ connectionsInUse, isLost, slowness }, database) => {
    const at = database * databaseRowLength;
    into[at + databaseFields.inUse] = connectionsInUse;
    into[at + databaseFields.waiting] = measures.dbWaiting[database]!;
    into[at + databaseFields.isLost] = isLost ? 1 : 0;
    into[at + databaseFields.slowness] = slowness;
  });
  return into;
}

function queueRows({ messages }: RunState): Float32Array {
  const lines = messages?.lines ?? [];
  const into = new Float32Array(lines.length * queueRowLength);
  lines.forEach(({ queue, service, waitingCount, receivedCount }, place) => {
    const at = place * queueRowLength;
    into[at + queueFields.queue] = queue;
    into[at + queueFields.service] = service;
    into[at + queueFields.waiting] = waitingCount;
    into[at + queueFields.received] = receivedCount;
  });
  return into;
}

function instanceRows({ instances, queue }: RunState, rows: readonly number[], nowUs: number): Float32Array {
  const into = new Float32Array(rows.length * instanceRowLength);
  rows.forEach((row, place) => {
    const at = place * instanceRowLength;
    const state = instances.state[row]!;
    const isOnItsWay = state < instanceStates.ready || state === instanceStates.crashed;
    into[at + instanceFields.service] = instances.service[row]!;
    into[at + instanceFields.number] = instances.number[row]!;
    into[at + instanceFields.state] = state;
    into[at + instanceFields.inService] = instances.inService[row]!;
    into[at + instanceFields.queued] = instances.queued[row]!;
    into[at + instanceFields.ageS] = (nowUs - instances.createdUs[row]!) / 1e6;
    into[at + instanceFields.leftS] = isOnItsWay
      ? (queue.dueOf(instances.phaseTicket[row]!) - nowUs) / 1e6
      : Number.NaN;
    into[at + instanceFields.bits] =
      instances.isHung[row]! * instanceBits.hung +
      instances.isUnready[row]! * instanceBits.unready +
      instances.isProvisioned[row]! * instanceBits.provisioned +
      instances.isKnown[row]! * instanceBits.known;
    into[at + instanceFields.version] = instances.version[row]!;
  });
  return into;
}

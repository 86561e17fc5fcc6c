/**
 * Faults: what the scenario breaks, when, and its end.
 */
import type { FaultModel, PlaceFaultModel } from '../model/contract.js';
import { settleDatabaseFaults } from './databaseFaults.js';
import { countWastedUntilNow } from './endings.js';
import { eventKinds } from './eventKinds.js';
import { beginHang, goOnAfterHang } from './hangs.js';
import { crashInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { losePlaces, placesReturn } from './lostPlaces.js';
import { setSlowness } from './machines.js';
import { suspectIfPressed } from './probes.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Schedule what is planned by the clock. */
export function beginFaults(s: RunState): void {
  s.model.faults.forEach((fault, index) => {
    if (fault.kind === 'crash-at-random') return;
    s.schedule(eventKinds.faultBegins, index, fault.atUs);
    if ('forUs' in fault && fault.forUs < Number.POSITIVE_INFINITY)
      s.schedule(eventKinds.faultEnds, index, fault.atUs + fault.forUs);
  });
}

const struckBy = (fault: FaultModel): readonly number[] => ('service' in fault ? [fault.service] : fault.services);

/** Event: a fault strikes. */
export function faultBegins(s: RunState, index: number): void {
  const fault = s.model.faults[index]!;
  for (const service of struckBy(fault)) s.note('fault', service, -1, fault.name);
  if (!('service' in fault)) {
    placeFaultBegins(s, index, fault);
    return;
  }
  const state = s.services[fault.service]!;
  state.isPlain = false;
  if (fault.kind === 'crash') {
    for (const row of oldestReady(s, state, fault.count)) {
      if (s.instances.state[row] === instanceStates.ready) crashInstance(s, state, row, fault.name);
    }
  } else if (fault.kind === 'hang') beginHangs(s, state, index, fault);
  else if (fault.kind === 'slow' && fault.count !== undefined) slowSome(s, state, index, fault.count);
  else {
    state.faults.add(index);
    combineFaults(s, state);
  }
}

/** Event: a fault that lasts is over. */
export function faultEnds(s: RunState, index: number): void {
  const fault = s.model.faults[index]!;
  for (const service of struckBy(fault)) s.note('fault-over', service, -1, fault.name);
  if ('service' in fault) {
    if (fault.kind === 'hang') endHangs(s, index);
    else {
      const state = s.services[fault.service]!;
      state.faults.delete(index);
      if (s.slowed.delete(index)) changePace(s, state);
      else combineFaults(s, state);
    }
  } else if ('database' in fault) {
    s.databases[fault.database]!.faults.delete(index);
    settleDatabaseFaults(s, fault.database);
  } else placesReturn(s, index);
}

function placeFaultBegins(s: RunState, index: number, fault: PlaceFaultModel): void {
  if ('database' in fault) {
    s.databases[fault.database]!.faults.add(index);
    settleDatabaseFaults(s, fault.database);
  } else losePlaces(s, index, fault);
}

function beginHangs(
  s: RunState,
  state: ServiceState,
  index: number,
  { count, name }: { count: number; name: string },
): void {
  const rows = oldestReady(s, state, count);
  s.hanging.set(
    index,
    rows.map((row) => ({ row, startedUs: s.instances.startedUs[row]! })),
  );
  for (const row of rows) {
    s.note('hung', state.index, row, name);
    beginHang(s, state, row);
  }
}

/** Those that still hang, and have not been started anew meanwhile, go on. */
function endHangs(s: RunState, index: number): void {
  const { instances } = s;
  for (const { row, startedUs } of s.hanging.get(index) ?? []) {
    const isSame = instances.isTaken(row) && instances.isHung[row] === 1 && instances.startedUs[row] === startedUs;
    if (isSame) goOnAfterHang(s, row);
  }
  s.hanging.delete(index);
}

/** What the faults in force make of the service together: paces multiply, errors strike independently. */
function combineFaults(s: RunState, state: ServiceState): void {
  let slowness = 1;
  let answersWell = 1;
  for (const index of state.faults) {
    const fault = s.model.faults[index]!;
    if (fault.kind === 'slow' && fault.count === undefined) slowness *= fault.factor;
    else if (fault.kind === 'error') answersWell *= 1 - fault.chance;
  }
  state.errorChance = 1 - answersWell;
  if (slowness === state.slowness) return;
  state.slowness = slowness;
  changePace(s, state);
}

/** Some of its instances are slow from now on, whoever comes later is not. */
function slowSome(s: RunState, state: ServiceState, index: number, count: number): void {
  const rows = oldestReady(s, state, count);
  s.slowed.set(
    index,
    rows.map((row) => ({ row, startedUs: s.instances.startedUs[row]! })),
  );
  state.faults.add(index);
  changePace(s, state);
}

function changePace(s: RunState, state: ServiceState): void {
  countWastedUntilNow(s, state);
  for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) {
    setSlowness(s, row, state.slowness * ownSlowness(s, state, row));
    if (state.watches) suspectIfPressed(s, state, row);
  }
}

/** By the faults that have struck this very instance, since it was started. */
function ownSlowness(s: RunState, state: ServiceState, row: number): number {
  let slowness = 1;
  for (const [index, struck] of s.slowed) {
    const fault = s.model.faults[index]!;
    if (fault.kind !== 'slow' || fault.service !== state.index) continue;
    const isStruck = struck.some((one) => one.row === row && one.startedUs === s.instances.startedUs[row]);
    if (isStruck) slowness *= fault.factor;
  }
  return slowness;
}

/** The first `count` of the ready instances in order of creation. */
function oldestReady(s: RunState, state: ServiceState, count: number): number[] {
  const rows: number[] = [];
  for (let row = state.firstInstance; row >= 0 && rows.length < count; row = s.instances.listNext[row]!) {
    if (s.instances.state[row] === instanceStates.ready) rows.push(row);
  }
  return rows;
}

/**
 * The instance has just got ready: when it will crash, where instances crash at random; the first of several causes.
 */
export function scheduleRandomCrash(s: RunState, state: ServiceState, row: number): void {
  let afterUs = Number.POSITIVE_INFINITY;
  for (const fault of s.model.faults) {
    if (fault.kind !== 'crash-at-random' || fault.service !== state.index) continue;
    afterUs = Math.min(afterUs, Math.round(fault.mtbf.sample(state.faultDraws)));
  }
  if (afterUs < Number.POSITIVE_INFINITY)
    s.instances.crashTicket[row] = s.schedule(eventKinds.crashes, row, s.nowUs + afterUs);
}

/** Event: an instance crashes by its own clock. */
export function crashes(s: RunState, row: number): void {
  if (s.queue.takenTicket !== s.instances.crashTicket[row]) return;
  crashInstance(s, s.services[s.instances.service[row]!]!, row, 'crash at random');
}

/**
 * Faults: what the scenario breaks, when, and its end.
 */
import { countWastedUntilNow } from './endings.js';
import { eventKinds } from './eventKinds.js';
import { crashInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { setSlowness } from './machines.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Schedule what is planned by the clock. */
export function beginFaults(s: RunState): void {
  s.model.faults.forEach((fault, index) => {
    if (fault.kind === 'crash-at-random') return;
    s.schedule(eventKinds.faultBegins, index, fault.atUs);
    if (fault.kind !== 'crash') s.schedule(eventKinds.faultEnds, index, fault.atUs + fault.forUs);
  });
}

/** Event: a fault strikes. */
export function faultBegins(s: RunState, index: number): void {
  const fault = s.model.faults[index]!;
  const state = s.services[fault.service]!;
  s.note('fault', fault.service, -1, fault.name);
  state.isPlain = false;
  if (fault.kind === 'crash') {
    for (let count = 0; count < fault.count; count++) {
      const row = oldestReady(s, state);
      if (row < 0) break;
      crashInstance(s, state, row, fault.name);
    }
  } else if (fault.kind === 'slow') changePace(s, state, state.slowness * fault.factor);
  else if (fault.kind === 'error') state.errorChance = 1 - (1 - state.errorChance) * (1 - fault.chance);
}

/** Event: a fault that lasts is over. */
export function faultEnds(s: RunState, index: number): void {
  const fault = s.model.faults[index]!;
  const state = s.services[fault.service]!;
  s.note('fault-over', fault.service, -1, fault.name);
  if (fault.kind === 'slow') changePace(s, state, state.slowness / fault.factor);
  else if (fault.kind === 'error') state.errorChance = 1 - (1 - state.errorChance) / (1 - fault.chance);
  if (fault.kind === 'error' && fault.chance === 1) state.errorChance = 0;
}

function changePace(s: RunState, state: ServiceState, slowness: number): void {
  countWastedUntilNow(s, state);
  state.slowness = slowness;
  for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) setSlowness(s, row, slowness);
}

function oldestReady(s: RunState, state: ServiceState): number {
  for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) {
    if (s.instances.state[row] === instanceStates.ready) return row;
  }
  return -1;
}

/** The instance has just got ready: when it will crash, where instances crash at random. */
export function scheduleRandomCrash(s: RunState, state: ServiceState, row: number): void {
  for (const fault of s.model.faults) {
    if (fault.kind !== 'crash-at-random' || fault.service !== state.index) continue;
    const dueUs = s.nowUs + Math.round(fault.mtbf.sample(state.faultDraws));
    s.instances.crashTicket[row] = s.schedule(eventKinds.crashes, row, dueUs);
  }
}

/** Event: an instance crashes by its own clock. */
export function crashes(s: RunState, row: number): void {
  if (s.queue.takenTicket !== s.instances.crashTicket[row]) return;
  crashInstance(s, s.services[s.instances.service[row]!]!, row, 'crash at random');
}

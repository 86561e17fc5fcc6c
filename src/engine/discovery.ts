/**
 * Discovery: callers learn, a while after it happened, that an instance came or went. Until then they call what is no
 * longer there, and do not call what already is.
 */
import { serveWaiting } from './balanced.js';
import { eventKinds } from './eventKinds.js';
import { drainedIfEmpty } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { admit, expel } from './routing.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

export function callersWillLearn(s: RunState, state: ServiceState, row: number, isKnownAlready: boolean): void {
  const delayUs = isKnownAlready ? 0 : Math.round(state.spec.discoveryDelay.sample(state.discoveryDraws));
  if (delayUs > 0) s.instances.discoveryTicket[row] = s.schedule(eventKinds.callersLearn, row, s.nowUs + delayUs);
  else learn(s, state, row);
}

export function callersWillForget(s: RunState, state: ServiceState, row: number): void {
  const delayUs = Math.round(state.spec.discoveryDelay.sample(state.discoveryDraws));
  if (delayUs > 0) s.instances.discoveryTicket[row] = s.schedule(eventKinds.callersForget, row, s.nowUs + delayUs);
  else forget(s, state, row);
}

/** Event: callers learn of an instance. */
export function callersLearn(s: RunState, row: number): void {
  if (s.queue.takenTicket === s.instances.discoveryTicket[row]) learn(s, s.services[s.instances.service[row]!]!, row);
}

/** Event: callers no longer believe in an instance. */
export function callersForget(s: RunState, row: number): void {
  if (s.queue.takenTicket === s.instances.discoveryTicket[row]) forget(s, s.services[s.instances.service[row]!]!, row);
}

function learn(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  instances.discoveryTicket[row] = -1;
  if (instances.state[row] !== instanceStates.ready || instances.isKnown[row] === 1) return;
  if (instances.isUnready[row] === 1) return;
  admit(s, state, row);
  if (state.waitingCount > 0 && !state.holdsInSlots) serveWaiting(s, state);
}

function forget(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  instances.discoveryTicket[row] = -1;
  if (instances.isKnown[row] === 0) {
    drainedIfEmpty(s, state, row);
    return;
  }
  expel(s, state, row);
  if (instances.state[row] === instanceStates.gone) instances.give(row);
  else drainedIfEmpty(s, state, row);
}

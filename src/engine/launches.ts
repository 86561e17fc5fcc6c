/**
 * Launching: where a new instance goes first. On the user's nodes it needs a place; on a provider's it needs a launch,
 * of which there are only so many a second (a token bucket).
 */
import type { TokenBucketModel } from '../model/contract.js';
import { startForWaiting } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { beginPlacement } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { awaitPlace, takePlace } from './nodes.js';
import { preempt } from './preemption.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Room for rounding: a token is there although its parts do not add up to 1 exactly. */
const tolerance = 1e-9;

/** Give the instance a place and begin its start-up, now or as soon as there is one. */
export function launch(s: RunState, state: ServiceState, row: number): void {
  const { balanced } = state;
  if (balanced && balanced.nodePools.length > 0) {
    if (takePlace(s, state, row)) beginPlacement(s, state, row);
    else {
      awaitPlace(s, state, row);
      if (s.hasPriorities) preempt(s, state, row);
    }
    return;
  }
  const limit = balanced?.launchLimit ?? null;
  if (limit && !takeToken(s, state, limit)) {
    state.launchQueue.push(row);
    awaitToken(s, state, limit);
  } else beginPlacement(s, state, row);
}

/** Whether the service's bucket holds a token now. */
export function hasToken(s: RunState, state: ServiceState, limit: TokenBucketModel): boolean {
  refill(s, state, limit);
  return state.tokens >= 1 - tolerance;
}

/** Take one token of the service's bucket, if it holds one now. */
export function takeToken(s: RunState, state: ServiceState, limit: TokenBucketModel): boolean {
  if (!hasToken(s, state, limit)) return false;
  state.tokens -= 1;
  return true;
}

function refill(s: RunState, state: ServiceState, limit: TokenBucketModel): void {
  const earned = ((s.nowUs - state.tokensAtUs) * limit.perSecond) / 1e6;
  state.tokens = Math.min(limit.burst, state.tokens + earned);
  state.tokensAtUs = s.nowUs;
}

/** See that the service is looked at when its next token comes. */
export function awaitToken(s: RunState, state: ServiceState, limit: TokenBucketModel): void {
  if (state.tokenTicket >= 0) return;
  refill(s, state, limit);
  const waitUs = Math.max(1, Math.ceil(((1 - state.tokens - tolerance) * 1e6) / limit.perSecond));
  state.tokenTicket = s.schedule(eventKinds.tokenComes, state.index, s.nowUs + waitUs);
}

/** Event: a token has come: launch what waits for one. */
export function tokenComes(s: RunState, service: number): void {
  const state = s.services[service]!;
  state.tokenTicket = -1;
  const limit = state.balanced?.launchLimit ?? state.environments?.startLimit;
  if (!limit) return;
  if (state.environments) {
    startForWaiting(s, state);
    return;
  }
  while (state.launchQueue.length > 0) {
    const row = state.launchQueue[0]!;
    const isStillWanted =
      s.instances.isTaken(row) &&
      s.instances.service[row] === service &&
      s.instances.state[row] === instanceStates.requested;
    if (isStillWanted && !takeToken(s, state, limit)) {
      awaitToken(s, state, limit);
      return;
    }
    state.launchQueue.shift();
    if (isStillWanted) beginPlacement(s, state, row);
  }
}

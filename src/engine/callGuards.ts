/**
 * Guarded calls: breakers, limits on calls under way, and retry budgets, in the process that calls.
 *
 * A call that is refused here never leaves: no span of the called service is made, and its caller has an error for its
 * retries. One that waits for a place is `held`: its patience runs, and whoever gives a place back lets the first in
 * line walk on. All of it is asked only in runs where some call is guarded.
 */
import { type Outcome, outcomes } from '../observation/contract.js';
import { attemptEnded, launchCall } from './calls.js';
import { eventKinds } from './eventKinds.js';
import { fiberStates } from './fibers.js';
import type { Guard } from './guardTable.js';
import { hashName, ops, placeOf } from './program.js';
import type { RunState } from './state.js';

const timeoutPlace = hashName('timeout');

/** The guard of the call at which `fiber` stands; null when that one is not guarded. */
function guardAt(s: RunState, fiber: number): Guard | null {
  const { fibers, program, guards } = s;
  const pc = fibers.pc[fiber]!;
  if (program.op[pc] !== ops.call) return null;
  const call = program.a[pc]!;
  if (guards!.siteOf(call) === null) return null;
  const span = fibers.span[fiber]!;
  return guards!.guardOf(call, fibers.instance[span]!, fibers.instanceNumber[span]!);
}

/** As `makeCall`, where some call of the run is guarded. */
export function makeGuardedCall(s: RunState, caller: number): void {
  const { fibers, program } = s;
  const guard = guardAt(s, caller);
  if (guard === null) {
    launchCall(s, caller, 0);
    return;
  }
  const waited = guard.line.get(caller);
  if (waited) {
    guard.line.delete(caller);
    if (waited.as === 'granted') launchCall(s, caller, s.nowUs - waited.sinceUs);
    else attemptEnded(s, caller, outcomes.rejected);
    return;
  }
  if (fibers.attempt[caller] === 0) guard.callCount++;
  const { breaker: rule } = program.calls[program.a[fibers.pc[caller]!]!]!;
  if (rule && guard.inFlightCount >= rule.maxRequests) {
    if (guard.breaker!.phase !== 'open' && guard.heldCount < rule.maxPending) hold(s, guard, caller);
    else attemptEnded(s, caller, outcomes.rejected);
    return;
  }
  if (!admits(s, guard, caller)) {
    attemptEnded(s, caller, outcomes.rejected);
    return;
  }
  guard.inFlightCount++;
  launchCall(s, caller, 0);
}

/** Whether the breaker lets a call of `caller` leave. A half-open one lets it leave as its trial. */
function admits(s: RunState, guard: Guard, caller: number): boolean {
  const { breaker } = guard;
  if (!breaker) return true;
  const wasOpen = breaker.phase === 'open';
  if (!breaker.admits(s.nowUs)) return false;
  if (breaker.phase === 'half-open') guard.trial = caller;
  if (wasOpen) tell(s, caller, 'breaker-half-open');
  return true;
}

/** `caller` waits for a place; his patience with this attempt runs. */
function hold(s: RunState, guard: Guard, caller: number): void {
  const { fibers, program } = s;
  guard.line.set(caller, { sinceUs: s.nowUs, as: 'held' });
  guard.heldCount++;
  fibers.state[caller] = fiberStates.held;
  fibers.ticket[caller] = -1;
  const pc = fibers.pc[caller]!;
  const { timeout } = program.calls[program.a[pc]!]!;
  if (!timeout) return;
  const visitor = fibers.visitor[fibers.span[caller]!]!;
  const path = placeOf(fibers.path[caller]!, program.hash[pc]!, fibers.attempt[caller]!);
  s.draws.moveToStep(s.visitors.keyA[visitor]!, s.visitors.keyB[visitor]!, placeOf(path, timeoutPlace, 0));
  const afterUs = Math.round(timeout.after.sample(s.draws)); // What `launchCall` draws at the same place.
  fibers.ticket[caller] = s.schedule(eventKinds.heldTooLong, caller, s.nowUs + afterUs);
}

/** Event: the patience of a call that waits for a place is over. */
export function heldTooLong(s: RunState, caller: number): void {
  if (s.queue.takenTicket !== s.fibers.ticket[caller]) return;
  const guard = guardAt(s, caller)!;
  guard.line.delete(caller);
  guard.heldCount--;
  attemptEnded(s, caller, outcomes.timedOut);
}

/** An attempt that had left is back, or is not waited for any more. */
export function guardedCallReturned(s: RunState, caller: number, outcome: Outcome): void {
  const guard = guardAt(s, caller);
  if (guard === null) return;
  guard.inFlightCount--;
  hear(s, guard, caller, outcome !== outcomes.completed);
  passPlaces(s, guard, caller);
}

function hear(s: RunState, guard: Guard, caller: number, isError: boolean): void {
  const { breaker } = guard;
  if (!breaker) return;
  const { phase } = breaker;
  if (phase === 'half-open' && guard.trial !== caller) return; // Left before the breaker opened.
  guard.trial = -1;
  breaker.answered(isError, s.nowUs);
  if (breaker.phase !== phase) tell(s, caller, `breaker-${breaker.phase}`);
}

/** Places free now go to those who wait; with the breaker open they are refused. They walk on after whoever walks. */
function passPlaces(s: RunState, guard: Guard, caller: number): void {
  if (guard.heldCount === 0) return;
  const rule = s.program.calls[s.program.a[s.fibers.pc[caller]!]!]!.breaker!;
  for (const [fiber, held] of guard.line) {
    if (held.as !== 'held') continue;
    const isOpen = guard.breaker!.phase !== 'closed';
    if (!isOpen && guard.inFlightCount >= rule.maxRequests) return;
    guard.heldCount--;
    held.as = admits(s, guard, fiber) ? 'granted' : 'denied';
    if (held.as === 'granted') guard.inFlightCount++;
    s.fibers.ticket[fiber] = -1;
    s.wake(fiber);
  }
}

/** An attempt failed and its own rule allows a retry: whether the budget does too (it then counts as one). */
export function takeRetry(s: RunState, caller: number): boolean {
  const guard = guardAt(s, caller);
  if (guard === null) return true;
  if (s.fibers.attempt[caller]! > 0) guard.retryCount--;
  const { retryBudget } = s.program.calls[s.program.a[s.fibers.pc[caller]!]!]!;
  const isAllowed = !retryBudget || retryBudget.allows(guard.retryCount, guard.callCount);
  if (isAllowed) guard.retryCount++;
  else if (s.fibers.attempt[caller]! > 0) guard.retryCount++; // Its own last retry ends with the call.
  return isAllowed;
}

/** The call is over, with all its attempts. */
export function guardedCallEnded(s: RunState, caller: number): void {
  const guard = guardAt(s, caller);
  if (guard === null) return;
  guard.callCount--;
  if (s.fibers.attempt[caller]! > 0) guard.retryCount--;
}

/** Whatever `fiber` does is broken off: if it stands at a guarded call, that is over. */
export function guardedCallBrokenOff(s: RunState, fiber: number): void {
  const state = s.fibers.state[fiber]!;
  const { calling, backingOff, held, walking } = fiberStates;
  if (state !== calling && state !== backingOff && state !== held && state !== walking) return;
  const guard = guardAt(s, fiber);
  if (guard === null) return;
  const waiting = guard.line.get(fiber);
  if (state === walking && !waiting) return; // It has yet to come to its call.
  if (waiting) {
    guard.line.delete(fiber);
    if (waiting.as === 'held') guard.heldCount--;
  }
  guardedCallEnded(s, fiber);
  if (state !== calling && waiting?.as !== 'granted') return;
  guard.inFlightCount--;
  if (guard.trial === fiber) {
    guard.trial = -1;
    guard.breaker!.brokenOff();
  }
  passPlaces(s, guard, fiber);
}

function tell(s: RunState, caller: number, kind: string): void {
  const { fibers, program } = s;
  const span = fibers.span[caller]!;
  const { service, operation } = program.calls[program.a[fibers.pc[caller]!]!]!;
  const called = s.model.services[service]!;
  s.note(kind, fibers.service[span]!, fibers.instance[span]!, `${called.name}.${called.operations[operation]!.name}`);
}

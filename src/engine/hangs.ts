/**
 * Hanging instances: alive, taking requests, answering nothing. Their CPUs stand still, and whatever comes back to them
 * (an answer, a query, the end of a wait) finds nobody to go on. Checked by test/engine/hangs.test.ts.
 */
import { noteSlot, slotsFreed } from './activator.js';
import { fiberStates } from './fibers.js';
import { arm, settleMachine } from './machines.js';
import { askChanged } from './nodeShares.js';
import { suspect } from './probes.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

export function beginHang(s: RunState, state: ServiceState, row: number): void {
  if (s.instances.isHung[row] === 1) return;
  settleMachine(s, row);
  s.instances.isHung[row] = 1;
  s.instances.jobTicket[row] = -1;
  s.hungCount++;
  if (s.nodeShares !== null) askChanged(s, s.nodeShares, row);
  suspect(s, state, row);
}

/** Instance `row` hangs no more: it was mended, or is gone. */
export function endHang(s: RunState, row: number): void {
  if (s.instances.isHung[row] === 0) return;
  settleMachine(s, row);
  s.instances.isHung[row] = 0;
  s.hungCount--;
  if (s.nodeShares !== null) askChanged(s, s.nodeShares, row);
}

/** It goes on where it stood still: its CPUs, then whoever could not walk on, in the order of their rows. */
export function goOnAfterHang(s: RunState, row: number): void {
  endHang(s, row);
  arm(s, row);
  const { fibers } = s;
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    const isParked = fibers.isTaken(fiber) && fibers.state[fiber] === fiberStates.parked;
    if (isParked && fibers.instance[fibers.span[fiber]!] === row) s.wake(fiber);
  }
  const state = s.services[s.instances.service[row]!]!;
  if (state.freeSlots === null) return;
  noteSlot(s, state, row);
  slotsFreed(s, state);
}

/** Whether the fiber is on an instance that hangs: it then stays where it is. */
export function isHeldUp(s: RunState, fiber: number): boolean {
  const { fibers } = s;
  if (s.instances.isHung[fibers.instance[fibers.span[fiber]!]!] !== 1) return false;
  fibers.state[fiber] = fiberStates.parked;
  return true;
}

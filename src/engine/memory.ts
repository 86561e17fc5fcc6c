/**
 * Memory: what an instance's process takes, and the end of one that takes more than its limit.
 *
 * A process takes its base, so much for each request it works on, and what it has leaked since it started; a version
 * of the service may take a share more. It is over its limit at moments that are known beforehand (a request begins, or
 * the leak gets there), so one event an instance is armed for the next of them; one that comes too early (a request
 * has ended meanwhile) looks, and is armed again. Checked by test/engine/memory.test.ts.
 */
import { eventKinds } from './eventKinds.js';
import { crashInstance } from './instances.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

const hourUs = 3_600_000_000;
/** Room for rounding when fractions of MB are added up. */
const tolerance = 1e-9;

/** What the process of instance `row` takes now, MB. */
export function memoryTakenMb(s: RunState, state: ServiceState, row: number): number {
  const { instances } = s;
  const use = state.memoryUse;
  const { memoryFactor } = state.versions[instances.version[row]!]!;
  if (use === null) return state.spec.memoryUsedMb * memoryFactor;
  const leakedMb = (use.leakMbPerHour * (s.nowUs - instances.startedUs[row]!)) / hourUs;
  return (use.baseMb + use.perRequestMb * instances.inService[row]! + leakedMb) * memoryFactor;
}

/** Whether the process of instance `row` takes more than its limit now. */
export function isOverLimit(s: RunState, state: ServiceState, row: number): boolean {
  return memoryTakenMb(s, state, row) > state.spec.memoryMb + tolerance;
}

/** Instance `row` has got ready, or works on one request more: see that it is looked at when its memory is over. */
export function watchMemory(s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const dueUs = overLimitUs(s, state, row);
  if (dueUs === Number.POSITIVE_INFINITY) return;
  if (instances.memoryTicket[row]! >= 0 && instances.memoryDueUs[row]! <= dueUs) return;
  instances.memoryDueUs[row] = dueUs;
  instances.memoryTicket[row] = s.schedule(eventKinds.memoryRunsOut, row, dueUs);
}

/** When it is over its limit, if it goes on with the requests it has: now, or the first microsecond at which it is. */
function overLimitUs(s: RunState, state: ServiceState, row: number): number {
  const roomMb = state.spec.memoryMb + tolerance - memoryTakenMb(s, state, row);
  if (roomMb < 0) return s.nowUs;
  const { memoryFactor } = state.versions[s.instances.version[row]!]!;
  const leakMbPerUs = (state.memoryUse!.leakMbPerHour * memoryFactor) / hourUs;
  return leakMbPerUs > 0 ? s.nowUs + Math.floor(roomMb / leakMbPerUs) + 1 : Number.POSITIVE_INFINITY;
}

/** Event: instance `row` may be over its limit: then it is killed, and whatever it works on fails. */
export function memoryRunsOut(s: RunState, row: number): void {
  const { instances } = s;
  if (s.queue.takenTicket !== instances.memoryTicket[row]) return;
  instances.memoryTicket[row] = -1;
  const state = s.services[instances.service[row]!]!;
  if (isOverLimit(s, state, row)) killForMemory(s, state, row);
  else watchMemory(s, state, row);
}

/** Whether the process of `row`, at the end of its start-up, is too large to get ready; it is killed then. */
export function isKilledAtStart(s: RunState, state: ServiceState, row: number): boolean {
  if (state.memoryUse === null || !isOverLimit(s, state, row)) return false;
  killForMemory(s, state, row);
  return true;
}

function killForMemory(s: RunState, state: ServiceState, row: number): void {
  const takenMb = memoryTakenMb(s, state, row);
  crashInstance(s, state, row, `out of memory: ${takenMb.toFixed(1)}MB of ${state.spec.memoryMb}MB`);
}

/**
 * Stuck: requests in flight that no event will ever move. Two services that wait for each other's slots can stand still
 * for ever without timeouts, as real ones do; the end of a run looks for it and names them.
 */
import { fiberStates } from './fibers.js';
import type { RunState, RunWarning } from './state.js';

/** A warning naming the services whose spans stand still for good; null when something may yet move. */
export function findStuck(s: RunState): RunWarning | null {
  const { fibers } = s;
  const waitingAt = new Set<number>();
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    if (!fibers.isTaken(fiber)) continue;
    const state = fibers.state[fiber]!;
    const span = fibers.span[fiber]!;
    const isPassive =
      state === fiberStates.queued ||
      state === fiberStates.calling ||
      state === fiberStates.joining ||
      state === fiberStates.connecting;
    const isTimed = fibers.timeoutTicket[span]! >= 0 || fibers.limitTicket[span]! >= 0 || visitorIsTimed(s, span);
    if (!isPassive || isTimed) return null;
    if (state === fiberStates.queued) waitingAt.add(fibers.service[span]!);
  }
  if (waitingAt.size === 0 || s.services.some(({ startingCount }) => startingCount > 0)) return null;
  const names = [...waitingAt].map((service) => s.services[service]!.spec.name).sort();
  return {
    code: 'stuck',
    message: `requests stand still for good, waiting for each other's slots at ${names.join(', ')}; give the calls a timeout`,
  };
}

function visitorIsTimed(s: RunState, span: number): boolean {
  return s.visitors.timeoutTicket[s.fibers.visitor[span]!]! >= 0;
}

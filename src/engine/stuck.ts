/**
 * Stuck: requests in flight that no event will ever move. Two services that wait for each other's slots can stand still
 * for ever without timeouts, as real ones do; the end of a run looks for them and names them.
 *
 * A fiber may yet move when an event of its own is pending, or when what it waits for may move; whatever is not reached
 * from the events so, round after round, stands still. Where that cannot be told for certain it counts as moving.
 */
import type { TimeoutModel } from '../model/contract.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { instanceStates } from './instanceTable.js';
import type { RunState, RunWarning } from './state.js';

/** A warning naming the services whose spans stand still for good; null when all may yet move. */
export function findStuck(s: RunState): RunWarning | null {
  const { fibers } = s;
  const moving = new Moving(s);
  while (moving.spread());
  const services = new Set<number>();
  let spanCount = 0;
  for (let fiber = 0; fiber < fibers.highWater; fiber++) {
    if (!fibers.isTaken(fiber) || fibers.span[fiber] !== fiber || moving.has(fiber)) continue;
    spanCount++;
    services.add(fibers.service[fiber]!);
  }
  if (spanCount === 0) return null;
  const names = [...services].map((service) => s.services[service]!.spec.name).sort();
  return {
    code: 'stuck',
    message:
      `${spanCount} requests stand still for good, each waiting for what another one holds, ` +
      `at ${names.join(', ')}; give the calls a timeout with cancels: true`,
  };
}

/** The fibers that may yet move, as far as found; and the instances, services and databases where something does. */
class Moving {
  private readonly s: RunState;
  private readonly isMoving: Uint8Array;
  private readonly rows: Uint8Array;
  private readonly services: Uint8Array;
  private readonly databases: Uint8Array;

  constructor(s: RunState) {
    this.s = s;
    this.isMoving = new Uint8Array(s.fibers.highWater);
    this.rows = new Uint8Array(s.instances.highWater);
    this.services = Uint8Array.from(s.services, (state) => {
      const mayStart = state.startingCount > 0 || state.tokenTicket >= 0 || state.waitTicket >= 0;
      return mayStart || state.scalerTickets.some((ticket) => ticket >= 0) ? 1 : 0;
    });
    this.databases = new Uint8Array(s.databases.length);
  }

  has(fiber: number): boolean {
    return this.isMoving[fiber] === 1;
  }

  /** One round over all fibers; whether any was found that may move. */
  spread(): boolean {
    const { fibers } = this.s;
    let hasFound = false;
    for (let fiber = 0; fiber < fibers.highWater; fiber++) {
      if (!fibers.isTaken(fiber) || this.has(fiber) || !this.mayMove(fiber)) continue;
      hasFound = true;
      this.isMoving[fiber] = 1;
      const isInService = fibers.span[fiber] === fiber && (fibers.flags[fiber]! & fiberFlags.inService) !== 0;
      if (isInService) {
        this.rows[fibers.instance[fiber]!] = 1;
        this.services[fibers.service[fiber]!] = 1;
      }
      const isServed = fibers.database[fiber]! >= 0 && fibers.state[fiber] !== fiberStates.connecting;
      if (isServed) this.databases[fibers.database[fiber]!] = 1;
    }
    return hasFound;
  }

  private mayMove(fiber: number): boolean {
    const { fibers } = this.s;
    if (fibers.span[fiber] === fiber && this.endsInTime(fiber)) return true;
    switch (fibers.state[fiber]) {
      case fiberStates.queued:
        return this.mayBeServed(fiber);
      case fiberStates.calling:
        return this.has(fibers.callee[fiber]!) || fibers.timeoutTicket[fibers.callee[fiber]!]! >= 0;
      case fiberStates.joining: {
        for (let child = fibers.firstChild[fiber]!; child >= 0; child = fibers.nextSibling[child]!) {
          if (!this.has(child)) return false;
        }
        return true;
      }
      case fiberStates.connecting:
        return this.databases[fibers.database[fiber]!] === 1;
      default:
        return true; // On its way, at work, or waiting for a moment: an event is pending.
    }
  }

  /** Whether a time-out that gives back what the span holds, or the platform's limit, is pending for it. */
  private endsInTime(span: number): boolean {
    const { fibers, program, visitors, sources } = this.s;
    if (fibers.limitTicket[span]! >= 0) return true;
    const caller = fibers.parent[span]!;
    const visitor = fibers.visitor[span]!;
    let timeout: TimeoutModel | null = null;
    if (fibers.timeoutTicket[span]! >= 0) timeout = program.calls[program.a[fibers.pc[caller]!]!]!.timeout;
    else if (visitors.root[visitor] === span && visitors.timeoutTicket[visitor]! >= 0)
      timeout = sources[visitors.source[visitor]!]!.spec.timeout;
    return timeout !== null && (timeout.cancels || timeout.isWhileQueued);
  }

  /**
   * At an instance: when one in service there may end, or the instance is starting. At a service: when anything may.
   */
  private mayBeServed(span: number): boolean {
    const { fibers, instances, services } = this.s;
    const row = fibers.instance[span]!;
    if (row >= 0) return this.rows[row] === 1 || instances.state[row]! < instanceStates.ready;
    if (services[fibers.service[span]!]!.balanced) return true; // Somebody is starting, or callers are about to learn.
    return services.some(({ environments }, service) => environments !== null && this.services[service] === 1);
  }
}

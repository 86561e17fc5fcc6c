/**
 * What is remembered of guarded calls: one guard for each calling instance at each call that has a breaker or a retry
 * budget. Its own file because `state.ts` holds it and the rules around it, in `callGuards.ts`, need `state.ts`.
 */
import type { BreakerMemory } from '../healing/contract.js';
import type { CallSite, Program } from './program.js';

/** What a fiber at a guarded call waits for: a place; to be walked on with a place; to be walked on and refused. */
export type HeldAs = 'held' | 'granted' | 'denied';

export interface HeldCall {
  readonly sinceUs: number;
  as: HeldAs;
}

/** The calls of one instance at one call site. */
export interface Guard {
  /** Of the instance, which outlives its row. */
  readonly instanceNumber: number;
  readonly breaker: BreakerMemory | null;
  /** Attempts that have left and are not back. */
  inFlightCount: number;
  /** Calls under way, with all their attempts; of these, those at or before a retry. */
  callCount: number;
  retryCount: number;
  /** Who made the attempt that tries a half-open breaker; -1. */
  trial: number;
  /** Fibers that wait, in the order in which they came. */
  readonly line: Map<number, HeldCall>;
  heldCount: number;
}

export class CallGuards {
  private readonly sites: readonly (CallSite | null)[];
  private readonly bySite: readonly Map<number, Guard>[];

  private constructor(sites: readonly (CallSite | null)[]) {
    this.sites = sites;
    this.bySite = sites.map(() => new Map<number, Guard>());
  }

  /** Null when no call of the program is guarded. */
  static of({ calls }: Program): CallGuards | null {
    const sites = calls.map((site) => (site.breaker || site.retryBudget ? site : null));
    return sites.some((site) => site !== null) ? new CallGuards(sites) : null;
  }

  /** The call site, if it is a guarded one. */
  siteOf(call: number): CallSite | null {
    return this.sites[call] ?? null;
  }

  /** The guard of the instance in `row`, whose number is `instanceNumber`, at `call`. */
  guardOf(call: number, row: number, instanceNumber: number): Guard {
    const guards = this.bySite[call]!;
    const known = guards.get(row);
    if (known && known.instanceNumber === instanceNumber) return known;
    const guard: Guard = {
      instanceNumber,
      breaker: this.sites[call]!.breaker?.start() ?? null,
      inFlightCount: 0,
      callCount: 0,
      retryCount: 0,
      trial: -1,
      line: new Map(),
      heldCount: 0,
    };
    guards.set(row, guard);
    return guard;
  }
}

/**
 * What a running meter is: it hears facts of one service (or pool, or database, or the whole run) and keeps a whole-
 * number quantity in the meter's unit, clipped to the measured time. One kind of meter a file, one line each in
 * `registry.ts`.
 */
import type { InstanceFact, InvocationFact, NodeFact, RunFrame, VisitorFact } from '../../observation/contract.js';
import type { Meter, MeterKind } from '../contract.js';
import type { ProvisionedInstances } from './provisionedInstances.js';

/** Facts a meter may hear; the set is subscribed only to those that one of its meters wants. */
export type Hearing =
  | 'invocations'
  | 'instances'
  | 'busy'
  | 'nodes'
  | 'visits'
  | 'queries'
  | 'queue-requests'
  | 'zone-ways';

/** The run a meter is started in. */
export interface MeterFrame {
  readonly run: RunFrame;
  readonly provisioned: ProvisionedInstances;
}

export interface RunningMeter {
  /** Which service (database, pool) it hears facts of; -1 hears all. */
  readonly subject: number;
  invocationEnded?(fact: InvocationFact): void;
  /** Heard before `finish`, of each call that goes on then; by every meter that hears of ended ones. */
  invocationInFlight?(fact: InvocationFact): void;
  /** What makes it forget the calls in flight that it hears of from now on; where it hears of them. */
  mark?(): () => void;
  instanceChanged?(fact: InstanceFact): void;
  busyChanged?(instance: number, isBusy: boolean, nowUs: number): void;
  nodeChanged?(fact: NodeFact): void;
  visitorArrived?(source: number, nowUs: number, isMeasured: boolean): void;
  visitorEnded?(fact: VisitorFact): void;
  queryBegan?(isMeasured: boolean, isWrite: boolean): void;
  queueAsked?(isMeasured: boolean): void;
  zoneWayTaken?(way: 0 | 1, isAcross: boolean, isMeasured: boolean): void;
  /** The run is over at `endUs`: what is still open is clipped there. Heard once. */
  finish?(endUs: number): void;
  /** Microseconds or pieces, whole; after `finish`. */
  quantity(): bigint;
  /** The same while the run goes on, as if it ended at `nowUs`. Left out where nothing is ever open. */
  quantityAt?(nowUs: number): bigint;
  /** Of the time that invocations took, before rounding: all of it, and what was only waiting for others. */
  readonly workedUs?: () => bigint;
  readonly waitingUs?: () => bigint;
  /** Of the quantity, what a minimum charge added. */
  readonly minimumUs?: () => bigint;
}

export interface MeterMember<Kind extends MeterKind> {
  readonly kind: Kind;
  readonly hears: readonly Hearing[];
  /**
   * Parts of `quantity` in one measure of a charge: a second of time, a piece of a count, a unit-hour of a balancer.
   */
  readonly partsPerMeasure: bigint;
  /** @throws RangeError when it names something the run has not: a fault of the plan */
  start(meter: Extract<Meter, { readonly kind: Kind }>, frame: MeterFrame): RunningMeter;
}

/** Times are kept in microseconds and charged in seconds. */
export const usPerSecond = 1_000_000n;

/** The place of a name in the run's list. @throws RangeError when it isn't there: the plan is for another model */
export function placeOf(name: string, names: readonly string[], what: string): number {
  const place = names.indexOf(name);
  if (place < 0) throw new RangeError(`the bill names ${what} ${JSON.stringify(name)}, which the run has not`);
  return place;
}

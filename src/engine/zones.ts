/**
 * Zones: where an instance stands, and the ways of calls between instances in one zone or in two.
 *
 * Its own file because only some runs ask: where zones make no difference nothing here is on the way of a request. A
 * caller with a zone chooses its instance before the call leaves, as proxies beside it do, for the way depends on where
 * that instance stands; it may have gone when the call arrives. Visitors come from outside and messages out of queues:
 * they have no zone. Requests that an activator holds go where it finds room, and requests that start instances go by
 * the provider's door: neither is a way between zones here. Checked by test/engine/zones.test.ts.
 */
import { outcomes } from '../observation/contract.js';
import type { Sampler } from '../random/contract.js';
import { offer } from './balanced.js';
import { hopPlaces } from './calls.js';
import { fiberFlags } from './fibers.js';
import { placeOf } from './program.js';
import { pickKnown } from './routing.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';
import { refuse } from './work.js';

/** Columns beside the fibers', by span: the caller's zone + 1, the instance meant, and the way taken. */
export class ZoneWays {
  private fromZone = new Int32Array(256);
  /** Row of the instance chosen when the call left, and its number; -1: none yet. */
  meantRow = new Int32Array(256);
  meantNumber = new Float64Array(256);
  /** 0: zones say nothing of it; 1: within a zone; 2: across. */
  way = new Uint8Array(256);

  /** A new span: nothing is known of its way. */
  begin(span: number): void {
    if (span >= this.way.length) this.grow(span);
    this.fromZone[span] = 0;
    this.meantRow[span] = -1;
    this.way[span] = 0;
  }

  /** The zone its caller stands in; -1: it has none. */
  callersZone(span: number): number {
    return this.fromZone[span]! - 1;
  }

  leavesFrom(span: number, zone: number): void {
    this.fromZone[span] = zone + 1;
  }

  private grow(span: number): void {
    let length = this.way.length;
    while (length <= span) length *= 2;
    const { fromZone, meantRow, meantNumber, way } = this;
    this.fromZone = new Int32Array(length);
    this.meantRow = new Int32Array(length);
    this.meantNumber = new Float64Array(length);
    this.way = new Uint8Array(length);
    this.fromZone.set(fromZone);
    this.meantRow.set(meantRow);
    this.meantNumber.set(meantNumber);
    this.way.set(way);
  }
}

/** The zone of instance `row`: its node's; where nodes are the provider's, zones take turns by its number. */
export function zoneOf(s: RunState, row: number): number {
  const { instances } = s;
  const node = instances.node[row]!;
  if (node >= 0) return s.nodes.nodes[node]!.zone;
  return instances.number[row]! % s.services[instances.service[row]!]!.spec.zoneCount;
}

/** A call leaves `caller`: time on the way to another zone, whole microseconds; -1: the usual hop. */
export function wayOut(s: RunState, zones: ZoneWays, span: number, caller: number): number {
  const { fibers } = s;
  const state = s.services[fibers.service[span]!]!;
  const { betweenZones } = state.spec;
  const callerRow = fibers.instance[fibers.span[caller]!]!;
  if (callerRow < 0 || betweenZones === undefined || state.holdsRequests) return -1;
  const zone = zoneOf(s, callerRow);
  zones.leavesFrom(span, zone);
  const row = pickKnown(s, state, span);
  if (row < 0) return -1;
  zones.meantRow[span] = row;
  zones.meantNumber[span] = s.instances.number[row]!;
  const isAcross = zoneOf(s, row) !== zone;
  zones.way[span] = isAcross ? 2 : 1;
  tellWay(s, span, 0, isAcross);
  return isAcross ? acrossUs(s, span, betweenZones.hopOut, 0) : -1;
}

/** The answer to a call leaves: as `wayOut`. */
export function wayBack(s: RunState, zones: ZoneWays, state: ServiceState, span: number): number {
  const way = zones.way[span]!;
  if (way === 0) return -1;
  tellWay(s, span, 1, way === 2);
  return way === 2 ? acrossUs(s, span, state.spec.betweenZones!.hopBack, 1) : -1;
}

function acrossUs(s: RunState, span: number, sampler: Sampler, way: 0 | 1): number {
  const visitor = s.fibers.visitor[span]!;
  const place = placeOf(s.fibers.path[span]!, hopPlaces[way], 0);
  s.draws.moveToStep(s.visitors.keyA[visitor]!, s.visitors.keyB[visitor]!, place);
  return Math.round(sampler.sample(s.draws));
}

/** A call has arrived; where its instance was chosen before it left, it goes there, or fails where that has gone. */
export function goesWhereMeant(s: RunState, zones: ZoneWays, state: ServiceState, span: number): boolean {
  const { instances } = s;
  const row = zones.meantRow[span]!;
  if (row < 0) return false;
  const number = zones.meantNumber[span]!;
  zones.meantRow[span] = -1;
  const isStillIt =
    instances.isTaken(row) && instances.service[row] === state.index && instances.number[row] === number;
  if (isStillIt) offer(s, state, span, row);
  else {
    s.fibers.instanceNumber[span] = number;
    refuse(s, span, outcomes.failed);
  }
  return true;
}

function tellWay(s: RunState, span: number, way: 0 | 1, isAcross: boolean): void {
  const { wayListeners: listeners } = s;
  if (listeners.length === 0) return;
  const isMeasured = (s.fibers.flags[span]! & fiberFlags.measured) !== 0;
  const service = s.fibers.service[span]!;
  for (let i = 0; i < listeners.length; i++) listeners[i]!.zoneWayTaken!(service, way, isAcross, isMeasured);
}

/**
 * Routing: which instances a service's balancer knows, and asking it.
 *
 * Its own file because being known is more than having been learnt of: an outlier is left alone for a while, and
 * during some releases the new version has callers of its own. All that a balancer is told of comes through here.
 */
import type { BalancerMemory } from '../balancing/contract.js';
import { noteSlot } from './activator.js';
import { eventKinds } from './eventKinds.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';
import { splitMemory } from './versionSplit.js';
import { zoneOf } from './zones.js';

/** Callers know instance `row` from now on. */
export function admit(s: RunState, state: ServiceState, row: number): void {
  s.instances.isKnown[row] = 1;
  state.outliers?.joined(row);
  addTo(memoryOf(s, state, row), s, state, row);
  if (state.outliers) settlePanic(s, state);
}

/** Callers know instance `row` no longer. */
export function expel(s: RunState, state: ServiceState, row: number): void {
  s.instances.isKnown[row] = 0;
  memoryOf(s, state, row).remove(row);
  if (!state.outliers) return;
  state.outliers.left(row);
  settlePanic(s, state);
}

/** The balancer that knows instance `row`. */
export function memoryOf(s: RunState, state: ServiceState, row: number): BalancerMemory {
  const { split } = state;
  return split !== null && s.instances.version[row] === split.version ? split.balancer : state.balancer!;
}

export function addTo(memory: BalancerMemory, s: RunState, state: ServiceState, row: number): void {
  const { instances } = s;
  const number = instances.number[row]!;
  const weights = state.balanced!.weights;
  const weight = weights ? weights[number % weights.length]! : 1;
  memory.add(row, instances.inService[row]! + instances.queued[row]!, weight, {
    number,
    nowUs: s.nowUs,
    zone: zoneOf(s, row),
  });
}

/** The instance that the next request of `span`'s visitor goes to, or -1 when callers know none. */
export function pickKnown(s: RunState, state: ServiceState, span: number): number {
  return pickFor(s, state, s.visitors.hashKey[s.fibers.visitor[span]!]!, span);
}

/** As `pickKnown`, for a visitor whose hash key is `key`; without a span (-1) only where no zone matters. */
export function pickFor(s: RunState, state: ServiceState, key: number, span: number): number {
  const { drawCount } = state.balanced!.balancer;
  const drawA = drawCount > 0 ? state.balancerDraws.uniform() : 0;
  const drawB = drawCount > 1 ? state.balancerDraws.uniform() : 0;
  const memory = state.split === null ? state.balancer! : splitMemory(state, state.split);
  if (state.usesZones) return memory.pick(drawA, drawB, key, s.nowUs, s.zones!.callersZone(span));
  return memory.pick(drawA, drawB, key, s.nowUs);
}

/** Instance `row` holds one request more, or less. */
export function loadChanged(s: RunState, state: ServiceState, row: number): void {
  if (state.freeSlots !== null) noteSlot(s, state, row);
  if (!state.usesLoad || s.instances.isKnown[row] !== 1) return;
  memoryOf(s, state, row).loadChanged(row, s.instances.inService[row]! + s.instances.queued[row]!);
}

/**
 * Instance `row` has answered a span, with an error or not, or has kept it waiting beyond its caller's patience
 * (`isError`, and no time to learn from). Only where the service `watchesAnswers`.
 */
export function answerHeard(s: RunState, span: number, row: number, isError: boolean, hasAnswered: boolean): void {
  const state = s.services[s.fibers.service[span]!]!;
  if (!state.watchesAnswers || s.instances.isKnown[row] !== 1) return;
  if (hasAnswered && state.usesLatency) {
    const tookUs = s.nowUs - s.fibers.arrivedUs[span]!;
    memoryOf(s, state, row).answered!(row, tookUs, s.nowUs);
  }
  if (state.outliers?.answered(row, isError, s.nowUs)) eject(s, state, row);
}

function eject(s: RunState, state: ServiceState, row: number): void {
  s.note('ejected', state.index, row, `${state.outliers!.ejected.size} out`);
  if (!state.isPanicking) memoryOf(s, state, row).remove(row);
  settlePanic(s, state);
  armSweep(s, state);
}

function armSweep(s: RunState, state: ServiceState): void {
  if (state.isSweepArmed || !state.outliers!.needsSweeps) return;
  const { intervalUs } = state.balanced!.outlierDetection!;
  state.isSweepArmed = true;
  s.schedule(eventKinds.outliersReturn, state.index, (Math.floor(s.nowUs / intervalUs) + 1) * intervalUs);
}

/** Event: an interval of outlier detection is over: who has been out for long enough comes back. */
export function outliersReturn(s: RunState, service: number): void {
  const state = s.services[service]!;
  state.isSweepArmed = false;
  for (const row of state.outliers!.sweep(s.nowUs)) {
    s.note('ejection-over', state.index, row, '');
    if (!state.isPanicking) addTo(memoryOf(s, state, row), s, state, row);
  }
  settlePanic(s, state);
  armSweep(s, state);
}

/** With too many out, callers take all of them again; with few enough, none of them. */
function settlePanic(s: RunState, state: ServiceState): void {
  const { isPanicking, ejected } = state.outliers!;
  if (isPanicking === state.isPanicking) return;
  state.isPanicking = isPanicking;
  s.note(isPanicking ? 'panic' : 'panic-over', state.index, -1, `${ejected.size} instances are ejected`);
  for (const row of ejected) {
    if (isPanicking) addTo(memoryOf(s, state, row), s, state, row);
    else memoryOf(s, state, row).remove(row);
  }
}

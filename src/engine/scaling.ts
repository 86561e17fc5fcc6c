/**
 * Scaling: asking the autoscalers at their own times, and applying what they want within the limits.
 */

import type { Scaler, ScalerDecision, ScalerView } from '../autoscaling/contract.js';
import { setDesired } from './desired.js';
import { startEnvironment } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { settlePrewarmed } from './prewarmed.js';
import { provisioningDecides, provisioningPlace } from './provisioning.js';
import type { ServiceState } from './services.js';
import { armSeconds, keepSignals, viewFor } from './signals.js';
import type { RunState } from './state.js';
import { armWakeUp } from './waking.js';

/** A service has at most so many scalers: their number is packed with the service's into an event. */
const scalersPerService = 8;

/** Begin the scalers of replicas; those of environments begin when there is something to decide. */
export function beginScalers(s: RunState): void {
  for (const state of s.services) {
    if (!state.balanced) continue;
    state.balanced.scalers.forEach((scaler, index) => {
      keepSignals(s, state, scaler, state.rings[index]!);
      if (scaler.momentsUs) scheduleMoment(s, state, index, scaler.momentsUs, -1);
      else schedule(s, state, index, Math.max(scaler.offsetUs, scaler.offsetUs === 0 ? scaler.everyUs : 0));
    });
    armWakeUp(s, state);
  }
}

function schedule(s: RunState, state: ServiceState, index: number, dueUs: number): void {
  state.scalerTickets[index] = s.schedule(eventKinds.scalerDecides, state.index * scalersPerService + index, dueUs);
}

/** The first of its moments after `afterUs`, if there is one left. */
function scheduleMoment(
  s: RunState,
  state: ServiceState,
  index: number,
  momentsUs: readonly number[],
  afterUs: number,
): void {
  const dueUs = momentsUs.find((momentUs) => momentUs > afterUs);
  if (dueUs !== undefined) schedule(s, state, index, dueUs);
}

/** Something arrived at, or started for, a service of environments: let its scaler look from its next tick on. */
export function armScalers(s: RunState, state: ServiceState): void {
  const scaler = state.environments!.scaler;
  armSeconds(s, state);
  if (!scaler || state.scalerTickets[0]! >= 0) return;
  const ticks = Math.floor((s.nowUs - scaler.offsetUs) / scaler.everyUs) + 1;
  schedule(s, state, 0, scaler.offsetUs + ticks * scaler.everyUs);
}

/** A request waits where nothing is: a scaler that is told of that looks at once, and then by its rhythm. */
export function wakeScaler(s: RunState, state: ServiceState, scaler: Scaler): void {
  if (scaler.decidesOnWait !== true || state.liveCount > 0) return;
  decide(s, state, 0);
  schedule(s, state, 0, s.nowUs + scaler.everyUs);
}

/** Event: a scaler looks and decides. */
export function scalerDecides(s: RunState, packed: number): void {
  const index = packed % scalersPerService;
  const state = s.services[(packed - index) / scalersPerService]!;
  if (index === provisioningPlace) {
    provisioningDecides(s, state);
    return;
  }
  const scaler = scalerOf(state, index);
  state.scalerTickets[index] = -1;
  keepSignals(s, state, scaler, state.rings[index]!);
  decide(s, state, index);
  if (scaler.momentsUs) scheduleMoment(s, state, index, scaler.momentsUs, s.nowUs);
  else if (state.balanced || state.liveCount > 0 || state.waitingCount > 0)
    schedule(s, state, index, s.nowUs + scaler.everyUs);
}

function scalerOf(state: ServiceState, index: number): Scaler {
  return state.balanced?.scalers[index] ?? state.environments!.scaler!;
}

/** A request came to nobody: scalers of replicas that are told of that decide now, besides their own times. */
export function scalersDecideNow(s: RunState, state: ServiceState): void {
  state.balanced!.scalers.forEach(({ decidesOnWait }, index) => {
    if (decidesOnWait) decide(s, state, index);
  });
}

function decide(s: RunState, state: ServiceState, index: number): void {
  const scaler = scalerOf(state, index);
  const view = viewFor(s, state, scaler, state.rings[index]!);
  const memory = state.scalerMemories[index];
  const decision = scaler.decide(view, memory);
  state.scalerMemories[index] = decision.memory;
  state.scalerWishes[index] = decision.wantedCount;
  if (decision.holdsRequests !== undefined) state.holdsRequests = decision.holdsRequests;
  const beforeCount = view.currentCount;
  if (decision.prewarmedCount !== undefined) state.prewarmed!.wantedCount = decision.prewarmedCount;
  if (state.balanced) applyToReplicas(s, state, decision.because);
  else applyToEnvironments(s, state, decision.wantedCount);
  if (s.scaleListeners.length > 0) tellScaled(s, state, { scaler, view, memory, decision, beforeCount });
}

/** For people who ask: the look in words. */
function tellScaled(
  s: RunState,
  state: ServiceState,
  look: {
    readonly scaler: Scaler;
    readonly view: ScalerView;
    readonly memory: unknown;
    readonly decision: ScalerDecision<unknown>;
    readonly beforeCount: number;
  },
): void {
  const { scaler, view, memory, decision, beforeCount } = look;
  const words = scaler.explain?.(view, memory);
  const fact = {
    nowUs: s.nowUs,
    service: state.index,
    scaler: scaler.kind,
    observed: words?.observed ?? '',
    formula: words?.formula ?? '',
    askedCount: words?.askedCount ?? null,
    wantedCount: decision.wantedCount,
    because: decision.because,
    beforeCount,
    appliedCount: state.balanced ? state.desiredCount : state.liveCount,
  };
  for (const listener of s.scaleListeners) listener.scaled!(fact);
}

/** The largest wish wins, within the limits; a platform that wakes by request keeps one while it is awake. */
function applyToReplicas(s: RunState, state: ServiceState, because: string): void {
  const { minCount, maxCount, wakesOnRequest } = state.balanced!;
  if (wakesOnRequest && state.desiredCount === 0) return;
  const floor = wakesOnRequest ? Math.max(1, minCount) : minCount;
  const wanted = Math.max(...state.scalerWishes);
  if (wanted < 0) return;
  setDesired(s, state, Math.min(maxCount, Math.max(floor, wanted)), because);
  if (state.prewarmed !== null) settlePrewarmed(s, state);
}

/** Start what is wanted beyond what is there; fewer is left to idle times. Those waiting have it started for them. */
function applyToEnvironments(s: RunState, state: ServiceState, wantedCount: number): void {
  const { maxCount } = state.environments!;
  let waiting = state.waitingHead;
  for (let count = state.liveCount; count < Math.min(maxCount, wantedCount); count++) {
    while (waiting >= 0 && s.fibers.coldKind[waiting] !== 0) waiting = s.fibers.queueNext[waiting]!;
    if (waiting >= 0) {
      s.fibers.coldKind[waiting] = 1;
      s.measures.coldStartCount[state.index]!++;
    }
    startEnvironment(s, state, -1);
  }
}

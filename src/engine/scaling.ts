/**
 * Scaling: asking the autoscalers at their own times, and applying what they want within the limits.
 */

import { startEnvironment } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { setDesired } from './instances.js';
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
      keepSignals(s, state, state.rings[index]!);
      schedule(s, state, index, Math.max(scaler.offsetUs, scaler.offsetUs === 0 ? scaler.everyUs : 0));
    });
    armWakeUp(s, state);
  }
}

function schedule(s: RunState, state: ServiceState, index: number, dueUs: number): void {
  state.scalerTickets[index] = s.schedule(eventKinds.scalerDecides, state.index * scalersPerService + index, dueUs);
}

/** Something arrived at, or started for, a service of environments: let its scaler look from its next tick on. */
export function armScalers(s: RunState, state: ServiceState): void {
  const scaler = state.environments!.scaler;
  armSeconds(s, state);
  if (!scaler || state.scalerTickets[0]! >= 0) return;
  const ticks = Math.floor((s.nowUs - scaler.offsetUs) / scaler.everyUs) + 1;
  schedule(s, state, 0, scaler.offsetUs + ticks * scaler.everyUs);
}

/** Event: a scaler looks and decides. */
export function scalerDecides(s: RunState, packed: number): void {
  const index = packed % scalersPerService;
  const state = s.services[(packed - index) / scalersPerService]!;
  if (index === provisioningPlace) {
    provisioningDecides(s, state);
    return;
  }
  const scaler = state.balanced?.scalers[index] ?? state.environments!.scaler!;
  state.scalerTickets[index] = -1;
  const ring = state.rings[index]!;
  keepSignals(s, state, ring);
  const view = viewFor(s, state, scaler, ring);
  const decision = scaler.decide(view, state.scalerMemories[index]);
  state.scalerMemories[index] = decision.memory;
  state.scalerWishes[index] = decision.wantedCount;
  if (state.balanced) {
    applyToReplicas(s, state, decision.because);
    schedule(s, state, index, s.nowUs + scaler.everyUs);
  } else {
    applyToEnvironments(s, state, decision.wantedCount);
    if (state.liveCount > 0 || state.waitingCount > 0) schedule(s, state, index, s.nowUs + scaler.everyUs);
  }
}

/** The largest wish wins, within the limits; a platform that wakes by request keeps one while it is awake. */
function applyToReplicas(s: RunState, state: ServiceState, because: string): void {
  const { minCount, maxCount, wakesOnRequest } = state.balanced!;
  if (wakesOnRequest && state.desiredCount === 0) return;
  const floor = wakesOnRequest ? Math.max(1, minCount) : minCount;
  const wanted = Math.max(...state.scalerWishes);
  if (wanted < 0) return;
  setDesired(s, state, Math.min(maxCount, Math.max(floor, wanted)), because);
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

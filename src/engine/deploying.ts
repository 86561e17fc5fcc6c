/**
 * Deploying: a release takes a service from one version to the next.
 *
 * Replicas follow their rollout: it is asked again whenever something it looks at has changed, and says how many of
 * each
 * version there should be. Where requests start instances, new requests go to new environments at once while the old
 * ones finish.
 */
import { leaveStartingSlots, startEnvironment } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { drainInstance, leastMissed, removeInstance, startInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Schedule the scenario's releases. */
export function beginReleases(s: RunState): void {
  s.model.releases.forEach(({ atUs }, index) => {
    s.schedule(eventKinds.releaseBegins, index, atUs);
  });
}

/** Event: a release begins. */
export function releaseBegins(s: RunState, index: number): void {
  const spec = s.model.releases[index]!;
  const state = s.services[spec.service]!;
  state.versions.push({ cpuFactor: spec.cpuFactor, memoryFactor: spec.memoryFactor, failChance: spec.failChance });
  state.applicationStarts.push(spec.application);
  state.version = state.versions.length - 1;
  state.isPlain = false;
  s.note('release-begins', state.index, -1, `${spec.name}: ${spec.version}`);
  if (state.environments) {
    retireEnvironments(s, state);
    s.note('release-done', state.index, -1, `${spec.name}: new requests meet ${spec.version}`);
    return;
  }
  state.release = { index, version: state.version, beganUs: s.nowUs, lastProgressUs: s.nowUs, availableCount: 0 };
  releaseProgresses(s, state);
}

/** Old environments take no new request; idle ones go now, busy ones when they have finished. */
function retireEnvironments(s: RunState, state: ServiceState): void {
  const { instances } = s;
  const old: number[] = [];
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) old.push(row);
  let provisionedCount = 0;
  for (const row of old) {
    if (instances.isProvisioned[row] === 1 && instances.isRetired[row] === 0) provisionedCount++;
    instances.isRetired[row] = 1;
    state.pick!.remove(row);
    leaveStartingSlots(s, state, row);
  }
  for (let count = 0; count < provisionedCount; count++) startEnvironment(s, state, -1, true);
  for (const row of old) {
    if (instances.state[row] === instanceStates.ready && instances.inService[row] === 0) removeInstance(s, state, row);
  }
}

/** Event: enough time has passed for the rollout to look again. */
export function rolloutDecides(s: RunState, service: number): void {
  releaseProgresses(s, s.services[service]!);
}

/** Something the rollout looks at may have changed: ask it, and do what it says. */
export function releaseProgresses(s: RunState, state: ServiceState): void {
  const { release } = state;
  if (!release) return;
  const spec = s.model.releases[release.index]!;
  for (let isChanging = true; isChanging; ) {
    const counts = countVersions(s, state, release.version);
    if (counts.newAvailable > release.availableCount) release.lastProgressUs = s.nowUs;
    release.availableCount = counts.newAvailable;
    const decision = state.balanced!.rollout.decide({
      desiredCount: state.desiredCount,
      newCount: counts.newAll,
      newAvailableCount: counts.newAvailable,
      oldCount: counts.oldAll,
      oldAvailableCount: counts.oldAvailable,
      oldDrainingCount: counts.oldDraining,
      elapsedUs: s.nowUs - release.beganUs,
      stalledUs: s.nowUs - release.lastProgressUs,
    });
    if (decision.isComplete) {
      state.release = null;
      s.note('release-done', state.index, -1, `${spec.name}: ${spec.version} everywhere`);
      return;
    }
    isChanging = decision.newCount !== counts.newAll || decision.oldCount !== counts.oldAll;
    if (isChanging) s.note('release-step', state.index, -1, decision.because);
    for (let count = counts.newAll; count < decision.newCount; count++) startInstance(s, state);
    for (let count = counts.newAll; count > decision.newCount; count--) retire(s, state, release.version);
    for (let count = counts.oldAll; count > decision.oldCount; count--) retireOld(s, state, release.version);
    if (state.release !== release) return; // An instance that started at once finished it.
  }
}

function retire(s: RunState, state: ServiceState, version: number): void {
  const row = leastMissed(s, state, version);
  if (row >= 0) drainInstance(s, state, row);
}

/** Take out an old instance: one that isn't ready first, else the oldest. */
function retireOld(s: RunState, state: ServiceState, version: number): void {
  const { instances } = s;
  let oldest = -1;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    const at = instances.state[row]!;
    if (instances.version[row] === version || at === instanceStates.draining) continue;
    if (at !== instanceStates.ready) {
      drainInstance(s, state, row);
      return;
    }
    if (oldest < 0) oldest = row;
  }
  if (oldest >= 0) drainInstance(s, state, oldest);
}

interface VersionCounts {
  newAll: number;
  newAvailable: number;
  oldAll: number;
  oldAvailable: number;
  oldDraining: number;
}

/**
 * Instances by version; draining ones count only as such. Available: ready, and of the new version for `minReadyUs`.
 */
function countVersions(s: RunState, state: ServiceState, version: number): VersionCounts {
  const { instances } = s;
  const { minReadyUs } = state.balanced!.rollout;
  const counts: VersionCounts = { newAll: 0, newAvailable: 0, oldAll: 0, oldAvailable: 0, oldDraining: 0 };
  let nextUs = Number.POSITIVE_INFINITY;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    const at = instances.state[row]!;
    if (at === instanceStates.draining) {
      if (instances.version[row] !== version) counts.oldDraining++;
      continue;
    }
    const isReady = at === instanceStates.ready;
    if (instances.version[row] === version) {
      counts.newAll++;
      const availableUs = instances.readyChangedUs[row]! + minReadyUs;
      if (isReady && availableUs <= s.nowUs) counts.newAvailable++;
      else if (isReady) nextUs = Math.min(nextUs, availableUs);
    } else {
      counts.oldAll++;
      if (isReady) counts.oldAvailable++;
    }
  }
  if (nextUs < Number.POSITIVE_INFINITY) s.schedule(eventKinds.rolloutDecides, state.index, nextUs);
  return counts;
}

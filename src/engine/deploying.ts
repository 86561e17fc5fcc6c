/**
 * Deploying: a release takes a service from one version to the next.
 *
 * Replicas follow their rollout: it is asked again whenever something it looks at has changed, and says how many of
 * each
 * version there should be. Where requests start instances, new requests go to new environments at once while the old
 * ones finish.
 */
import type { RolloutDecision, RolloutView } from '../rollout/contract.js';
import { leastMissed, reconcile } from './desired.js';
import { leaveStartingSlots, startEnvironment } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { drainInstance, removeInstance, startInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import { addTo } from './routing.js';
import type { Release, ServiceState } from './services.js';
import type { RunState } from './state.js';
import { splitRequests, VersionTally } from './versionSplit.js';

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
  endSplit(s, state);
  if (state.balanced!.rollout.watches) state.newTally = new VersionTally(state.createdCount, s.nowUs);
  state.release = {
    index,
    version: state.version,
    previousVersion: state.stableVersion,
    beganUs: s.nowUs,
    lastProgressUs: s.nowUs,
    availableCount: 0,
    desiredCount: state.desiredCount,
    stage: 0,
    stageSinceUs: s.nowUs,
    askDueUs: Number.POSITIVE_INFINITY,
    isAborted: false,
    isStalled: false,
    isDone: false,
  };
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
  const state = s.services[service]!;
  if (state.release && state.release.askDueUs <= s.nowUs) state.release.askDueUs = Number.POSITIVE_INFINITY;
  releaseProgresses(s, state);
}

/** Something the rollout looks at may have changed: ask it, and do what it says. */
export function releaseProgresses(s: RunState, state: ServiceState): void {
  const { release } = state;
  if (!release) return;
  for (let isChanging = true; isChanging; ) {
    const counts = countVersions(s, state, release);
    if (counts.newAvailable > release.availableCount) release.lastProgressUs = s.nowUs;
    release.availableCount = counts.newAvailable;
    const decision = state.balanced!.rollout.decide(viewOf(s, state, release, counts));
    release.desiredCount = state.desiredCount;
    if (decision.aborts) {
      takeBack(s, state, release, decision);
      continue;
    }
    const isNewStage = follow(s, state, release, decision);
    if (decision.isComplete) {
      complete(s, state, release);
      return;
    }
    const isMoving = decision.newCount !== counts.newAll || decision.oldCount !== counts.oldAll;
    isChanging = isMoving || isNewStage;
    if (isChanging) s.note('release-step', state.index, -1, decision.because);
    if (isMoving) release.lastProgressUs = s.nowUs;
    const oldVersion = release.isAborted ? state.version : release.previousVersion;
    for (let count = counts.newAll; count < decision.newCount; count++) startInstance(s, state, release.version);
    for (let count = counts.oldAll; count < decision.oldCount; count++) startInstance(s, state, oldVersion);
    for (let count = counts.newAll; count > decision.newCount; count--) retire(s, state, release.version);
    for (let count = counts.oldAll; count > decision.oldCount; count--) retireOld(s, state, release.version);
    if (state.release !== release) return; // An instance that started at once finished it.
  }
}

function viewOf(s: RunState, state: ServiceState, release: Release, counts: VersionCounts): RolloutView {
  const { watches } = state.balanced!.rollout;
  const { newTally } = state;
  return {
    desiredCount: state.desiredCount,
    desiredBeforeCount: release.desiredCount,
    newCount: counts.newAll,
    newAvailableCount: counts.newAvailable,
    oldCount: counts.oldAll,
    oldAvailableCount: counts.oldAvailable,
    oldDrainingCount: counts.oldDraining,
    elapsedUs: s.nowUs - release.beganUs,
    stalledUs: s.nowUs - release.lastProgressUs,
    stage: release.stage,
    inStageUs: s.nowUs - release.stageSinceUs,
    watchedValue: watches && newTally ? newTally.value(watches) : null,
    unwatchedUs: newTally ? s.nowUs - newTally.sinceUs : 0,
    isAborted: release.isAborted,
  };
}

/** What a decision says beyond counts; true when the strategy has come to another stage. */
function follow(s: RunState, state: ServiceState, release: Release, decision: RolloutDecision): boolean {
  const { name, version } = s.model.releases[release.index]!;
  const isNewStage = decision.stage !== undefined && decision.stage !== release.stage;
  if (isNewStage) {
    release.stage = decision.stage!;
    release.stageSinceUs = s.nowUs;
  }
  if (decision.newShare !== undefined) splitRequests(s, state, release.version, decision.newShare);
  if (decision.hasLooked) state.newTally?.beginAnew(s.nowUs);
  if (decision.askAgainInUs !== undefined) askAt(s, state, release, s.nowUs + decision.askAgainInUs);
  if (decision.isStalled === true && !release.isStalled)
    s.note('release-stalled', state.index, -1, `${name}: ${decision.because}`);
  release.isStalled = decision.isStalled === true;
  if (!release.isDone && (decision.isDone === true || decision.isComplete)) {
    release.isDone = true;
    const how = release.isAborted ? `taken back: ${version} is gone` : `${version} everywhere`;
    s.note('release-done', state.index, -1, `${name}: ${how}`);
  }
  return isNewStage;
}

/** The release is taken back: new instances run the old version again. */
function takeBack(s: RunState, state: ServiceState, release: Release, { because }: RolloutDecision): void {
  const { name } = s.model.releases[release.index]!;
  s.note('release-aborted', state.index, -1, `${name}: ${because}`);
  release.isAborted = true;
  release.lastProgressUs = s.nowUs;
  release.stageSinceUs = s.nowUs;
  state.version = release.previousVersion;
  state.newTally = null;
  if (!state.balanced!.rollout.undoes) return;
  release.version = release.previousVersion;
  release.availableCount = 0;
}

function complete(s: RunState, state: ServiceState, release: Release): void {
  state.release = null;
  state.stableVersion = state.version;
  if (state.split !== null && !release.isAborted) state.balancer = state.split.balancer;
  state.split = null;
  state.newTally = null;
  reconcile(s, state);
}

/** Another release begins in the middle of one: whoever is known is known to everybody again. */
function endSplit(s: RunState, state: ServiceState): void {
  const { split } = state;
  state.newTally = null;
  if (split === null) return;
  state.split = null;
  const { instances } = s;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!)
    if (instances.version[row] === split.version && instances.isKnown[row] === 1) addTo(state.balancer!, s, state, row);
}

/** Look again at `dueUs`, unless that happens sooner anyway. */
function askAt(s: RunState, state: ServiceState, release: Release, dueUs: number): void {
  if (release.askDueUs <= dueUs) return;
  release.askDueUs = dueUs;
  s.schedule(eventKinds.rolloutDecides, state.index, dueUs);
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
function countVersions(s: RunState, state: ServiceState, release: Release): VersionCounts {
  const { instances } = s;
  const { version } = release;
  const { minReadyUs } = state.balanced!.rollout;
  const counts: VersionCounts = { newAll: 0, newAvailable: 0, oldAll: 0, oldAvailable: 0, oldDraining: 0 };
  let nextUs = Number.POSITIVE_INFINITY;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    const at = instances.state[row]!;
    if (at === instanceStates.draining) {
      if (instances.version[row] !== version) counts.oldDraining++;
      continue;
    }
    const isReady = at === instanceStates.ready && instances.isUnready[row] === 0;
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
  if (nextUs < Number.POSITIVE_INFINITY) askAt(s, state, release, nextUs);
  return counts;
}

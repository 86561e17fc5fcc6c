/**
 * A changing number of environments kept ready: by the clock, or following a target. What is added starts like any
 * other environment; what is given back takes no new request, and goes when it has finished what it holds.
 *
 * A target follows one-minute datapoints of the share of the kept environments that was in use, whole at most: what
 * spills over to environments started on demand is not seen in it.
 */
import type { ScalerView } from '../autoscaling/contract.js';
import type { ProvisioningModel } from '../model/contract.js';
import { leaveStartingSlots, startEnvironment } from './environments.js';
import { eventKinds } from './eventKinds.js';
import { removeInstance } from './instances.js';
import { instanceStates } from './instanceTable.js';
import type { Provisioning } from './provisioned.js';
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** Its place among the scalers of a service, in the packed number of a `scalerDecides` event. */
export const provisioningPlace = 7;
const placesPerService = 8;
const minuteUs = 60_000_000;
const minutesKept = 20;

/** See that each such service is looked at: at the first time of its schedule after clock 0, or at the first minute. */
export function beginProvisioning(s: RunState): void {
  for (const state of s.services) if (state.provisioning) scheduleNext(s, state, state.provisioning.plan);
}

function scheduleNext(s: RunState, state: ServiceState, plan: ProvisioningModel): void {
  const dueUs =
    plan.kind === 'target'
      ? (Math.floor(s.nowUs / minuteUs) + 1) * minuteUs
      : Math.min(...plan.changes.map(({ atUs }) => (atUs > s.nowUs ? atUs : Number.POSITIVE_INFINITY)));
  if (dueUs < Number.POSITIVE_INFINITY)
    s.schedule(eventKinds.scalerDecides, state.index * placesPerService + provisioningPlace, dueUs);
}

/** Event: a time of the schedule has come, or a minute is over. */
export function provisioningDecides(s: RunState, state: ServiceState): void {
  const own = state.provisioning!;
  const { plan } = own;
  if (plan.kind === 'schedule') {
    const due = plan.changes.filter(({ atUs }) => atUs === s.nowUs).at(-1);
    if (due) keep(s, state, due.count, 'the schedule');
  } else {
    own.usedShares.push(shareInUse(s, state, own));
    if (own.usedShares.length > minutesKept) own.usedShares.shift();
    const decision = plan.scaler.decide(viewOf(s, state, own, plan), own.memory);
    own.memory = decision.memory;
    keep(s, state, decision.wantedCount, decision.because);
  }
  scheduleNext(s, state, plan);
}

/** Mean share of the kept environments that was in use over the last minute, 1 at most. */
function shareInUse(s: RunState, state: ServiceState, own: Provisioning): number {
  s.measures.settleStation(state.index, s.nowUs);
  const areaUs = s.measures.inSystemAreaUs[state.index]! - s.measures.queueAreaUs[state.index]!;
  const meanInService = (areaUs - own.markUs) / minuteUs;
  own.markUs = areaUs;
  return own.wantedCount === 0 ? 0 : Math.min(1, meanInService / (own.wantedCount * state.concurrency));
}

function viewOf(
  s: RunState,
  state: ServiceState,
  own: Provisioning,
  { minCount, maxCount }: Extract<ProvisioningModel, { kind: 'target' }>,
): ScalerView {
  return {
    nowUs: s.nowUs,
    currentCount: own.wantedCount,
    readyCount: state.readyCount,
    startingCount: state.startingCount,
    minCount,
    maxCount,
    instances: [],
    cpuShareByMinute: own.usedShares,
    requestsPerInstanceByMinute: [],
    concurrencyMeans: [],
    requestRateMeans: [],
    busyMeans: [],
    waitingCount: state.waitingCount,
    oldestWaitUs: 0,
    cpuShareShort: null,
    queuedCount: 0,
    receivedCount: 0,
    oldestMessageUs: 0,
  };
}

/** Keep `count` environments from now on. */
function keep(s: RunState, state: ServiceState, count: number, because: string): void {
  const own = state.provisioning!;
  const before = own.wantedCount;
  if (count === before) return;
  own.wantedCount = count;
  s.note('provisioned', state.index, -1, `${before} to ${count}: ${because}`);
  for (let started = before; started < count; started++) startEnvironment(s, state, -1, true);
  for (let left = before; left > count; left--) giveBack(s, state);
}

/** Give one back: one that starts before one that is idle before one at work, the newest first. */
function giveBack(s: RunState, state: ServiceState): void {
  const { instances } = s;
  let chosen = -1;
  let chosenRank = Number.POSITIVE_INFINITY;
  for (let row = state.lastInstance; row >= 0; row = instances.listPrevious[row]!) {
    if (instances.isProvisioned[row] === 0 || instances.isRetired[row] === 1) continue;
    const isReady = instances.state[row] === instanceStates.ready;
    const isIdle = instances.inService[row] === 0 && instances.queued[row] === 0;
    const rank = isIdle ? (isReady ? 1 : 0) : 2;
    if (rank >= chosenRank) continue;
    chosen = row;
    chosenRank = rank;
  }
  if (chosen < 0) return; // It crashed, and its successor is not there.
  instances.isRetired[chosen] = 1;
  state.pick!.remove(chosen);
  leaveStartingSlots(s, state, chosen);
  if (chosenRank < 2) removeInstance(s, state, chosen);
}

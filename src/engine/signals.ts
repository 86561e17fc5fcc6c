/**
 * Signals: what the metrics pipelines show a scaler, with their own windows and delays.
 *
 * The metrics server scrapes every 15 s from clock 0 and shows each instance's CPU over its last full interval.
 * One-minute
 * datapoints are known at their minute's end. Means over a scaler's windows come from running integrals kept in a
 * ring at
 * its own ticks: no event is spent on sampling them.
 */
import type { InstanceSignal, Scaler, ScalerView } from '../autoscaling/contract.js';
import { eventKinds } from './eventKinds.js';
import { instanceStates, machineFields } from './instanceTable.js';
import { settleMachine } from './machines.js';
import { memoryTakenMb } from './memory.js';
import { pendingSlotFreed } from './pendingQueue.js';
import type { ServiceState, SignalRing } from './services.js';
import type { RunState } from './state.js';

export const scrapeEveryUs = 15_000_000;
const minuteUs = 60_000_000;
const secondUs = 1_000_000;
const minutesKept = 20;
type MessageSignals = Pick<ScalerView, 'queuedCount' | 'receivedCount' | 'oldestMessageUs'>;
const noMessages: MessageSignals = { queuedCount: 0, receivedCount: 0, oldestMessageUs: 0 };
const noMeans: readonly number[] = [];
const noInstances: readonly InstanceSignal[] = [];
/** Seconds over which short CPU shares are averaged. */
const shortSeconds = 10;

/** Start the pipelines that some scaler of the model reads. */
export function beginSignals(s: RunState): void {
  const needsScrape = s.services.some((state) => (state.balanced?.scalers.length ?? 0) > 0);
  if (needsScrape) s.schedule(eventKinds.scrape, 0, scrapeEveryUs);
}

/** Have the service's instances looked at each second, while it has any. */
export function armSeconds(s: RunState, state: ServiceState): void {
  if (state.secondTicket >= 0 || !needsSeconds(state)) return;
  const dueUs = (Math.floor(s.nowUs / secondUs) + 1) * secondUs;
  state.secondTicket = s.schedule(eventKinds.secondEnds, state.index, dueUs);
}

/** Whether some scaler looks at the last seconds of CPU. */
export function needsSeconds(state: ServiceState): boolean {
  return state.environments !== null && (state.environments.pending !== null || state.environments.scaler !== null);
}

/** Event: the metrics server looks at every instance; a whole minute adds its datapoint. */
export function scrape(s: RunState): void {
  s.schedule(eventKinds.scrape, 0, s.nowUs + scrapeEveryUs);
  for (const state of s.services) {
    if (!state.balanced || state.balanced.scalers.length === 0) continue;
    for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) scrapeInstance(s, row);
    endMinute(s, state);
  }
}

function scrapeInstance(s: RunState, row: number): void {
  const { instances } = s;
  if (instances.state[row] !== instanceStates.ready && instances.state[row] !== instanceStates.draining) {
    instances.scrapedAtUs[row] = -1;
    instances.sampleMilli[row] = -1;
    return;
  }
  settleMachine(s, row);
  const usedUs = instances.machine[(row << 3) | machineFields.cpuUsedUs]!;
  const sinceUs = instances.scrapedAtUs[row]!;
  const wasThereAllAlong = sinceUs >= 0 || instances.readyChangedUs[row] === s.nowUs - scrapeEveryUs;
  if (wasThereAllAlong) instances.sampleMilli[row] = ((usedUs - instances.scrapedCpuUs[row]!) * 1000) / scrapeEveryUs;
  instances.scrapedCpuUs[row] = usedUs;
  instances.scrapedAtUs[row] = s.nowUs;
}

/** The minute that ends now adds its datapoint, once: who decides at its end, before the look, sees it too. */
function endMinute(s: RunState, state: ServiceState): void {
  if (s.nowUs % minuteUs !== 0 || state.minuteMark.atUs === s.nowUs) return;
  for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) settleMachine(s, row);
  const { measures } = s;
  measures.settleFleet(state.index, s.nowUs);
  const before = state.minuteMark;
  const mark = {
    atUs: s.nowUs,
    usedUs: measures.cpuUsedUs[state.index]!,
    readyUs: measures.cpuReadyUs[state.index]!,
    requests: state.arrivedCount,
    instanceUs: measures.instanceAreaUs[state.index]!,
  };
  state.minuteMark = mark;
  const readyUs = mark.readyUs - before.readyUs;
  const instances = (mark.instanceUs - before.instanceUs) / minuteUs;
  state.minuteCpu.push(readyUs > 0 ? (mark.usedUs - before.usedUs) / readyUs : null);
  state.minuteRequests.push(instances > 0 ? (mark.requests - before.requests) / instances : null);
  if (state.minuteCpu.length > minutesKept) {
    state.minuteCpu.shift();
    state.minuteRequests.shift();
  }
}

/** Event: a second is over for a service whose scaler looks at the last few. */
export function secondEnds(s: RunState, service: number): void {
  const state = s.services[service]!;
  const { instances } = s;
  const target = state.environments!.pending?.targetCpu ?? Number.POSITIVE_INFINITY;
  const rings = s.secondRings;
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    if (instances.state[row] !== instanceStates.ready) continue;
    settleMachine(s, row);
    const ring = rings.get(row)!;
    if (instances.readyChangedUs[row] !== s.nowUs) ring.push(instances.machine[(row << 3) | machineFields.cpuUsedUs]!);
    if (ring.length > shortSeconds + 1) ring.shift();
    const share = shortShare(s, row);
    instances.isHot[row] = share !== null && share > target ? 1 : 0;
  }
  if (state.environments!.pending && state.waitingCount > 0) pendingSlotFreed(s, state, state.environments!.pending);
  state.secondTicket = -1;
  if (state.liveCount > 0) armSeconds(s, state);
}

/** The instance is ready: what it uses from now on is what a scaler of seconds sees. */
export function beginSeconds(s: RunState, row: number): void {
  s.secondRings.set(row, [s.instances.machine[(row << 3) | machineFields.cpuUsedUs]!]);
}

/** Mean CPU share of an instance over the last 10 s, or since it got ready; null before a second ended. */
function shortShare(s: RunState, row: number): number | null {
  const ring = s.secondRings.get(row);
  if (!ring || ring.length < 2) return null;
  const steps = ring.length - 1;
  const sinceUs = Math.min(steps * secondUs, s.nowUs - s.instances.readyChangedUs[row]!);
  return (ring[steps]! - ring[0]!) / (sinceUs * s.instances.machine[(row << 3) | machineFields.vCpu]!);
}

/** Keep a scaler's running integrals at this tick, if it takes means over any window. */
export function keepSignals(s: RunState, state: ServiceState, { windowsUs }: Scaler, ring: SignalRing): void {
  if (windowsUs.length === 0) return;
  s.measures.settleStation(state.index, s.nowUs);
  if (state.environments || state.prewarmed)
    for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) settleMachine(s, row);
  const at = ring.next % ring.timesUs.length;
  ring.cpuUsedUs[at] = s.measures.cpuUsedUs[state.index]!;
  ring.timesUs[at] = s.nowUs;
  ring.areasUs[at] = s.measures.inSystemAreaUs[state.index]!;
  ring.requests[at] = state.arrivedCount;
  ring.next++;
}

/**
 * Means over each of the scaler's windows, ending at the tick just kept: requests in flight, requests a second, vCPUs
 * in use.
 */
function windowMeans(scaler: Scaler, ring: SignalRing, values: Float64Array, unitUs: number): readonly number[] {
  if (scaler.windowsUs.length === 0) return noMeans;
  const size = ring.timesUs.length;
  const now = (ring.next - 1) % size;
  return scaler.windowsUs.map((windowUs) => {
    const ticks = Math.min(Math.max(1, Math.round(windowUs / scaler.everyUs)), ring.next - 1, size - 1);
    if (ticks < 1) return 0;
    const then = (ring.next - 1 - ticks) % size;
    const spanUs = ring.timesUs[now]! - ring.timesUs[then]!;
    return spanUs > 0 ? ((values[now]! - values[then]!) * unitUs) / spanUs : 0;
  });
}

/** A service as `scaler` sees it now: made anew at every look, field by field, for some look every second. */
export function viewFor(s: RunState, state: ServiceState, scaler: Scaler, ring: SignalRing): ScalerView {
  if (state.balanced) endMinute(s, state);
  const oldest = state.waitingHead;
  const messages = messageSignals(s, state);
  const concurrencyMeans = windowMeans(scaler, ring, ring.areasUs, 1);
  const requestRateMeans = windowMeans(scaler, ring, ring.requests, secondUs);
  return {
    nowUs: s.nowUs,
    currentCount: state.balanced ? state.desiredCount : state.liveCount,
    readyCount: state.readyCount,
    startingCount: state.startingCount,
    minCount: state.balanced ? state.balanced.minCount : state.environments!.provisionedCount,
    maxCount: (state.balanced ?? state.environments)!.maxCount,
    instances: state.balanced
      ? instanceSignals(s, state, requestRateMeans[0] ?? 0, concurrencyMeans[0] ?? 0)
      : noInstances,
    cpuShareByMinute: state.minuteCpu,
    requestsPerInstanceByMinute: state.minuteRequests,
    concurrencyMeans,
    requestRateMeans,
    busyMeans: windowMeans(scaler, ring, ring.cpuUsedUs, 1 / state.spec.vCpu),
    waitingCount: state.waitingCount,
    oldestWaitUs: oldest < 0 ? 0 : s.nowUs - s.fibers.arrivedUs[oldest]!,
    cpuShareShort: meanShortShare(s, state),
    queuedCount: messages.queuedCount,
    receivedCount: messages.receivedCount,
    oldestMessageUs: messages.oldestMessageUs,
  };
}

/** Messages for the service, over all its queues. */
function messageSignals(s: RunState, { inbox }: ServiceState): MessageSignals {
  if (inbox === null) return noMessages;
  let queuedCount = 0;
  let receivedCount = 0;
  let oldestMessageUs = 0;
  for (const index of inbox) {
    const line = s.messages!.lines[index]!;
    queuedCount += line.waitingCount;
    receivedCount += line.receivedCount;
    if (line.head >= 0) oldestMessageUs = Math.max(oldestMessageUs, s.nowUs - s.messages!.table.sentUs[line.head]!);
  }
  return { queuedCount, receivedCount, oldestMessageUs };
}

function meanShortShare(s: RunState, state: ServiceState): number | null {
  if (!needsSeconds(state)) return null;
  let sum = 0;
  let count = 0;
  for (let row = state.firstInstance; row >= 0; row = s.instances.listNext[row]!) {
    const share = s.instances.state[row] === instanceStates.ready ? shortShare(s, row) : null;
    if (share === null) continue;
    sum += share;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** Every instance, with its share of the service's requests: the mean over those ready. */
function instanceSignals(
  s: RunState,
  state: ServiceState,
  ratePerSecond: number,
  concurrency: number,
): InstanceSignal[] {
  const { instances } = s;
  const signals: InstanceSignal[] = [];
  const { spec } = state;
  const readyCount = Math.max(1, state.readyCount);
  for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) {
    const at = instances.state[row]!;
    const sampleMilli = instances.sampleMilli[row]!;
    signals.push({
      phase: at < instanceStates.starting ? 'pending' : 'running',
      isDeleted: at === instanceStates.draining,
      isReady: at === instanceStates.ready,
      startedAtUs: instances.startedUs[row]!,
      readyChangedAtUs: instances.readyChangedUs[row]!,
      cpuRequestMilli: spec.vCpuRequest * 1000,
      cpuUsedMilli: sampleMilli < 0 ? null : sampleMilli,
      memoryRequestMb: spec.memoryRequestMb,
      memoryUsedMb: sampleMilli < 0 ? null : memoryTakenMb(s, state, row),
      sampledAtUs: instances.scrapedAtUs[row]!,
      sampleWindowUs: scrapeEveryUs,
      requestsPerSecond: at === instanceStates.ready ? ratePerSecond / readyCount : 0,
      concurrencyMean: at === instanceStates.ready ? concurrency / readyCount : 0,
    });
  }
  return signals;
}

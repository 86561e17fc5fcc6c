/**
 * Machines: CPUs shared by the jobs on them.
 *
 * With n `cpu` steps in progress on V vCPUs each progresses at min(1, V/n) vCPU: egalitarian processor sharing with a
 * single-thread cap. A machine keeps the *virtual work* done for every job since it was last idle; a job that starts
 * with work w ends when the virtual work has grown by w. So a machine advances as a whole, in O(log n) an event: its
 * jobs
 * stand in a pairing heap by the virtual work at which they end, linked through the fibers' own columns, and one
 * event is armed for the first of them. An armed event that turns out too early (a job joined and slowed the rest)
 * looks
 * again when it comes, rather than being replaced at every arrival.
 *
 * On a *dedicated* machine no job ever shares (concurrency no greater than its vCPUs): its end is known at its start.
 */
import { eventKinds } from './eventKinds.js';
import { fiberStates, jobFields, linkFields } from './fibers.js';
import { machineFields } from './instanceTable.js';
import { askChanged } from './nodeShares.js';
import type { RunState } from './state.js';

/** Work left that a clock of whole microseconds cannot tell from none, microseconds. */
const noTimeUs = 1e-4;

/** Bring a machine's work and its use of CPU to now. */
export function settleMachine(s: RunState, row: number): void {
  const { instances } = s;
  const { machine } = instances;
  const at = row << 3;
  const spanUs = s.nowUs - machine[at | machineFields.cpuSinceUs]!;
  if (spanUs === 0) return;
  machine[at | machineFields.cpuSinceUs] = s.nowUs;
  const jobCount = machine[at | machineFields.jobCount]!;
  const service = instances.service[row]!;
  if (service >= 0 && s.services[service]!.isDedicated) {
    settleDedicated(s, row, service);
    return;
  }
  if (jobCount === 0 || instances.isHung[row] === 1) return;
  const vCpu = machine[at | machineFields.vCpu]!;
  const usedUs = Math.min(jobCount, vCpu) * spanUs;
  machine[at | machineFields.virtualWork]! += usedUs / jobCount / machine[at | machineFields.slowness]!;
  if (service < 0) return;
  machine[at | machineFields.cpuUsedUs]! += usedUs;
  s.measures.cpuUsedUs[service]! += usedUs;
}

/** A dedicated machine has used, for each job, as long as it has been there: no job need be looked at. */
function settleDedicated(s: RunState, row: number, service: number): void {
  const { machine } = s.instances;
  const at = row << 3;
  const jobUs = machine[at | machineFields.jobCount]! * s.nowUs - machine[at | machineFields.jobOriginUs]!;
  const usedUs = jobUs * Math.min(1, machine[at | machineFields.vCpu]!);
  s.measures.cpuUsedUs[service]! += usedUs - machine[at | machineFields.cpuUsedUs]!;
  machine[at | machineFields.cpuUsedUs] = usedUs;
}

/** Begin `work` vCPU-microseconds (> 0) of `fiber` on the dedicated machine `row`. */
export function startDedicatedJob(s: RunState, row: number, fiber: number, work: number): void {
  const { fibers } = s;
  const { machine } = s.instances;
  const at = row << 3;
  fibers.state[fiber] = fiberStates.computing;
  fibers.work[fiber] = work;
  machine[at | machineFields.jobCount]!++;
  machine[at | machineFields.jobOriginUs]! += s.nowUs;
  const vCpu = machine[at | machineFields.vCpu]!;
  const dueUs = Math.ceil(s.nowUs + (vCpu < 1 ? work / vCpu : work) - noTimeUs);
  fibers.jobs[(fiber << 1) | jobFields.finish] = dueUs;
  fibers.ticket[fiber] = s.schedule(eventKinds.fiberGoesOn, fiber, dueUs);
}

/** Begin `work` vCPU-microseconds (> 0) of `fiber` on machine `row`, which others may share. */
export function startJob(s: RunState, row: number, fiber: number, work: number): void {
  const { instances, fibers } = s;
  fibers.state[fiber] = fiberStates.computing;
  fibers.work[fiber] = work;
  settleMachine(s, row);
  const { machine } = instances;
  const at = row << 3;
  machine[at | machineFields.jobCount]!++;
  fibers.jobs[(fiber << 1) | jobFields.finish] = machine[at | machineFields.virtualWork]! + work;
  fibers.jobs[(fiber << 1) | jobFields.order] = s.jobCount++;
  fibers.jobLinks[(fiber << 2) | linkFields.child] = -1;
  fibers.jobLinks[(fiber << 2) | linkFields.next] = -1;
  fibers.jobLinks[(fiber << 2) | linkFields.previous] = -1;
  const root = instances.jobRoot[row]!;
  instances.jobRoot[row] = root < 0 ? fiber : meld(s, root, fiber);
  if (s.nodeShares !== null) askChanged(s, s.nodeShares, row);
  arm(s, row);
}

/** The first job of machine `row` that is done by now, taken off; -1 when none is. Its event is armed again. */
export function takeDoneJob(s: RunState, row: number): number {
  const { instances, fibers } = s;
  settleMachine(s, row);
  const root = instances.jobRoot[row]!;
  if (root < 0) return -1;
  if (timeLeftUs(s, row, root) > noTimeUs) {
    arm(s, row);
    return -1;
  }
  instances.jobRoot[row] = mergePairs(s, fibers.jobLinks[(root << 2) | linkFields.child]!);
  dropJob(s, row);
  return root;
}

/** A dedicated machine's job ended by its own event. */
export function endDedicatedJob(s: RunState, row: number): void {
  const { machine } = s.instances;
  machine[(row << 3) | machineFields.jobCount]!--;
  machine[(row << 3) | machineFields.jobOriginUs]! -= s.nowUs;
}

/** Take a job in progress off its machine before it is done. */
export function cancelJob(s: RunState, row: number, fiber: number): void {
  const { instances, fibers } = s;
  const service = instances.service[row]!;
  fibers.ticket[fiber] = -1;
  if (service >= 0 && s.services[service]!.isDedicated) {
    endDedicatedJob(s, row);
    return;
  }
  settleMachine(s, row);
  const rest = mergePairs(s, fibers.jobLinks[(fiber << 2) | linkFields.child]!);
  if (instances.jobRoot[row] === fiber) instances.jobRoot[row] = rest;
  else {
    detach(s, fiber);
    if (rest >= 0) instances.jobRoot[row] = meld(s, instances.jobRoot[row]!, rest);
  }
  dropJob(s, row);
  arm(s, row);
}

/** Work left of a job in progress, vCPU-microseconds. */
export function workLeft(s: RunState, row: number, fiber: number): number {
  const { instances, fibers } = s;
  settleMachine(s, row);
  const { machine } = instances;
  const at = row << 3;
  const service = instances.service[row]!;
  if (service >= 0 && s.services[service]!.isDedicated) {
    return (fibers.jobs[(fiber << 1) | jobFields.finish]! - s.nowUs) * Math.min(1, machine[at | machineFields.vCpu]!);
  }
  return Math.max(0, fibers.jobs[(fiber << 1) | jobFields.finish]! - machine[at | machineFields.virtualWork]!);
}

/** Make everything on a machine take `slowness` times as long from now on. */
export function setSlowness(s: RunState, row: number, slowness: number): void {
  settleMachine(s, row);
  s.instances.machine[(row << 3) | machineFields.slowness] = slowness;
  s.instances.jobTicket[row] = -1;
  arm(s, row);
}

/** Drop every job and the armed event: the machine died. The fibers are the caller's to end. */
export function clearMachine(s: RunState, row: number): void {
  const { instances } = s;
  const { machine } = instances;
  const at = row << 3;
  settleMachine(s, row);
  machine[at | machineFields.jobOriginUs]! -= machine[at | machineFields.jobCount]! * s.nowUs;
  instances.jobRoot[row] = -1;
  machine[at | machineFields.jobCount] = 0;
  instances.jobTicket[row] = -1;
  machine[at | machineFields.virtualWork] = 0;
  if (s.nodeShares !== null) askChanged(s, s.nodeShares, row);
}

function dropJob(s: RunState, row: number): void {
  const { machine } = s.instances;
  const at = row << 3;
  const left = machine[at | machineFields.jobCount]! - 1;
  machine[at | machineFields.jobCount] = left;
  // An idle machine starts from zero: no precision is ever lost.
  if (left === 0) machine[at | machineFields.virtualWork] = 0;
  if (s.nodeShares !== null) askChanged(s, s.nodeShares, row);
}

function timeLeftUs(s: RunState, row: number, fiber: number): number {
  const { machine } = s.instances;
  const at = row << 3;
  const vCpu = machine[at | machineFields.vCpu]!;
  const jobCount = machine[at | machineFields.jobCount]!;
  const left = s.fibers.jobs[(fiber << 1) | jobFields.finish]! - machine[at | machineFields.virtualWork]!;
  return (jobCount > vCpu ? (left * jobCount) / vCpu : left) * machine[at | machineFields.slowness]!;
}

/** See that an event is armed no later than the first job's end. */
export function arm(s: RunState, row: number): void {
  const { instances } = s;
  const root = instances.jobRoot[row]!;
  if (root < 0 || instances.isHung[row] === 1) {
    instances.jobTicket[row] = -1;
    return;
  }
  const dueUs = Math.ceil(s.nowUs + timeLeftUs(s, row, root) - noTimeUs);
  const { machine } = instances;
  const at = (row << 3) | machineFields.jobDueUs;
  if (instances.jobTicket[row]! >= 0 && machine[at]! <= dueUs) return;
  machine[at] = Math.max(dueUs, s.nowUs);
  instances.jobTicket[row] = s.schedule(eventKinds.jobDone, row, machine[at]!);
}

/** Join two heaps; the root that ends first, or began first of equals, is on top. */
function meld(s: RunState, one: number, other: number): number {
  const { jobs, jobLinks } = s.fibers;
  const gap = jobs[(one << 1) | jobFields.finish]! - jobs[(other << 1) | jobFields.finish]!;
  const oneFirst =
    gap < 0 || (gap === 0 && jobs[(one << 1) | jobFields.order]! < jobs[(other << 1) | jobFields.order]!);
  const top = oneFirst ? one : other;
  const below = oneFirst ? other : one;
  const atTop = top << 2;
  const atBelow = below << 2;
  const child = jobLinks[atTop | linkFields.child]!;
  jobLinks[atBelow | linkFields.next] = child;
  if (child >= 0) jobLinks[(child << 2) | linkFields.previous] = below;
  jobLinks[atBelow | linkFields.previous] = top;
  jobLinks[atTop | linkFields.child] = below;
  jobLinks[atTop | linkFields.next] = -1;
  jobLinks[atTop | linkFields.previous] = -1;
  return top;
}

/** Join a list of siblings into one heap: pairs from the left, then all from the right. -1 for an empty list. */
function mergePairs(s: RunState, first: number): number {
  const { jobLinks } = s.fibers;
  let done = -1; // Joined pairs, the last one first, linked through their next.
  let at = first;
  while (at >= 0) {
    const partner = jobLinks[(at << 2) | linkFields.next]!;
    const rest = partner >= 0 ? jobLinks[(partner << 2) | linkFields.next]! : -1;
    const pair = partner >= 0 ? meld(s, at, partner) : at;
    jobLinks[(pair << 2) | linkFields.next] = done;
    done = pair;
    at = rest;
  }
  let root = -1;
  while (done >= 0) {
    const next = jobLinks[(done << 2) | linkFields.next]!;
    jobLinks[(done << 2) | linkFields.next] = -1;
    jobLinks[(done << 2) | linkFields.previous] = -1;
    root = root < 0 ? done : meld(s, root, done);
    done = next;
  }
  return root;
}

/** Cut a job that is no root out of its parent's list of children. */
function detach(s: RunState, fiber: number): void {
  const { jobLinks } = s.fibers;
  const previous = jobLinks[(fiber << 2) | linkFields.previous]!;
  const next = jobLinks[(fiber << 2) | linkFields.next]!;
  if (jobLinks[(previous << 2) | linkFields.child] === fiber) jobLinks[(previous << 2) | linkFields.child] = next;
  else jobLinks[(previous << 2) | linkFields.next] = next;
  if (next >= 0) jobLinks[(next << 2) | linkFields.previous] = previous;
}

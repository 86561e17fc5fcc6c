/**
 * Walking steps: what a fiber does from one wait to the next.
 *
 * `proceed` runs instructions until one takes time. It never calls itself: whatever may go on at the same instant is
 * put
 * in line with `wake`, so that no chain of instant steps can exhaust the stack.
 */

import { outcomes } from '../observation/contract.js';
import { makeCall, sendMessage } from './calls.js';
import { eventKinds } from './eventKinds.js';
import { fiberFlags, fiberStates } from './fibers.js';
import { isHeldUp } from './hangs.js';
import { machineFields } from './instanceTable.js';
import { endDedicatedJob, startDedicatedJob, startJob, takeDoneJob } from './machines.js';
import { suspectIfPressed } from './probes.js';
import { placeOf } from './program.js';
import { beginQuery, finishQuery } from './queries.js';
import { instantStepLimit, standsStillAt } from './standstill.js';
import type { RunState } from './state.js';
import { finishWork } from './work.js';

/**
 * Walk on until something takes time, or the fiber ends. The cases are the literal numbers of `ops` (a test compares
 * them): only those compile to a jump table.
 */
export function proceed(s: RunState, fiber: number): void {
  const { fibers, program } = s;
  if (s.hungCount > 0 && isHeldUp(s, fiber)) return;
  let pc = fibers.pc[fiber]!;
  fibers.state[fiber] = fiberStates.moving;
  for (;;) {
    if (++s.stepsAtInstant > instantStepLimit && standsStillAt(s, pc)) return;
    const next = program.next[pc]!;
    switch (program.op[pc]) {
      case 1: {
        // cpu
        if (compute(s, fiber, pc)) {
          fibers.pc[fiber] = next;
          return;
        }
        break;
      }
      case 2: // wait
      case 3: {
        // waitTrace
        const waitUs = program.op[pc] === 2 ? sampleStep(s, fiber, pc) : traceWaitUs(s, fiber);
        if (waitUs > 0) {
          fibers.pc[fiber] = next;
          fibers.state[fiber] = fiberStates.waiting;
          fibers.ticket[fiber] = s.schedule(eventKinds.fiberGoesOn, fiber, s.nowUs + waitUs);
          return;
        }
        break;
      }
      case 4: // query
      case 12: {
        // write
        fibers.pc[fiber] = next;
        if (!beginQuery(s, fiber, pc, sampleStep(s, fiber, pc))) endFiber(s, fiber, true);
        return;
      }
      case 5: // call
        fibers.pc[fiber] = pc;
        makeCall(s, fiber);
        return;
      case 6: // send
        sendMessage(s, fiber, pc);
        break;
      case 7: // parallel
        if (fork(s, fiber, pc)) return;
        break;
      case 9: // repeat
        if (beginRounds(s, fiber, pc)) return;
        break;
      case 8: // choose
        pc = choose(s, fiber, pc);
        continue;
      case 10: // fail
        if (drawAt(s, fiber, pc) < program.value[pc]!) {
          endFiber(s, fiber, true);
          return;
        }
        break;
      case 0: // end
        endFiber(s, fiber, false);
        return;
    }
    pc = next; // A jump has nothing to do but this.
  }
}

/** A fiber ends: a branch tells the fiber that waits for it; a main fiber ends its span's work. */
export function endFiber(s: RunState, fiber: number, hasFailed: boolean): void {
  const { fibers } = s;
  if (fibers.span[fiber] === fiber) {
    finishWork(s, fiber, hasFailed ? outcomes.failed : outcomes.completed);
    return;
  }
  const parent = fibers.parent[fiber]!;
  if (!hasFailed && fibers.roundsLeft[fiber]! > 0) {
    nextRound(s, fiber, parent);
    return;
  }
  unlinkChild(s, parent, fiber);
  fibers.give(fiber);
  if (hasFailed) fibers.flags[parent]! |= fiberFlags.failed;
  const pending = fibers.pending[parent]! - 1;
  fibers.pending[parent] = pending;
  if (pending > 0) return;
  if ((fibers.flags[parent]! & fiberFlags.failed) !== 0) {
    endFiber(s, parent, true);
    return;
  }
  fibers.pc[parent] = s.program.next[fibers.pc[parent]!]!;
  s.wake(parent);
}

/** Event: the first job of a machine may be done. */
export function jobsDone(s: RunState, row: number): void {
  if (s.queue.takenTicket !== s.instances.jobTicket[row]) return;
  s.instances.jobTicket[row] = -1;
  for (let fiber = takeDoneJob(s, row); fiber >= 0; fiber = takeDoneJob(s, row)) {
    if (s.fibers.database[fiber]! >= 0) finishQuery(s, fiber, outcomes.completed);
    else endComputing(s, fiber);
    s.wake(fiber);
  }
}

/** Event: a fiber's own wait, query or undisturbed job is over. */
export function fiberGoesOn(s: RunState, fiber: number): void {
  const { fibers } = s;
  if (s.queue.takenTicket !== fibers.ticket[fiber]) return;
  if (fibers.database[fiber]! >= 0) finishQuery(s, fiber, outcomes.completed);
  else if (fibers.state[fiber] === fiberStates.computing) {
    endDedicatedJob(s, fibers.instance[fibers.span[fiber]!]!);
    endComputing(s, fiber);
  }
  proceed(s, fiber);
}

/** A `cpu` step of the span is over, done or broken off. */
export function endComputing(s: RunState, fiber: number): void {
  const { fibers } = s;
  const span = fibers.span[fiber]!;
  if (s.tracksIdling) {
    const computingCount = fibers.computingCount[span]! - 1;
    fibers.computingCount[span] = computingCount;
    if (computingCount === 0) fibers.idlingSinceUs[span] = s.nowUs;
  }
  if (fibers.isForNobody[span] === 1) countWasted(s, fiber, fibers.work[fiber]!);
}

/** `work` of the step in progress was done for nobody: so much of the CPU used was wasted. */
export function countWasted(s: RunState, fiber: number, work: number): void {
  const span = s.fibers.span[fiber]!;
  s.measures.cpuWastedUs[s.fibers.service[span]!]! +=
    work * s.instances.machine[(s.fibers.instance[span]! << 3) | machineFields.slowness]!;
}

/** The step's duration, whole microseconds: drawn at its place on the visitor's way. */
function sampleStep(s: RunState, fiber: number, pc: number): number {
  const { program } = s;
  const constant = program.value[pc]!;
  if (!Number.isNaN(constant)) return Math.round(constant);
  moveTo(s, fiber, pc);
  return Math.round(program.samplers[program.a[pc]!]!.sample(s.draws));
}

function drawAt(s: RunState, fiber: number, pc: number): number {
  moveTo(s, fiber, pc);
  return s.draws.uniform();
}

function moveTo(s: RunState, fiber: number, pc: number): void {
  const { fibers, visitors } = s;
  const visitor = fibers.visitor[fibers.span[fiber]!]!;
  const place = placeOf(fibers.path[fiber]!, s.program.hash[pc]!, 0);
  s.draws.moveToStep(visitors.keyA[visitor]!, visitors.keyB[visitor]!, place);
}

function traceWaitUs(s: RunState, fiber: number): number {
  return s.visitors.traceWaitUs[s.fibers.visitor[s.fibers.span[fiber]!]!]!;
}

/** Begin a `cpu` step; false when it takes no time. */
function compute(s: RunState, fiber: number, pc: number): boolean {
  const { fibers } = s;
  const span = fibers.span[fiber]!;
  const row = fibers.instance[span]!;
  const state = s.services[fibers.service[span]!]!;
  let work = sampleStep(s, fiber, pc);
  if (!state.isPlain) {
    work *= state.versions[s.instances.version[row]!]!.cpuFactor;
    if (state.warming !== null) work *= fibers.warmth[span]!;
  }
  if (work <= 0) return false;
  if (s.tracksIdling) {
    const computingCount = fibers.computingCount[span]!;
    if (computingCount === 0) fibers.idlingUs[span]! += s.nowUs - fibers.idlingSinceUs[span]!;
    fibers.computingCount[span] = computingCount + 1;
  }
  if (state.isDedicated) startDedicatedJob(s, row, fiber, work);
  else startJob(s, row, fiber, work);
  if (state.watches !== null) suspectIfPressed(s, state, row);
  return true;
}

/** Walk every branch at once; false when there is none. */
function fork(s: RunState, fiber: number, pc: number): boolean {
  const { fibers, program } = s;
  const first = program.a[pc]!;
  const count = program.b[pc]!;
  if (count === 0) return false;
  fibers.pc[fiber] = pc;
  fibers.state[fiber] = fiberStates.joining;
  fibers.flags[fiber]! &= ~fiberFlags.failed;
  fibers.pending[fiber] = count;
  const path = fibers.path[fiber]!;
  for (let branch = 0; branch < count; branch++) {
    s.wake(fibers.takeBranch(fiber, program.targets[first + branch]!, placeOf(path, program.hash[pc]!, branch)));
  }
  return true;
}

/** Walk the body of a `repeat` round after round; false when there are none. */
function beginRounds(s: RunState, fiber: number, pc: number): boolean {
  const { fibers, program } = s;
  const times = program.b[pc] === 0 ? program.value[pc]! : geometric(drawAt(s, fiber, pc), program.value[pc]!);
  if (times < 1) return false;
  fibers.pc[fiber] = pc;
  fibers.state[fiber] = fiberStates.joining;
  fibers.flags[fiber]! &= ~fiberFlags.failed;
  fibers.pending[fiber] = 1;
  const body = fibers.takeBranch(fiber, program.a[pc]!, placeOf(fibers.path[fiber]!, program.hash[pc]!, 0));
  s.fibers.roundsLeft[body] = times - 1;
  s.wake(body);
  return true;
}

function nextRound(s: RunState, fiber: number, parent: number): void {
  const { fibers, program } = s;
  const pc = fibers.pc[parent]!;
  const round = fibers.round[fiber]! + 1;
  fibers.roundsLeft[fiber]!--;
  fibers.round[fiber] = round;
  fibers.path[fiber] = placeOf(fibers.path[parent]!, program.hash[pc]!, round);
  fibers.pc[fiber] = program.a[pc]!;
  s.wake(fiber);
}

/** 1, 2, 3, … with mean `mean` >= 1, from one draw in [0, 1). */
function geometric(draw: number, mean: number): number {
  if (mean <= 1) return 1;
  return 1 + Math.floor(Math.log1p(-draw) / Math.log1p(-1 / mean));
}

/** The instruction where the branch drawn begins, or what follows when it is none of them. */
function choose(s: RunState, fiber: number, pc: number): number {
  const { program } = s;
  const draw = drawAt(s, fiber, pc);
  const first = program.a[pc]!;
  for (let branch = 0; branch < program.b[pc]!; branch++) {
    if (draw < program.chances[first + branch]!) return program.targets[first + branch]!;
  }
  return program.next[pc]!;
}

function unlinkChild(s: RunState, parent: number, child: number): void {
  const { firstChild, nextSibling } = s.fibers;
  let at = firstChild[parent]!;
  if (at === child) {
    firstChild[parent] = nextSibling[child]!;
    return;
  }
  while (nextSibling[at] !== child) at = nextSibling[at]!;
  nextSibling[at] = nextSibling[child]!;
}

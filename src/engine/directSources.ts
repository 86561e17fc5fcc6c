/**
 * Which sources' visits are direct: one step at one service, at no distance, and nothing that could ever come between.
 *
 * Such a visit is known as a whole when it begins: no caller to answer, no patience to run out, no fault, release or
 * probe to end it early. The run then walks it by `direct.ts`, in a third of the time, with the same events, draws and
 * facts; everything else goes the general way. Decided once, when the run opens, for all sources together: whoever
 * shares an instance must share its line, and who is in flight at the end is told in the order of one table. Checked by
 * test/engine/direct.test.ts, which runs worlds both ways.
 */
import type { Model, ServiceModel } from '../model/contract.js';
import type { Sampler } from '../random/contract.js';
import { ops, type Program, placeOf } from './program.js';
import type { ServiceState } from './services.js';
import type { SourceState } from './sources.js';
import type { RunState } from './state.js';

/** A direct source's one step. */
export class DirectStep {
  readonly state: ServiceState;
  readonly isCpu: boolean;
  /** Its duration where that never changes, whole microseconds; else -1, and it is drawn at `place`. */
  readonly constantUs: number;
  readonly sampler: Sampler | null;
  readonly place: number;

  constructor(state: ServiceState, { op, value, a, hash, samplers }: Program, pc: number, firstPath: number) {
    this.state = state;
    this.isCpu = op[pc] === ops.cpu;
    this.constantUs = Number.isNaN(value[pc]) ? -1 : Math.round(value[pc]!);
    this.sampler = this.constantUs < 0 ? samplers[a[pc]!]! : null;
    this.place = placeOf(firstPath, hash[pc]!, 0);
  }
}

/** Set `direct` of every source and every service they visit, if all visits are. */
export function openDirectSources(s: RunState): void {
  if (s.zones !== null) return;
  const visited = new Set(s.sources.flatMap(({ entries }) => entries.map(({ service }) => s.services[service]!)));
  if (!s.sources.every((source) => isPlainSource(s, source))) return;
  if (![...visited].every((state) => isUndisturbed(s, state))) return;
  for (const source of s.sources) {
    const { service, pc, firstPath } = source.onlyEntry!;
    source.direct = new DirectStep(s.services[service]!, s.program, pc, firstPath);
  }
  for (const state of visited) state.direct = true;
}

/** It asks one operation of one step, which nothing delays, ends early, or tries again. */
function isPlainSource({ program }: RunState, source: SourceState): boolean {
  const { spec, onlyEntry, process, customers, clientUs, retries } = source;
  if (onlyEntry === null || process === null || customers !== null) return false;
  if (clientUs !== 0 || spec.timeout !== null || retries !== null) return false;
  const { op, next } = program;
  const { pc } = onlyEntry;
  return (op[pc] === ops.cpu || op[pc] === ops.wait) && op[next[pc]!] === ops.end;
}

/** Only visitors reach the service, and its instances live as described until they are not needed. */
function isUndisturbed({ model }: RunState, state: ServiceState): boolean {
  const { index, spec, isDedicated, isPlain, hasLimit, watchesAnswers } = state;
  if (!isPlain || hasLimit || watchesAnswers || isCalled(model, index)) return false;
  if (model.nodePools.length > 0 || model.faults.length > 0 || model.releases.length > 0) return false;
  if (spec.operations.some(({ steps }) => steps.some(({ kind }) => kind === 'cpu')) && !isDedicated) return false;
  return state.balanced ? hasFixedReplicas(state) : hasFreeEnvironments(model, state);
}

function hasFixedReplicas({ balanced, holdsRequests, freeSlots }: ServiceState): boolean {
  return balanced!.scalers.length === 0 && !balanced!.wakesOnRequest && !holdsRequests && freeSlots === null;
}

/** Nothing but requests starts environments, and no limit makes a request wait for anything but its own start. */
function hasFreeEnvironments(
  model: Model,
  { environments, requestBucket, provisioning, inbox }: ServiceState,
): boolean {
  const { pending, scaler, maxCount, startLimit, startsOnDemand } = environments!;
  const isFree = pending === null && scaler === null && startLimit === null && startsOnDemand;
  const isWide = maxCount === Number.POSITIVE_INFINITY && model.accountConcurrency === Number.POSITIVE_INFINITY;
  return isFree && isWide && requestBucket === null && provisioning === null && inbox === null;
}

/** Whether any step of any service calls the one at `service`, or sends to it. */
function isCalled({ services }: Model, service: number): boolean {
  const asks = (steps: ServiceModel['operations'][number]['steps']): boolean =>
    steps.some((step) => {
      if (step.kind === 'call' || step.kind === 'send') return step.service === service;
      if (step.kind === 'parallel') return step.branches.some(asks);
      if (step.kind === 'choose') return step.branches.some(({ steps: inner }) => asks(inner));
      return step.kind === 'repeat' && asks(step.steps);
    });
  return services.some(({ operations }) => operations.some(({ steps }) => asks(steps)));
}

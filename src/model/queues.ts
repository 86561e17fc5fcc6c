/**
 * Queues as written to queues as executed. Defaults are those of Amazon SQS: one message a receive, back after 30 s,
 * kept for 4 days, received as often as need be.
 */
import type { QueueSpec } from '../scenario/contract.js';
import type { QueueModel, StepModel } from './contract.js';
import type { Findings } from './findings.js';
import { chosen } from './place.js';
import type { ServiceTaken } from './services.js';

const usualVisibilityUs = 30_000_000;
const retentionUs = 345_600_000_000;

/** In order of their names. */
export function compileQueues(queues: readonly QueueSpec[]): QueueModel[] {
  return sorted(queues).map(({ name, batch, visibilityUs, maxReceives }) => ({
    name,
    batchSize: batch?.size ?? 1,
    windowUs: batch?.windowUs ?? 0,
    visibilityUs: visibilityUs ?? usualVisibilityUs,
    maxReceives: maxReceives ?? Number.POSITIVE_INFINITY,
    retentionUs,
  }));
}

export function queuePlaces(queues: readonly QueueSpec[]): ReadonlyMap<string, number> {
  return new Map(sorted(queues).map(({ name }, place) => [name, place]));
}

/** A scaler that reads queues needs one whose messages are for its service. */
export function checkQueueScalers(services: readonly ServiceTaken[], findings: Findings): void {
  const steps = services.flatMap(({ model }) => model.operations.flatMap((operation) => operation.steps));
  for (const [service, { model, place }] of services.entries()) {
    if (model.dispatch.kind !== 'balanced') continue;
    const reader = model.dispatch.scalers.find(({ readsQueues }) => readsQueues);
    if (!reader || steps.some((step) => sendsTo(step, service))) continue;
    const path = [...(chosen(place, 'scale')?.path ?? []), reader.kind];
    const message = `counts messages, and no queue has any for ${model.name}`;
    const hint = `send through one: send: {to: ${model.name}.${model.operations[0]?.name}, via: QUEUE}`;
    findings.error({ path, code: 'conflict', message, hint, part: 'key' });
  }
}

function sendsTo(step: StepModel, service: number): boolean {
  switch (step.kind) {
    case 'send':
      return step.queue !== undefined && step.service === service;
    case 'parallel':
      return step.branches.some((branch) => branch.some((inner) => sendsTo(inner, service)));
    case 'choose':
      return step.branches.some(({ steps }) => steps.some((inner) => sendsTo(inner, service)));
    case 'repeat':
      return step.steps.some((inner) => sendsTo(inner, service));
    default:
      return false;
  }
}

function sorted(queues: readonly QueueSpec[]): readonly QueueSpec[] {
  return [...queues].sort((one, other) => (one.name < other.name ? -1 : 1));
}

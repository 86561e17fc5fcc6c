/**
 * Everything of a platform that has a limit, and how much of it was in use: CPU, slots for requests, an instance's own
 * pool of connections, a database's connections and its CPU, what the account allows.
 *
 * Its own file because a plan asks what gave way in a run that was measured, where `saturation.ts` carries a light load
 * on to its limit. Ordered by cause: whatever comes later in the list also fills up while it waits for what comes
 * before it. Checked by test/experiment/bottleneck.test.ts on scenarios that have one narrow place each.
 */

import type { Model, ServiceModel, StepModel } from '../model/contract.js';
import { expectedDemand } from '../model/demand.js';
import type { CellPlatform } from './cells.js';
import type { ScopeResult } from './contract.js';

export type LimitKind = 'database-cpu' | 'connections' | 'pool' | 'cpu' | 'account' | 'concurrency';

export interface LimitInUse {
  readonly kind: LimitKind;
  /** Of the service or database; of the account's limit, the words that set it. */
  readonly name: string;
  /** Mean over the measured time, 0 to 1. */
  readonly share: number;
  /** A clause without the share: `desk has its CPU`. */
  readonly what: string;
  /** Services that refuse where it is reached. */
  readonly services: readonly string[];
}

/** One service as it was written, and as it fared. */
interface Fared {
  readonly place: number;
  readonly service: ServiceModel;
  readonly scope: ScopeResult;
}

/** @param model with the load of `result` */
export function limitsInUse(
  model: Model,
  result: Pick<CellPlatform, 'services' | 'databases' | 'traffic'>,
): LimitInUse[] {
  const fared = model.services.flatMap((service, place): Fared[] => {
    const scope = named(result.services, service.name);
    return scope ? [{ place, service, scope }] : [];
  });
  const databases = model.databases.flatMap(({ name }, place) => {
    const scope = named(result.databases, name);
    return scope ? [databaseLimits(model, { place, scope, fared, result })] : [];
  });
  return [
    ...databases.flatMap(({ cpu }) => cpu),
    ...databases.flatMap(({ connections }) => connections),
    ...fared.flatMap(cpuLimit),
    ...accountLimits(model, fared),
    ...byCause(fared).flatMap(concurrencyLimit),
  ];
}

interface DatabaseFared {
  readonly place: number;
  readonly scope: ScopeResult;
  readonly fared: readonly Fared[];
  readonly result: Pick<CellPlatform, 'traffic'>;
}

/** Its cores; and its connections, or the pools where all of them together hold no more than it has. */
function databaseLimits(
  model: Model,
  { place, scope, fared, result }: DatabaseFared,
): { readonly cpu: LimitInUse[]; readonly connections: LimitInUse[] } {
  const { name, connections, cores } = model.databases[place]!;
  const { warmupUs, durationUs } = model;
  const closed = (source: number): number => meanOf(named(result.traffic, model.traffic[source]!.name), 'throughput');
  const demand = expectedDemand(model, warmupUs, warmupUs + durationUs, closed).databases[place]!;
  const perQuery = demand.queriesPerSecond > 0 ? demand.running / demand.queriesPerSecond : 0;
  const callers = fared.filter(({ service }) => asks(service, place));
  const services = callers.map(({ service }) => service.name);
  const busy = meanOf(scope, 'in_system_mean') - meanOf(scope, 'queue_mean');
  const pooled = callers.reduce((sum, one) => sum + meanOf(one.scope, 'instances_mean') * one.service.poolSize, 0);
  const ofPools = { kind: 'pool', name: services.join(', '), what: `its own pool of connections to ${name}` } as const;
  const ofServer = { kind: 'connections', name, what: 'its connections' } as const;
  const narrower = pooled <= connections ? { ...ofPools, limit: pooled } : { ...ofServer, limit: connections };
  return {
    cpu: limit(
      { kind: 'database-cpu', name, what: 'its CPU', services: [] },
      meanOf(scope, 'throughput') * perQuery,
      cores,
    ),
    connections: limit({ ...narrower, services: [] }, busy, narrower.limit),
  };
}

/** Replicas share their CPU among requests; an environment that takes one at a time lets nobody wait for it. */
function cpuLimit({ service: { dispatch, concurrency, name }, scope }: Fared): LimitInUse[] {
  if (dispatch.kind === 'environments' && concurrency === 1) return [];
  const used = meanOf(scope, 'utilisation');
  const words = { kind: 'cpu', name, what: 'its CPU', services: [name] } as const;
  if (dispatch.kind === 'balanced') return limit(words, used, 1);
  return limit(words, used * meanOf(scope, 'instances_mean'), dispatch.maxCount);
}

function accountLimits({ accountConcurrency }: Model, fared: readonly Fared[]): LimitInUse[] {
  const sharing = fared.filter(
    ({ service: { dispatch } }) => dispatch.kind === 'environments' && dispatch.isReserved !== true,
  );
  const services = sharing.map(({ service }) => service.name);
  const inFlight = sharing.reduce((sum, { scope }) => sum + served(scope), 0);
  const words = { kind: 'account', name: 'account.concurrency', services } as const;
  return limit({ ...words, what: `its limit of ${accountConcurrency} requests at once` }, inFlight, accountConcurrency);
}

/** Slots of the instances there are; where requests start instances, of as many as there may be. */
function concurrencyLimit({ service: { dispatch, concurrency, name }, scope }: Fared): LimitInUse[] {
  const instances = dispatch.kind === 'balanced' ? meanOf(scope, 'instances_mean') : dispatch.maxCount;
  const words = { kind: 'concurrency', name, what: 'its concurrency', services: [name] } as const;
  return limit(words, served(scope), instances * concurrency);
}

function limit(words: Omit<LimitInUse, 'share'>, used: number, most: number): LimitInUse[] {
  if (!(used > 0) || !(most > 0) || !Number.isFinite(most)) return [];
  const { kind, name, what, services } = words;
  return [{ kind, name, what, services, share: Math.min(1, used / most) }];
}

function served(scope: ScopeResult): number {
  return meanOf(scope, 'in_system_mean') - meanOf(scope, 'queue_mean');
}

/** Results may stand in another order than the model. */
function named(scopes: readonly ScopeResult[], wanted: string): ScopeResult | undefined {
  return scopes.find(({ name }) => name === wanted);
}

function meanOf(scope: ScopeResult | undefined, metric: string): number {
  return scope?.metrics[metric]?.mean ?? 0;
}

/** Who is called comes before who calls: a caller's slots fill while it waits. Callers in a cycle keep their order. */
function byCause(fared: readonly Fared[]): Fared[] {
  const done = new Set<Fared>();
  const open = new Set<number>();
  const visit = (one: Fared): void => {
    if (done.has(one) || open.has(one.place)) return;
    open.add(one.place);
    for (const step of stepsOf(one.service)) {
      const callee = step.kind === 'call' ? fared.find(({ place }) => place === step.service) : undefined;
      if (callee) visit(callee);
    }
    done.add(one);
  };
  fared.forEach(visit);
  return [...done];
}

function asks(service: ServiceModel, database: number): boolean {
  return stepsOf(service).some((step) => step.kind === 'query' && step.database === database);
}

function stepsOf({ operations }: ServiceModel): StepModel[] {
  const flat = (steps: readonly StepModel[]): StepModel[] =>
    steps.flatMap((step) => {
      if (step.kind === 'repeat') return flat(step.steps);
      if (step.kind === 'parallel') return step.branches.flatMap(flat);
      if (step.kind === 'choose') return step.branches.flatMap((branch) => flat(branch.steps));
      return [step];
    });
  return operations.flatMap(({ steps }) => flat(steps));
}

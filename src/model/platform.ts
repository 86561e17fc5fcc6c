/**
 * One platform of a scenario, compiled: its services, nodes, network, databases, faults and bill as one model.
 */

import type { OwnBook } from '../billing/contract.js';
import type { Preset } from '../platforms/contract.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { PlatformSpec } from '../scenario/choices.js';
import type { DatabaseSpec, QueueSpec, Scenario, ServiceSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import { compileBilling } from './billingPlan.js';
import type { CompiledPlatform, Titled } from './compiled.js';
import type { DatabaseModel, Model } from './contract.js';
import { unreservedConcurrency } from './environmentCounts.js';
import { distinct, type Findings } from './findings.js';
import { compileFaults, compileReleases } from './incidents.js';
import { checkCrashes, checkEvents, checkStanding, mostEvents, warnSaturated } from './limits.js';
import { compilePools, type PoolTaken } from './nodes.js';
import type { Place } from './place.js';
import { checkPlacement } from './placement.js';
import { levelFactsOf, takePreset } from './presetChoice.js';
import { checkQueueScalers, compileQueues, queuePlaces } from './queues.js';
import { checkReleases } from './releaseDoubts.js';
import { compileService, type ServiceTaken } from './services.js';
import type { NodeOffer } from './sizes.js';
import { compileOperation, type Directory } from './steps.js';
import { TakenList } from './taken.js';
import { type Arrivals, arrivalsAtRest, compileTraffic, noArrivals } from './traffic.js';

export interface PlatformContext {
  readonly scenario: Scenario;
  readonly platform: PlatformSpec;
  readonly arrivals: ReadonlyMap<string, Arrivals>;
  readonly colourIndex: number;
  /** Prices of the user's own, before those of the price book. */
  readonly ownBook: OwnBook;
  /** The platform's own: what it warns of stays with it. */
  readonly findings: Findings;
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
const zero: DistributionSpec = { kind: 'constant', value: 0 };
const hourUs = 3_600_000_000;

/** Null after an issue. */
export function compilePlatform(context: PlatformContext): CompiledPlatform | null {
  const { scenario, platform, findings } = context;
  const preset = takePreset(platform.preset, ['platforms', platform.name, 'preset'], findings);
  if (!preset) return null;
  const taken = new TakenList(findings.positions);
  const services = [...scenario.services].sort(byName);
  const places = services.map((service) => placeOf(service, { context, preset, taken }));
  if (places.some((place) => place === null)) return null;
  const bound = places as readonly Place[];
  const pools = poolsOf(bound, preset, context, taken);
  const databases = databasesOn(scenario, platform);
  const directory = directoryOf(services, databases, scenario.queues, findings);
  const compiled = bound.map((place) => compileOne(place, directory, pools));
  checkPlacement(compiled, pools, findings);
  if (compiled.some((service) => service === null)) return null;
  const done = compiled as readonly ServiceTaken[];
  checkQueueScalers(done, findings);
  const model = modelOf(context, done, pools, databases, directory, taken);
  checkReleases(scenario.releases, platform.name, done, pools, findings);
  const bill = { scenario, platform, ownBook: context.ownBook, preset, services: done, pools, databases };
  const billing = compileBilling({ ...bill, findings, taken });
  checkStanding(done, pools, findings);
  checkEvents(model, scenario, findings);
  checkCrashes(model, scenario, findings);
  warnSaturated(model, platform.name, findings);
  return {
    name: platform.name,
    title: platform.title ?? platform.name,
    preset: preset.name,
    presetTitle: preset.title,
    colourIndex: context.colourIndex,
    model,
    restModel: restModelOf(model, scenario),
    zeroModel: zeroModelOf(model),
    billing,
    levelFacts: levelFactsOf(
      bound.map((place) => place.preset),
      pools.length > 0,
    ),
    titles: titlesOf(scenario, databases),
    get inputs() {
      return taken.inputs;
    },
    warnings: distinct(findings.warnings),
  };
}

function placeOf(
  service: ServiceSpec,
  { context, preset, taken }: { context: PlatformContext; preset: Preset; taken: TakenList },
): Place | null {
  const { scenario, platform, findings } = context;
  const own = platform.services.find(({ name }) => name === service.name)?.preset;
  const path: Path = ['platforms', platform.name, 'services', service.name, 'preset'];
  const its = own === undefined ? preset : takePreset(own, path, findings);
  return its && { scenario, platform, service, preset: its, isForeign: its.name !== preset.name, findings, taken };
}

/** The pools of every preset that runs on nodes; `nodes` of the platform is meant for the first of them. */
function poolsOf(places: readonly Place[], preset: Preset, context: PlatformContext, taken: TakenList): PoolTaken[] {
  const { platform, findings } = context;
  const withNodes = [preset, ...places.map((place) => place.preset)].filter(
    (each, at, all) => each.nodes !== null && all.findIndex(({ name }) => name === each.name) === at,
  );
  if (platform.nodes && withNodes.length === 0) {
    const message = `says nothing on ${preset.name}: its servers are the provider's`;
    findings.error({
      path: ['platforms', platform.name, 'nodes'],
      code: 'conflict',
      message,
      hint: 'leave it out',
      part: 'key',
    });
  }
  return withNodes.flatMap((each, at) =>
    compilePools({ platform, preset: each, figures: each.nodes!, isMain: at === 0, findings, taken }),
  );
}

/**
 * The scenario's databases as this platform has them: what it says of one wins, key by key. In order of their names.
 */
function databasesOn({ databases }: Scenario, platform: PlatformSpec): DatabaseSpec[] {
  return databases
    .map((database) => ({ ...database, ...platform.databases.find(({ name }) => name === database.name) }))
    .sort(byName);
}

function directoryOf(
  services: readonly ServiceSpec[],
  databases: readonly DatabaseSpec[],
  queues: readonly QueueSpec[],
  findings: Findings,
): Directory {
  const serviceIndex = new Map(services.map(({ name }, index) => [name, index]));
  const operationIndex = new Map(
    services.map(({ name, operations }) => [
      name,
      new Map(operations.map((operation, index) => [operation.name, index])),
    ]),
  );
  const queueIndex = queuePlaces(queues);
  const databaseIndex = new Map(databases.map(({ name }, index) => [name, index]));
  const place = (index: number | undefined, what: string): number => {
    if (index === undefined) throw new Error(`${what} passed the scenario's check and is not there`);
    return index;
  };
  return {
    serviceIndex: (name) => place(serviceIndex.get(name), name),
    operationIndex: (service, operation) =>
      place(operationIndex.get(service)?.get(operation), `${service}.${operation}`),
    databaseIndex: (name) => place(databaseIndex.get(name), name),
    queueIndex: (name) => place(queueIndex.get(name), name),
    queryTime: (name) => databases[place(databaseIndex.get(name), name)]!.query,
    findings,
  };
}

function compileOne(place: Place, directory: Directory, pools: readonly PoolTaken[]): ServiceTaken | null {
  const { service, platform, scenario, preset } = place;
  const operations = service.operations.map(({ name, steps }) =>
    compileOperation(name, steps, ['services', service.name, 'operations', name], directory),
  );
  const nodePools = pools.flatMap((pool, index) => (pool.preset.name === preset.name ? [index] : []));
  return compileService(place, {
    operations,
    nodePools,
    largestNode: largestOf(nodePools.map((index) => pools[index]!)),
    hopOut: platform.network.hopOut ?? scenario.network.hopOut,
    hopBack: platform.network.hopBack ?? scenario.network.hopBack,
  });
}

function largestOf(pools: readonly PoolTaken[]): NodeOffer | null {
  if (pools.length === 0) return null;
  const most = (amount: (pool: PoolTaken) => number): number => Math.max(...pools.map(amount));
  return { vCpu: most(({ model }) => model.vCpu), memoryMb: most(({ model }) => model.memoryMb) };
}

function modelOf(
  { scenario, platform, arrivals }: PlatformContext,
  services: readonly ServiceTaken[],
  pools: readonly PoolTaken[],
  databases: readonly DatabaseSpec[],
  directory: Directory,
  taken: TakenList,
): Model {
  const { run } = scenario;
  const client = platform.network.client ?? scenario.network.client ?? zero;
  for (const [key, from] of [
    ['client', client],
    ['hop', platform.network.hopOut ?? scenario.network.hopOut],
  ] as const) {
    if (!from) continue;
    const own = key === 'client' ? platform.network.client : platform.network.hopOut;
    const shared = key === 'client' ? scenario.network.client : scenario.network.hopOut;
    const path = own ? ['platforms', platform.name, 'network', key] : ['network', key];
    taken.add(['platforms', platform.name, 'network', key], from, '', own || shared ? { path } : 'default');
  }
  return {
    platformName: platform.name,
    seed: scenario.seed,
    warmupUs: run.warmupUs,
    durationUs: run.durationUs,
    windowUs: run.windowUs,
    traffic: compileTraffic(scenario, arrivals, makeSampler(client), directory),
    services: services.map(({ model }) => model),
    databases: databases.map(databaseModel),
    ...(scenario.queues.length > 0 ? { queues: compileQueues(scenario.queues) } : {}),
    nodePools: pools.map(({ model }) => model),
    faults: compileFaults(scenario, platform.name, { directory, services: services.map(({ model }) => model) }),
    releases: compileReleases(scenario, platform.name, directory),
    accountConcurrency: accountConcurrency(platform, services),
    eventLimit: run.limits?.events ?? mostEvents,
    ...(run.limits ? { limits: run.limits } : {}),
  };
}

function databaseModel({ name, connections, rejectsOverflow, cores }: DatabaseSpec): DatabaseModel {
  return {
    name,
    connections: connections ?? Number.POSITIVE_INFINITY,
    rejectsOverflow: rejectsOverflow ?? false,
    cores: cores ?? Number.POSITIVE_INFINITY,
  };
}

/** As written, else that of the first preset with one, for all services at once; less what is reserved. */
function accountConcurrency({ name, account }: PlatformSpec, services: readonly ServiceTaken[]): number {
  let limit = account?.concurrency;
  const first = services[0]?.place;
  if (limit !== undefined && first && services.every(({ place }) => place.preset.dispatch.kind === 'balanced')) {
    const path = ['platforms', name, 'account', 'concurrency'];
    const message = `says nothing on ${first.preset.name}: its services are limited by their replicas`;
    first.findings.warn({ path, code: 'says-nothing', message, hint: 'leave it out', part: 'key' });
  }
  for (const { place } of services) {
    const { dispatch } = place.preset;
    if (dispatch.kind === 'environments') limit ??= dispatch.accountConcurrency?.value;
  }
  return limit === undefined ? Number.POSITIVE_INFINITY : unreservedConcurrency(limit, services);
}

/** The rest of the month, as long as the measured time: fewer visitors, nothing goes wrong, nothing is released. */
function restModelOf(model: Model, { run }: Scenario): Model | null {
  if (run.representsUs >= run.monthUs) return null;
  const traffic = model.traffic.map((source) => ({
    ...source,
    arrivals: arrivalsAtRest(source.arrivals, run.rest, run),
  }));
  return { ...model, traffic, faults: [], releases: [] };
}

/** Nobody there for an hour: everything is as at clock 0. */
function zeroModelOf(model: Model): Model {
  const traffic = model.traffic.map((source) => ({ ...source, arrivals: noArrivals() }));
  return { ...model, traffic, faults: [], releases: [], warmupUs: 0, durationUs: hourUs, windowUs: hourUs };
}

function titlesOf(
  { services, databases, traffic }: Scenario,
  onPlatform: readonly DatabaseSpec[],
): CompiledPlatform['titles'] {
  const titled = ({ name, title }: { readonly name: string; readonly title?: string }): Titled => ({
    name,
    title: title ?? name,
  });
  return {
    services: services.map(titled),
    databases: databases.map(({ name }) => titled(onPlatform.find((each) => each.name === name)!)),
    traffic: traffic.map(({ name }) => ({ name, title: name })),
  };
}

/**
 * What goes wrong and what changes: faults and releases of one platform.
 */
import { makeSampler } from '../random/registry.js';
import type { FaultSpec, ReleaseSpec, Scenario } from '../scenario/contract.js';
import type { FaultModel, ReleaseModel, ServiceModel, StepModel } from './contract.js';
import type { Directory } from './steps.js';

interface Surroundings {
  readonly directory: Directory;
  readonly services: readonly ServiceModel[];
}

/** The faults that concern a platform, `*` spread over all services, named so that each is told apart. */
export function compileFaults(scenario: Scenario, platform: string, around: Surroundings): FaultModel[] {
  const named = new NameGiver();
  const everyone = scenario.services.map(({ name }) => name).sort();
  return scenario.faults.flatMap((fault) => {
    if (fault.on !== null && !fault.on.includes(platform)) return [];
    if (!('service' in fault)) return [placeFaultOf(fault, named, around)];
    const services = fault.service === '*' ? everyone : [fault.service];
    return services.map((service) => {
      const name = named.give(`${verbs[fault.kind] ?? fault.kind} ${service}`);
      return serviceFaultOf(fault, around.directory.serviceIndex(service), name);
    });
  });
}

const verbs: Readonly<Record<string, string>> = { 'crash-at-random': 'crash' };

type ServiceFault = Extract<FaultSpec, { service: string }>;

function serviceFaultOf(fault: ServiceFault, service: number, name: string): FaultModel {
  switch (fault.kind) {
    case 'crash':
      return { kind: 'crash', name, service, atUs: fault.atUs, count: fault.instances };
    case 'hang':
      return { kind: 'hang', name, service, atUs: fault.atUs, forUs: fault.forUs, count: fault.instances };
    case 'crash-at-random':
      return { kind: 'crash-at-random', name, service, mtbf: makeSampler(fault.mtbf) };
    case 'slow':
      return {
        kind: 'slow',
        name,
        service,
        atUs: fault.atUs,
        forUs: fault.forUs,
        factor: fault.factor,
        ...(fault.instances === undefined ? {} : { count: fault.instances }),
      };
    case 'error':
      return { kind: 'error', name, service, atUs: fault.atUs, forUs: fault.forUs, chance: fault.chance };
  }
}

/** Named as the scenario writes them. */
function placeFaultOf(fault: Exclude<FaultSpec, ServiceFault>, named: NameGiver, around: Surroundings): FaultModel {
  const { atUs } = fault;
  const { directory, services } = around;
  const everyone = services.map((_, index) => index);
  switch (fault.kind) {
    case 'lose-node':
      return { kind: fault.kind, name: named.give('loseNode'), atUs, services: everyone, count: fault.count };
    case 'drain-node': {
      const { forUs, count } = fault;
      return { kind: fault.kind, name: named.give('drainNode'), atUs, services: everyone, forUs, count };
    }
    case 'lose-zone': {
      const { forUs, count } = fault;
      return { kind: fault.kind, name: named.give('loseZone'), atUs, services: everyone, forUs, count };
    }
  }
  const database = directory.databaseIndex(fault.database);
  const asking = everyone.filter((index) => services[index]!.operations.some(({ steps }) => asks(steps, database)));
  const head = { atUs, forUs: fault.forUs, database, services: asking };
  if (fault.kind === 'lose-database')
    return { ...head, kind: fault.kind, name: named.give(`loseDatabase ${fault.database}`) };
  return { ...head, kind: fault.kind, name: named.give(`slowDatabase ${fault.database}`), factor: fault.factor };
}

function asks(steps: readonly StepModel[], database: number): boolean {
  return steps.some((step) => {
    if (step.kind === 'query') return step.database === database;
    if (step.kind === 'parallel') return step.branches.some((branch) => asks(branch, database));
    if (step.kind === 'choose') return step.branches.some((branch) => asks(branch.steps, database));
    return step.kind === 'repeat' && asks(step.steps, database);
  });
}

/** The releases that concern a platform, in order of time. */
export function compileReleases(scenario: Scenario, platform: string, directory: Directory): ReleaseModel[] {
  const named = new NameGiver();
  const releases = scenario.releases
    .filter(({ on }) => on === null || on.includes(platform))
    .map((release): ReleaseModel => releaseOf(release, named, directory));
  return releases.sort((a, b) => a.atUs - b.atUs);
}

function releaseOf(release: ReleaseSpec, named: NameGiver, directory: Directory): ReleaseModel {
  const { service, version, atUs, cpuFactor, memoryFactor, failChance, startup } = release;
  return {
    name: named.give(`${service} ${version}`),
    atUs,
    service: directory.serviceIndex(service),
    version,
    cpuFactor,
    memoryFactor,
    failChance,
    application: startup ? makeSampler(startup) : null,
  };
}

/** The second of a name is `name #2`. */
class NameGiver {
  private readonly counts = new Map<string, number>();

  give(name: string): string {
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  }
}

/**
 * What goes wrong and what changes: faults and releases of one platform.
 */
import { makeSampler } from '../random/registry.js';
import type { FaultSpec, ReleaseSpec, Scenario } from '../scenario/contract.js';
import type { FaultModel, ReleaseModel } from './contract.js';
import type { Findings } from './findings.js';
import type { Directory } from './steps.js';

/** The faults that concern a platform, `*` spread over all services, named so that each is told apart. */
export function compileFaults(scenario: Scenario, platform: string, directory: Directory): FaultModel[] {
  const named = new NameGiver();
  return scenario.faults.flatMap((fault, place) => {
    if (fault.on !== null && !fault.on.includes(platform)) return [];
    if (!('service' in fault)) {
      refuseFault(fault, place, directory.findings);
      return [];
    }
    const everyone = scenario.services.map(({ name }) => name).sort();
    const services = fault.service === '*' ? everyone : [fault.service];
    return services.flatMap((service) => {
      const index = directory.serviceIndex(service);
      const model = faultOf(fault, index, named.give(`${verbs[fault.kind] ?? fault.kind} ${service}`));
      if (!model) refuseFault(fault, place, directory.findings);
      return model ? [model] : [];
    });
  });
}

const verbs: Readonly<Record<string, string>> = { 'crash-at-random': 'crash' };

type ServiceFault = Extract<FaultSpec, { service: string }>;

function faultOf(fault: ServiceFault, service: number, name: string): FaultModel | null {
  switch (fault.kind) {
    case 'crash':
      return { kind: 'crash', name, service, atUs: fault.atUs, count: fault.instances };
    case 'hang':
      return { kind: 'hang', name, service, atUs: fault.atUs, forUs: fault.forUs, count: fault.instances };
    case 'crash-at-random':
      return { kind: 'crash-at-random', name, service, mtbf: makeSampler(fault.mtbf) };
    case 'slow':
      return { kind: 'slow', name, service, atUs: fault.atUs, forUs: fault.forUs, factor: fault.factor };
    case 'error':
      return { kind: 'error', name, service, atUs: fault.atUs, forUs: fault.forUs, chance: fault.chance };
    default:
      return null;
  }
}

function refuseFault({ kind }: FaultSpec, place: number, findings: Findings): void {
  findings.error({
    path: ['faults', place],
    code: 'not-supported-yet',
    message: `is not supported yet: the fault ${kind}`,
    hint: 'leave it out',
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

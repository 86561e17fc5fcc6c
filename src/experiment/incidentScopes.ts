/**
 * Releases and faults as scopes of the result: their metrics over the replications. Its own file because only here do
 * microseconds since a beginning become `duration`, `time_to_recover` and the rest.
 */
import type { Model } from '../model/contract.js';
import type { IncidentFacts } from '../observation/incidents.js';
import type { ScopeResult } from './contract.js';
import { estimateMetrics } from './estimates.js';
import type { Numbers } from './measures.js';
import { incidentPlans, type MeasuredReplication } from './replication.js';

const usPerS = 1e6;

/** In the order of the model. Two of one name get a number: `crash movie #2`. */
export function incidentScopes(
  model: Model,
  replications: readonly MeasuredReplication[],
  confidence: number,
): { readonly releases: readonly ScopeResult[]; readonly faults: readonly ScopeResult[] } {
  const names = new Map<string, number>();
  const all = incidentPlans(model).map((plan, place) => {
    const isRelease = plan.kind === 'release';
    const count = (names.get(plan.name) ?? 0) + 1;
    names.set(plan.name, count);
    const name = count === 1 ? plan.name : `${plan.name} #${count}`;
    const facts = replications.flatMap(({ incidents }) => incidents[place] ?? []).filter(({ hasBegun }) => hasBegun);
    // Where requests start instances there is only as much capacity as is asked for: its fall and return mean nothing.
    const hasReplicas = plan.services.some((service) => model.services[service]!.dispatch.kind === 'balanced');
    const told = facts.map((one) =>
      hasReplicas ? one : { ...one, capacityMin: null, detectedUs: null, recoveredUs: null },
    );
    const metrics = estimateMetrics(told.map(isRelease ? releaseNumbers : faultNumbers), confidence);
    const noticedBy = hasReplicas ? (facts[0]?.detectedBy ?? '') : '';
    return { isRelease, scope: { name, title: name, metrics, ...(noticedBy === '' ? {} : { noticedBy }) } };
  });
  const scopesOf = (wanted: boolean): ScopeResult[] =>
    all.filter(({ isRelease }) => isRelease === wanted).map(({ scope }) => scope);
  return { releases: scopesOf(true), faults: scopesOf(false) };
}

/** Zero-downtime: no request failed because of it. */
function releaseNumbers({ lastedUs, lostCount, capacityMin, isAborted }: IncidentFacts): Numbers {
  return {
    ...(lastedUs === null ? {} : { duration: lastedUs / usPerS }),
    requests_lost: lostCount,
    ...(capacityMin === null ? {} : { capacity_min: capacityMin }),
    aborted: isAborted ? 1 : 0,
    zero_downtime: lostCount === 0 ? 1 : 0,
  };
}

function faultNumbers({ detectedUs, recoveredUs, lostCount }: IncidentFacts): Numbers {
  return {
    ...(detectedUs === null ? {} : { time_to_detect: detectedUs / usPerS }),
    ...(recoveredUs === null ? {} : { time_to_recover: recoveredUs / usPerS }),
    requests_lost: lostCount,
  };
}

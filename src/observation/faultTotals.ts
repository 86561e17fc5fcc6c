/**
 * What a fault came to, in a line for events.csv: who noticed, when, when all was as before, and how many requests paid
 * for it. Its own file because it puts an incident's facts into words, which the recorder of incidents need not know.
 * Checked by test/observation/faultTotals.test.ts.
 */
import type { LoggedEvent } from './eventLog.js';
import type { IncidentFacts, IncidentPlan } from './incidents.js';

/** Who sees what the run notes of an instance, by the note's kind and detail. */
export function noticerOf(kind: string, detail: string): string {
  if (detail.includes('liveness probe')) return 'its liveness probe';
  if (detail.includes('readiness probe')) return 'its readiness probe';
  if (detail.includes('not been heard of')) return 'the control plane, which missed its node';
  if (kind === 'ejected') return 'outlier detection, which ejected it';
  return kind === 'crash' ? 'its supervisor, which saw the process end' : 'the platform';
}

/**
 * The rows of all faults that began, in the order of the plans. Releases have their own notes.
 *
 * @param countsReadiness whether the service struck has replicas: where requests start instances nobody is missed
 */
export function faultTotals(
  plans: readonly IncidentPlan[],
  facts: readonly IncidentFacts[],
  countsReadiness: (plan: IncidentPlan) => boolean,
  nowUs: number,
): LoggedEvent[] {
  return plans.flatMap((plan, place) => {
    const fact = facts[place];
    if (plan.kind === 'release' || !fact?.hasBegun) return [];
    const service = plan.services.length === 1 ? plan.services[0]! : -1;
    const detail = [
      ...(countsReadiness(plan) ? watched(plan, fact) : []),
      `${fact.lostCount} ${fact.lostCount === 1 ? 'request' : 'requests'} lost`,
    ].join('; ');
    return [{ nowUs, kind: 'fault-total', service, instance: -1, detail: `${plan.name}: ${detail}` }];
  });
}

function watched({ kind }: IncidentPlan, { detectedUs, detectedBy, recoveredUs }: IncidentFacts): string[] {
  const seconds = (us: number): string => `${Number((us / 1e6).toFixed(3))} s`;
  // Of what strikes at random, at many moments, only those who paid are counted.
  if (kind === 'crash-at-random') return [];
  const recovery = recoveredUs === null ? 'not recovered' : `recovered after ${seconds(recoveredUs)}`;
  if (kind === 'drain-node') return [recovery]; // Whoever drains a node knows.
  if (detectedUs === null) return ['noticed by nobody', recovery];
  return [`noticed after ${seconds(detectedUs)} by ${detectedBy}`, recovery];
}

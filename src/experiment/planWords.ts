/**
 * Why a candidate is not the winner, how far the winner is from its limits, and which candidates nothing beats on both
 * cost and latency. Its own file because the terminal, the CSV and the document say it in the same words.
 */
import type { ObjectiveResult } from './contract.js';
import type { PlanFound } from './planSearch.js';
import { isSurelyDearer } from './planSearch.js';
import { type Candidate, neighboursOf, type PlanSpace } from './planSpace.js';

/** The smallest relative distance between an objective's interval and its limit; null without objectives. */
export function marginOf({ result }: Candidate): number | null {
  const margins = (result?.objectives ?? []).flatMap((objective) => roomOf(objective) ?? []);
  return margins.length === 0 ? null : Math.min(...margins);
}

function roomOf({ value, ci, operator, limit }: ObjectiveResult): number | null {
  if (value === null) return null;
  const [low, high] = ci ?? [value, value];
  const room = operator.startsWith('<') ? limit - high : operator.startsWith('>') ? low - limit : null;
  return room === null ? null : room / Math.max(Math.abs(limit), 1e-9);
}

/** A clause; empty for the winner. */
export function rejectionOf(space: PlanSpace, { winner }: PlanFound, candidate: Candidate): string {
  const { standing, result, cost, reason } = candidate;
  if (candidate === winner) return '';
  if (standing === 'refused') return `cannot be: ${reason}`;
  if (standing === 'untrusted') return `cannot be trusted: ${reason}`;
  const missed = (result?.objectives ?? []).filter(({ met }) => !met).map(({ text }) => text);
  if (standing === 'misses') return `misses ${missed.join(' and ')}`;
  if (standing === 'seems-to-miss') return `misses ${missed.join(' and ')}, within chance`;
  if (cost === null) return `has no ${space.minimise}`;
  if (!winner) return 'is in doubt';
  if (isSurelyDearer(space, candidate, winner)) return 'costs more';
  if (cost.mean >= winner.cost!.mean) return 'costs as much, within chance';
  return `is in doubt after ${candidate.replications} replications`;
}

/** One step from the winner, those that were looked at. */
export function winnersNeighbours(space: PlanSpace, { winner, candidates }: PlanFound): Candidate[] {
  if (!winner) return [];
  const places = new Set(neighboursOf(space, winner.place).map((place) => place.join()));
  return candidates.filter(({ place }) => places.has(place.join()));
}

/** Candidates than which none is both cheaper and faster (p99), among those that answer as many; the cheapest first. */
export function paretoFront({ candidates }: PlanFound): Candidate[] {
  const usable = candidates.flatMap((candidate) => {
    const { metrics } = candidate.result ?? {};
    const p99 = metrics?.['latency_p99']?.mean;
    const success = metrics?.['success_ratio']?.mean ?? 0;
    const isUsable =
      p99 !== undefined && candidate.cost !== null && candidate.standing !== 'untrusted' && success > 0.99;
    return isUsable ? [{ candidate, cost: candidate.cost.mean, p99 }] : [];
  });
  return usable
    .filter((one) =>
      usable.every(
        (other) => other.cost > one.cost || other.p99 > one.p99 || (other.cost === one.cost && other.p99 === one.p99),
      ),
    )
    .sort((a, b) => a.cost - b.cost || a.p99 - b.p99)
    .map(({ candidate }) => candidate);
}

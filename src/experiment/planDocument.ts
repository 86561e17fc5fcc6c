/**
 * The JSON document of a plan: winner, neighbours with why they were rejected, what nothing beats, headroom, regret.
 * Its own file for the reason of `resultDocument.ts`: it is a public promise.
 */

import { formatVersion } from './contract.js';
import type { Headroom } from './headroom.js';
import type { Horizon, HorizonStep } from './horizon.js';
import type { PlanFound } from './planSearch.js';
import type { Candidate, PlanSpace } from './planSpace.js';
import { marginOf, paretoFront, rejectionOf, winnersNeighbours } from './planWords.js';
import type { Regret } from './regret.js';
import { keyed, metricsDocument, objectiveDocument } from './resultDocument.js';
import { plainValue } from './sweepDocument.js';

/** Everything a plan found out. */
export interface PlanResult {
  readonly scenario: string;
  readonly seed: string;
  readonly complete: boolean;
  readonly space: PlanSpace;
  readonly found: PlanFound;
  /** Of the winner. */
  readonly regret: Regret | null;
  /** Of the winner, and of other platforms where that was asked. */
  readonly headrooms: readonly Headroom[];
  readonly horizon: Horizon | null;
}

/** A plain value for `JSON.stringify`. */
export function planDocument({
  scenario,
  seed,
  complete,
  space,
  found,
  regret,
  headrooms,
  horizon,
}: PlanResult): unknown {
  const candidateDocument = (candidate: Candidate): unknown => ({
    settings: keyed(
      candidate.settings.map(({ path, value }) => ({ name: path, value })),
      ({ value }) => plainValue(value),
    ),
    platform: candidate.platform,
    replications: candidate.replications,
    metrics: metricsDocument(candidate.result?.metrics ?? {}),
    objectives: (candidate.result?.objectives ?? []).map(objectiveDocument),
    margin: marginOf(candidate),
    standing: candidate.standing,
    why: rejectionOf(space, found, candidate),
  });
  return {
    formatVersion,
    complete,
    scenario,
    seed,
    plan: {
      minimise: space.minimise,
      winner: found.winner && candidateDocument(found.winner),
      sure: found.isSure,
      tried: found.candidates.length,
      neighbours: winnersNeighbours(space, found).map(candidateDocument),
      pareto: paretoFront(found).map(candidateDocument),
      regret: regret ?? {},
      headroom: keyed(
        headrooms.map((one) => ({ name: one.platform, one })),
        ({ one: { load, breaksAt, bottleneck } }) => ({
          load,
          breaksAt,
          bottleneck: bottleneck && { kind: bottleneck.kind, name: bottleneck.name, text: bottleneck.text },
        }),
      ),
      ...(horizon ? { horizon: horizonDocument(horizon, candidateDocument) } : {}),
    },
  };
}

function horizonDocument(
  { winnerAtEnd, step, ...facts }: Horizon,
  document: (candidate: Candidate) => unknown,
): unknown {
  return { ...facts, step: step && stepDocument(step, document), winnerAtEnd: winnerAtEnd && document(winnerAtEnd) };
}

function stepDocument(
  { candidate, costMonth, costMonthWithout, ...facts }: HorizonStep,
  document: (candidate: Candidate) => unknown,
): unknown {
  const bills = {
    ...(costMonth ? { with: costMonth } : {}),
    ...(costMonthWithout ? { without: costMonthWithout } : {}),
  };
  return { ...facts, costMonth: metricsDocument(bills), candidate: document(candidate) };
}

/**
 * The JSON document of a sweep: the head that every document has, and the cells with their settings. Its own file for
 * the reason of `resultDocument.ts`: a public promise, and the one place where users' names become keys.
 */
import type { Cell } from './cells.js';
import { formatVersion } from './contract.js';
import { keyed, metricsDocument, objectiveDocument, scopeDocument } from './resultDocument.js';

export interface SweepHead {
  readonly scenario: string;
  readonly seed: string;
  readonly complete: boolean;
}

/** A plain value for `JSON.stringify`; cells in the design's order, those that were not finished left out. */
export function sweepDocument({ scenario, seed, complete }: SweepHead, cells: readonly Cell[]): unknown {
  return { formatVersion, complete, scenario, seed, sweep: { cells: cells.map(cellDocument) } };
}

function cellDocument({ settings, replications, refusals, platforms }: Cell): unknown {
  return {
    settings: keyed(
      settings.map(({ path, value }) => ({ name: path, value })),
      ({ value }) => plainValue(value),
    ),
    replications,
    ...(refusals.length > 0 ? { refusals } : {}),
    platforms: keyed(platforms, (platform) => ({
      metrics: metricsDocument(platform.metrics),
      services: keyed(platform.services, scopeDocument),
      traffic: keyed(platform.traffic, scopeDocument),
      databases: keyed(platform.databases, scopeDocument),
      ...(platform.queues ? { queues: keyed(platform.queues, scopeDocument) } : {}),
      releases: keyed(platform.releases, scopeDocument),
      faults: keyed(platform.faults, scopeDocument),
      objectives: platform.objectives.map(objectiveDocument),
      warnings: platform.warnings.map(({ code, message }) => ({ code, message })),
    })),
  };
}

/** A value as the scenario would hold it: a number where it is one. */
export function plainValue(text: string): string | number {
  const number = Number(text);
  return text.trim() !== '' && String(number) === text ? number : text;
}

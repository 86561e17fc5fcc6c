/**
 * The JSON document of a sweep: the head that every document has, and the cells with their settings, in the design's
 * order, those that were not finished left out. Its own file for the reason of `resultDocument.ts`: a public promise,
 * and the one place where users' names become keys. It is made cell by cell, for all of it need not fit in memory.
 */
import type { Cell } from './cells.js';
import { formatVersion } from './contract.js';
import { keyed, metricsDocument, objectiveDocument, scopeDocument } from './resultDocument.js';

export interface SweepHead {
  readonly scenario: string;
  readonly seed: string;
  readonly complete: boolean;
}

/** What stands before the cells and behind them, as `JSON.stringify` indents it, or all in one line. */
export function sweepJsonFrame(
  { scenario, seed, complete }: SweepHead,
  isIndented: boolean,
): readonly [string, string] {
  const mark = '@';
  const whole = { formatVersion, complete, scenario, seed, sweep: { cells: [mark] } };
  const text = JSON.stringify(whole, null, isIndented ? 2 : 0);
  const at = text.lastIndexOf(JSON.stringify(mark));
  const [before, behind] = [text.slice(0, at), text.slice(at + mark.length + 2)];
  return [before.trimEnd(), behind];
}

/** One cell as it stands in that frame. */
export function sweepJsonCell(cell: Cell, isIndented: boolean): string {
  const text = JSON.stringify(cellDocument(cell), null, isIndented ? 2 : 0);
  return isIndented ? `\n      ${text.replaceAll('\n', '\n      ')}` : text;
}

/** The document without cells. */
export function emptySweepJson(head: SweepHead, isIndented: boolean): string {
  const { scenario, seed, complete } = head;
  const whole = { formatVersion, complete, scenario, seed, sweep: { cells: [] } };
  return JSON.stringify(whole, null, isIndented ? 2 : 0);
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

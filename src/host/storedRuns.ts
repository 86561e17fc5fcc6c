/**
 * `runs.json.gz`: what a report is made of, beside the report, so that it can be made again (other charts, other
 * prices) without simulating: the scenario as it was read, and what every job brought, meters in whole numbers.
 *
 * Its own file because `run` and `compare` write it and `report` reads it. It is of this version alone: another one
 * may measure other things. The same scenario and seed give the same bytes. Checked by test/host/storedRuns.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extent, JobResult } from '../experiment/jobs.js';
import type { NearbyChange } from '../experiment/nearbyFacts.js';
import type { PriceFileSpec, Scenario } from '../scenario/contract.js';
import type { FileAnswer } from '../scenario/files.js';
import type { Tree } from '../scenario/tree.js';

export const storedRunsName = 'runs.json.gz';

export interface StoredRuns {
  readonly madeBy: 'windtunnel';
  readonly version: string;
  /** The scenario as it was read, with all that it extends, all changes, and the files it names. */
  readonly file: string;
  readonly tree: Tree;
  readonly files: readonly (readonly [string, FileAnswer])[];
  readonly prices: Pick<PriceFileSpec, 'file' | 'currency' | 'entries'> | null;
  readonly extent: Extent;
  /** By the order of the extent's jobs; those that were stopped are left out. */
  readonly results: readonly JobResult[];
  /** What was tried near platforms that miss an objective; left out where nothing was. */
  readonly nearby?: readonly NearbyChange[];
  /** The report it was held against, whole, for that may be gone; left out where there was none. */
  readonly baseline?: StoredBaseline;
}

export interface StoredBaseline {
  /** Where it was read. */
  readonly folder: string;
  readonly isUnpaired: boolean;
  readonly stored: Omit<StoredRuns, 'baseline' | 'nearby'>;
}

export function storedRuns(
  { file, source, priceFile }: Scenario,
  extent: Extent,
  results: readonly JobResult[],
  version: string,
): StoredRuns {
  const { tree, files } = source;
  const prices = priceFile ? { file: priceFile.file, entries: priceFile.entries } : null;
  return { madeBy: 'windtunnel', version, file, tree, files: [...files], prices, extent, results };
}

/** Columns of numbers travel as lists under this name; what JSON has no number for as text under the other. */
const column = '\u0000column';
const odd = '\u0000odd';

export function storedRunsBytes(stored: StoredRuns): Uint8Array {
  const text = JSON.stringify(stored, (_, value: unknown) => {
    if (value instanceof Float64Array) return { [column]: Array.from(value) };
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
      return { [odd]: Object.is(value, -0) ? '-0' : String(value) };
    return value;
  });
  return gzipSync(text, { level: 6 });
}

/** What is stored in a report's folder, or a sentence on why there is nothing that this version can read. */
export function readStoredRuns(folder: string, version: string): StoredRuns | string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(folder, storedRunsName));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${folder} holds no stored runs: no ${storedRunsName} (${code ?? String(error)}); run the scenario again`;
  }
  try {
    const stored = JSON.parse(gunzipSync(bytes).toString('utf8'), revived) as StoredRuns;
    if (stored.madeBy !== 'windtunnel') return `${join(folder, storedRunsName)} is not ours`;
    if (stored.version !== version)
      return `${folder} was made by version ${stored.version}, this is ${version}: run the scenario again`;
    return stored;
  } catch {
    return `${join(folder, storedRunsName)} is damaged; run the scenario again`;
  }
}

function revived(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Object.hasOwn(value, column)) return Float64Array.from((value as Record<string, number[]>)[column]!);
  if (Object.hasOwn(value, odd)) return Number((value as Record<string, string>)[odd]);
  return value;
}

/**
 * A scenario as a text that another machine can read: the tree with all its changes, the files it names, and the price
 * file. Kept in the store beside the cells, because a worker has no scenario file and the queue shall stay small. Its
 * own file because both ends of a queue must agree on it: the reader checks the scenario anew, and that it is the one
 * that was written. Checked by test/host/queueJobs.test.ts.
 */
import { scenarioDigestOf } from '../experiment/cells.js';
import type { Scenario } from '../scenario/contract.js';
import type { FileAnswer } from '../scenario/files.js';
import { applyOverrides } from '../scenario/parse.js';
import type { Located, Positions } from '../scenario/positions.js';
import type { Tree } from '../scenario/tree.js';

interface Written {
  readonly file: string;
  readonly tree: Tree;
  readonly files: readonly (readonly [string, FileAnswer])[];
  readonly priceFile:
    | (Omit<NonNullable<Scenario['priceFile']>, 'positions'> & {
        readonly positions: readonly (readonly [string, Located])[];
      })
    | null;
  readonly cellsPerChunk: number;
}

/** A study as it is kept: the scenario, and how many of its cells make one job. */
export interface StudyOnQueue {
  readonly scenario: Scenario;
  readonly cellsPerChunk: number;
}

/** The name of its text in the store. */
export function studyNameOf(scenarioDigest: string): string {
  return `studies/s${scenarioDigest}.json`;
}

export function writeStudyText({ scenario, cellsPerChunk }: StudyOnQueue): string {
  const { file, source, priceFile } = scenario;
  const written: Written = {
    file,
    tree: source.tree,
    files: [...source.files],
    priceFile: priceFile ? { ...priceFile, positions: [...priceFile.positions] } : null,
    cellsPerChunk,
  };
  return `${JSON.stringify(written)}\n`;
}

/** The study in a text; null where it is damaged or of another scenario. */
export function readStudyText(text: string, scenarioDigest: string): StudyOnQueue | null {
  let written: Written;
  try {
    written = JSON.parse(text) as Written;
  } catch {
    return null;
  }
  const { file, tree, files, priceFile, cellsPerChunk } = written;
  if (typeof file !== 'string' || !tree || !Array.isArray(files)) return null;
  const source = { tree, files: new Map(files) };
  const positions = new Map(priceFile?.positions ?? []) as Positions;
  const prices = priceFile ? { priceFile: { ...priceFile, positions } } : {};
  // What is checked anew needs no more of a scenario than its tree and its files.
  const read = applyOverrides({ file, source, ...prices } as unknown as Scenario, []);
  if (!read.ok || scenarioDigestOf(read.value) !== scenarioDigest || !(cellsPerChunk >= 1)) return null;
  return { scenario: read.value, cellsPerChunk };
}

/**
 * Where finished cells are kept: read before a cell is simulated, written when it is done. Whoever finds a cell there
 * does not simulate it again, so a sweep goes on where it was stopped, and two workers that did the same cell leave
 * one. Its own file because a folder and a bucket (`textStore.ts`) keep cells alike: a text each, by name, in 256
 * folders so that a million of them can be listed. Checked by test/cli/sweep.test.ts and test/host/stores.test.ts.
 */
import type { Cell } from '../experiment/cells.js';
import { cellText, readCellText } from './cellText.js';
import { openTextFolder } from './folderTexts.js';
import { isBucket, type TextStore } from './textStore.js';

export interface CellStore {
  /** As the user would write it. */
  readonly place: string;
  /** The cell of that name; null where there is none, or where it is damaged: it is then simulated again. */
  get(key: string): Promise<Cell | null>;
  /** Keeps a cell, whole or not at all. @throws CellStoreError where the store refuses */
  put(key: string, cell: Cell): Promise<void>;
  /** The names of all that are there, the damaged among them. */
  keys(): Promise<ReadonlySet<string>>;
}

/** A store that keeps nothing, for those who asked for no files. */
export const noCellStore: CellStore = {
  place: 'nowhere',
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  keys: () => Promise.resolve(new Set()),
};

const cellName = /^[0-9a-f]{2}\/(c[0-9a-f]{32})\.json$/;
const studyFile = /^studies\/s[0-9a-f]{32}\.json$/;
/** What a writer that was killed leaves behind. */
const halfWritten = /^(?:[0-9a-f]{2}|studies)\/\.[0-9a-f-]{36}\.new$/;

/** Whether a path below a report folder, with forward slashes, is of the store in it. */
export function isCellFile(path: string): boolean {
  const inStore = path.startsWith('cells/') ? path.slice('cells/'.length) : '';
  return [cellName, studyFile, halfWritten].some((form) => form.test(inStore));
}

/** The texts in a folder or an `s3://` bucket. @throws CellStoreError where it cannot be opened */
export async function openTexts(place: string): Promise<TextStore> {
  if (!isBucket(place)) return openTextFolder(place);
  return (await import('./bucketTexts.js')).openTextBucket(place);
}

export function cellsIn(texts: TextStore): CellStore {
  const nameOf = (key: string): string => `${key.slice(1, 3)}/${key}.json`;
  return {
    place: texts.place,
    async get(key) {
      const text = await texts.read(nameOf(key));
      return text === null ? null : readCellText(key, text);
    },
    put: (key, cell) => texts.write(nameOf(key), cellText(key, cell)),
    async keys() {
      return new Set((await texts.names()).flatMap((name) => cellName.exec(name)?.[1] ?? []));
    },
  };
}

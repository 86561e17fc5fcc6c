/**
 * Finished cells in a folder: a file each, by name, in 256 folders so that a million of them can be listed. Written
 * aside and renamed, so that a shared folder never shows half a cell and the last of two writers changes nothing.
 * Checked by test/cli/sweep.test.ts on real folders.
 */
import { mkdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell } from '../experiment/cells.js';
import { type CellStore, CellStoreError } from './cellStore.js';
import { cellText, readCellText } from './cellText.js';

const cellFile = /^cells\/[0-9a-f]{2}\/c[0-9a-f]{32}\.json$/;

/** Whether a path below a report folder, with forward slashes, is that of a finished cell. */
export function isCellFile(path: string): boolean {
  return cellFile.test(path);
}

/**
 * The store in folder `path`, made if it is not there.
 * @throws CellStoreError where it cannot be made
 */
export function openCellFolder(path: string): CellStore {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw refusal(path, error);
  }
  let asideCount = 0;
  const folderOf = (key: string): string => join(path, key.slice(1, 3));
  return {
    place: path,
    async get(key): Promise<Cell | null> {
      try {
        return readCellText(key, await readFile(join(folderOf(key), `${key}.json`), 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw refusal(path, error);
      }
    },
    async put(key, cell): Promise<void> {
      const folder = folderOf(key);
      const aside = join(folder, `.${key}.${process.pid}.${asideCount++}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(aside, cellText(key, cell));
        await rename(aside, join(folder, `${key}.json`));
      } catch (error) {
        await rm(aside, { force: true }).catch(() => {});
        throw refusal(path, error);
      }
    },
  };
}

function refusal(path: string, error: unknown): CellStoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CellStoreError(`cannot keep cells in ${path} (${code ?? message})`);
}

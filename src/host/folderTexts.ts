/**
 * Texts in a folder, a file each. Written aside and renamed, so that a shared folder never shows half a text and the
 * last of two writers changes nothing. Its own file beside `bucketTexts.ts`. Checked by test/cli/sweep.test.ts and
 * test/host/stores.test.ts on real folders.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CellStoreError, type TextStore } from './textStore.js';

/**
 * The store in folder `path`, made if it is not there.
 * @throws CellStoreError where it cannot be made
 */
export function openTextFolder(path: string): TextStore {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw refusal(path, error);
  }
  return {
    place: path,
    async read(name) {
      try {
        return await readFile(join(path, name), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw refusal(path, error);
      }
    },
    async write(name, text) {
      const target = join(path, name);
      // Not the process's number: containers that share the folder are all number 1.
      const aside = join(dirname(target), `.${randomUUID()}.new`);
      try {
        await mkdir(dirname(target), { recursive: true });
        await writeFile(aside, text);
        await rename(aside, target);
      } catch (error) {
        await rm(aside, { force: true }).catch(() => {});
        throw refusal(path, error);
      }
    },
    async names() {
      try {
        const entries = await readdir(path, { recursive: true, withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile())
          .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'));
      } catch (error) {
        throw refusal(path, error);
      }
    },
  };
}

/** The folder as another program on this machine, or on one that shares it, would name it. */
export function wholePath(path: string): string {
  return resolve(path);
}

/** Whether there is such a folder: a worker makes none, for nobody would look into it. */
export function isThere(path: string): boolean {
  return existsSync(path);
}

function refusal(path: string, error: unknown): CellStoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new CellStoreError(`cannot keep cells in ${path} (${code ?? message})`);
}

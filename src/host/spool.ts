/**
 * Files that grow while they are made, beside the report they will be part of: what a million cells say fits on a disk
 * and not in memory. Its own file because such a file is put in its place by renaming, as `reportFolder.ts` does with
 * all others, and must be gone if it never gets there. Checked by test/host/spool.test.ts.
 */
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asideSuffix } from './reportFolder.js';

/** A finished file that lies aside. */
export interface SpooledFile {
  readonly spooledAt: string;
}

export interface Spool {
  /** Adds to the file of that name, by and by. */
  append(name: string, text: string): void;
  /** The file of that name, with all that was appended. */
  file(name: string): SpooledFile;
  /** Where another writer may put the file of that name. */
  pathOf(name: string): string;
  /** Removes what was not put in place. */
  remove(): void;
}

/** Written in pieces of this many characters. */
const pieceLength = 1 << 20;

/** @param folder of the report; null where there is none: a temporary one. Throws what the file system refuses. */
export function openSpool(folder: string | null): Spool {
  const aside =
    folder === null
      ? mkdtempSync(join(tmpdir(), 'windtunnel-'))
      : join(folder, `.growing-${process.pid}${asideSuffix}`);
  mkdirSync(aside, { recursive: true });
  const pending = new Map<string, { parts: string[]; length: number }>();
  const pathOf = (name: string): string => join(aside, name);
  const flush = (name: string): void => {
    const { parts } = pending.get(name) ?? { parts: [] };
    appendFileSync(pathOf(name), parts.join(''));
    pending.set(name, { parts: [], length: 0 });
  };
  return {
    append(name, text) {
      const held = pending.get(name) ?? { parts: [], length: 0 };
      pending.set(name, held);
      held.parts.push(text);
      held.length += text.length;
      if (held.length >= pieceLength) flush(name);
    },
    file(name) {
      flush(name);
      return { spooledAt: pathOf(name) };
    },
    pathOf,
    remove: () => rmSync(aside, { recursive: true, force: true }),
  };
}

/** The text of a spooled file, piece by piece. */
export function* piecesOf({ spooledAt }: SpooledFile): Generator<string> {
  const handle = openSync(spooledAt, 'r');
  const decoder = new TextDecoder();
  const bytes = new Uint8Array(pieceLength);
  try {
    for (let count = readSync(handle, bytes); count > 0; count = readSync(handle, bytes))
      yield decoder.decode(bytes.subarray(0, count), { stream: true });
  } finally {
    closeSync(handle);
  }
}

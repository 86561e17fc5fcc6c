/**
 * Reads scenarios and the files they name, and nothing else: a file named in a scenario must lie below the scenario's
 * folder, or below the `scenarios` folder that holds it, links followed. Its own file because it is the gate between
 * what a stranger wrote into a file and the disk. It also remembers what it read, for the digest that names the input.
 * Checked by test/host/scenarioReader.test.ts on real folders.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const load = createRequire(import.meta.url);

/** The text of a file, or why there is none, as a kind and as a clause (`is a directory`). Never any of its content. */
export type Reading =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: RefusalKind; readonly reason: string };

export type RefusalKind = 'missing' | 'directory' | 'unreadable' | 'outside';

/** The scenario that comes on standard input. */
export const standardInput = '-';

/** Larger files than this are refused: their text alone would fill the memory. */
const largestBytes = 256 * 2 ** 20;

export interface ScenarioReader {
  /** The scenario itself, by a path as the user typed it. */
  readScenario(): Reading;
  /** A file that the user named beside the scenario, by a path as typed: it may lie anywhere. */
  readBeside(path: string): Reading;
  /** A file that `fromFile` names as `path`, relative to it. `fromFile` as typed, or as returned by `nameOf`. */
  read(path: string, fromFile: string): Reading;
  /** How to call in messages the file that `fromFile` names as `path`. */
  nameOf(path: string, fromFile: string): string;
  /** Every text read so far, by name, in order of reading. */
  texts(): ReadonlyMap<string, string>;
  /** SHA-256 over everything read so far: equal digests, equal input. */
  digest(): string;
}

export function openScenario(scenarioFile: string): ScenarioReader {
  const texts = new Map<string, string>();
  const remember = (name: string, reading: Reading): Reading => {
    if (reading.ok) texts.set(name, reading.text);
    return reading;
  };
  const nameOf = (path: string, fromFile: string): string => join(dirname(fromFile), path);
  return {
    readScenario: () => remember(scenarioFile, readText(scenarioFile)),
    readBeside: (path) => remember(path, readText(path)),
    nameOf,
    read(path, fromFile) {
      const reason = refusePath(path);
      if (reason !== null) return { ok: false, why: 'outside', reason };
      const target = resolve(dirname(fromFile), path);
      const root = rootOf(scenarioFile);
      if (!isBelow(target, root)) return outside(root);
      try {
        if (!isBelow(realpathSync(target), realpathSync(root))) return outside(root);
      } catch {
        // It is not there: reading it says so.
      }
      return remember(nameOf(path, fromFile), readText(target));
    },
    texts: () => texts,
    digest() {
      // Loaded here: it takes milliseconds, and `validate` asks for no digest.
      const { createHash } = load('node:crypto') as typeof import('node:crypto'); // By its name, it is that.
      const hash = createHash('sha256');
      for (const [, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${text.length}\n${text}`);
      return `sha256:${hash.digest('hex')}`;
    },
  };
}

/** What is wrong with a path before the disk is asked; null when nothing is. */
function refusePath(path: string): string | null {
  if (path.trim() === '') return 'is empty';
  if (path.includes('\0')) return 'holds a NUL character';
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return 'is an address; only files below the scenario folder are read';
  if (/^([/\\]|[a-z]:)/i.test(path)) return 'is an absolute path; write it relative to the scenario';
  return null;
}

/** The folder below which a scenario may name files: the `scenarios` folder that holds it, else its own. */
function rootOf(scenarioFile: string): string {
  const folder = dirname(resolve(scenarioFile));
  const parts = folder.split(sep);
  const top = parts.lastIndexOf('scenarios');
  return top < 0 ? folder : parts.slice(0, top + 1).join(sep);
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path;
}

function outside(root: string): Reading {
  return {
    ok: false,
    why: 'outside',
    reason: `leads outside the folder ${JSON.stringify(basename(root))} that holds the scenario`,
  };
}

/** Bytes that are no UTF-8 come out as U+FFFD, which the scenario's own checks name with their place. */
function readText(path: string): Reading {
  try {
    if (path === standardInput) return readStandardInput();
    const facts = statSync(path);
    if (facts.isDirectory()) return { ok: false, why: 'directory', reason: 'is a directory, not a file' };
    if (facts.size > largestBytes) {
      return { ok: false, why: 'unreadable', reason: `is larger than ${largestBytes / 2 ** 20} MB` };
    }
    return { ok: true, text: readFileSync(path, 'utf8') };
  } catch (error) {
    return refusalOf((error as NodeJS.ErrnoException).code);
  }
}

/** Read once: it has no beginning to go back to. */
let typed: string | null = null;
function readStandardInput(): Reading {
  if (process.stdin.isTTY) return { ok: false, why: 'unreadable', reason: 'is to be piped in, as in < shop.yaml' };
  typed ??= readFileSync(0, 'utf8');
  return { ok: true, text: typed };
}

function refusalOf(code: string | undefined): Reading {
  if (code === 'ENOENT') return { ok: false, why: 'missing', reason: 'does not exist' };
  if (code === 'ENOTDIR') return { ok: false, why: 'missing', reason: 'does not exist (a part of its path is a file)' };
  const reason =
    code === 'EACCES' || code === 'EPERM'
      ? 'may not be read (permission denied)'
      : `cannot be read (${code ?? 'unknown reason'})`;
  return { ok: false, why: 'unreadable', reason };
}

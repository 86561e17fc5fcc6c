/**
 * Where a report goes, and how it gets there whole: written aside, synced, then put in place by renaming, so that an
 * earlier report stays until the new one is complete and no file is ever half there. Its own file because it is the
 * only place that may remove anything of a user's disk. Checked by test/host/reportFolder.test.ts on real folders.
 *
 *   claimReportFolder   before the run: may we, can we? Makes the folder aside.
 *   .publish            after it: writes all files aside, then swaps.
 *   .release            always: removes what is left aside.
 *
 * Two ways to swap. A folder that holds nothing but our earlier report is replaced as a whole, by two renames. Where
 * that can't be (it holds other files and --force was given, or reports below it; it is a mount point, or the working
 * directory; its parent isn't writable), files are renamed into it one by one, the manifest last, and what else is in
 * it is left alone.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { isCellFile } from './cellStore.js';
import { standardInput } from './scenarioReader.js';
import { studyName } from './studyFile.js';

/** Path below the report folder, with forward slashes -> content, or where it lies finished on the same disk. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array | { readonly spooledAt: string }>;

export interface ReportFolder {
  /** As the user would write it. */
  readonly path: string;
  /** Puts the files in place of the earlier report, all or none; throws a `ReportFolderError` when the disk refuses. */
  publish(files: ReportFiles): void;
  /** Removes what is left aside; harmless after `publish` and when called twice. */
  release(): void;
}

/** Why a folder can't be used: `foreign` is the user's to decide (exit 2), `io` the machine's refusal (exit 5). */
export class ReportFolderError extends Error {
  readonly reason: 'foreign' | 'io';
  constructor(reason: 'foreign' | 'io', message: string) {
    super(message);
    this.name = 'ReportFolderError';
    this.reason = reason;
  }
}

/** Says in manifest.json whose folder it is. */
export const manifestMark = 'windtunnel';
export const manifestName = 'manifest.json';

/** Files that a desktop leaves in any folder it shows; never a reason to refuse one. */
const desktopLitter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
/** Folders that end so are nobody's report: what is under way, or was left there. */
export const asideSuffix = '.windtunnel-new';

/**
 * `reports/` + the scenario's path below `scenarios/`, without extension and without a last part named `compare`; for a
 * file elsewhere `reports/` + its base name; for one that comes on standard input `reports/stdin`.
 */
export function defaultReportFolder(scenarioFile: string): string {
  if (scenarioFile === standardInput) return join('reports', 'stdin');
  const parts = resolve(scenarioFile).split(sep);
  const last = parts.pop() ?? '';
  const base = basename(last, extname(last)) || 'scenario';
  const top = parts.lastIndexOf('scenarios');
  if (top < 0) return join('reports', base);
  const below = parts.slice(top + 1);
  return join('reports', ...below, ...(base === 'compare' && below.length > 0 ? [] : [base]));
}

/**
 * Makes sure, before anything is simulated, that a report can be written to `path`.
 * @throws ReportFolderError when the folder holds what isn't ours (unless `force`), or can't be written.
 */
export function claimReportFolder(path: string, { force }: { readonly force: boolean }): ReportFolder {
  return asIo(path, () => {
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    const old = lookInto(path, target);
    if (old.foreign.length > 0 && !force) throw foreignFolder(path, old.foreign);
    const made = existsSync(target) ? null : makeFolders(dirname(target));
    const swapsWhole = old.foreign.length === 0 && !old.holdsMore && canReplaceWhole(target);
    const aside = makeAside(target, swapsWhole);
    let isOpen = true;
    return {
      path,
      publish(files) {
        asIo(path, () => {
          writeAside(aside, files);
          if (swapsWhole) swapWhole(aside, target);
          else swapEach({ aside, target, files, oldOwn: old.own });
        });
        isOpen = false;
        rmSync(aside, { recursive: true, force: true });
      },
      release() {
        if (!isOpen) return;
        isOpen = false;
        rmSync(aside, { recursive: true, force: true });
        if (made) removeEmptyFolders(dirname(target), made);
      },
    };
  });
}

interface FolderContent {
  readonly own: readonly string[];
  readonly foreign: readonly string[];
  /** Whether it holds what outlives this report: finished cells of a sweep, reports of ours in folders below it. */
  readonly holdsMore: boolean;
}

/**
 * What a folder holds now: our files, as its manifest lists them, and files of others. Reports below it are neither:
 * `scenarios/shop/compare.yaml` writes to `reports/shop/`, and its neighbour `peak.yaml` to `reports/shop/peak/`.
 */
function lookInto(path: string, target: string): FolderContent {
  if (!existsSync(target)) return { own: [], foreign: [], holdsMore: false };
  if (!statSync(target).isDirectory())
    throw new ReportFolderError('io', `cannot write to ${path}: it is a file, not a folder`);
  const listed = new Set(filesOfManifest(target));
  const all = readdirSync(target, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !desktopLitter.has(entry.name))
    .map((entry) => relative(target, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((file) => !file.split('/')[0]!.endsWith(asideSuffix))
    .sort();
  const reportsBelow = all
    .filter((file) => file.endsWith(`/${manifestName}`))
    .map(dirname)
    .filter((folder) => filesOfManifest(join(target, folder)).length > 0);
  const isBelow = (file: string): boolean => reportsBelow.some((folder) => file.startsWith(`${folder}/`));
  const present = all.filter((file) => !isCellFile(file) && file !== studyName && !isBelow(file));
  const holdsMore = present.length < all.length;
  return {
    own: present.filter((file) => listed.has(file)),
    foreign: present.filter((file) => !listed.has(file)),
    holdsMore,
  };
}

/** The files an earlier report lists as its own, the manifest included; none when there is no manifest of ours. */
export function filesOfManifest(target: string): readonly string[] {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(target, manifestName), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null) return [];
    const { madeBy, files } = manifest as { readonly madeBy?: unknown; readonly files?: unknown };
    if (madeBy !== manifestMark || !Array.isArray(files)) return [];
    return [manifestName, ...files.filter((file): file is string => typeof file === 'string')];
  } catch {
    return [];
  }
}

function foreignFolder(path: string, foreign: readonly string[]): ReportFolderError {
  const some = foreign.slice(0, 3).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  const mend = 'choose another folder with --out, or keep those files and write beside them with --force';
  return new ReportFolderError('foreign', `${path} holds files that no report of ours wrote (${some}${more}); ${mend}`);
}

function canReplaceWhole(target: string): boolean {
  const parent = statSync(dirname(target));
  const isBelowUs = `${process.cwd()}${sep}`.startsWith(`${target}${sep}`);
  if (isBelowUs) return false;
  if (!existsSync(target)) return true;
  return statSync(target).dev === parent.dev && isWritable(dirname(target));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A new folder beside the target, or inside it where files move one by one or the parent refuses. */
function makeAside(target: string, swapsWhole: boolean): string {
  const name = `.${basename(target)}-${process.pid}${asideSuffix}`;
  if (swapsWhole) {
    const aside = join(dirname(target), name);
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(aside);
    return aside;
  }
  const aside = join(target, name);
  rmSync(aside, { recursive: true, force: true });
  makeFolders(aside);
  return aside;
}

function writeAside(aside: string, files: ReportFiles): void {
  for (const [name, content] of files) {
    const file = join(aside, name);
    makeFolders(dirname(file));
    const isSpooled = typeof content === 'object' && 'spooledAt' in content;
    if (isSpooled) renameSync(content.spooledAt, file);
    const handle = openSync(file, isSpooled ? 'r+' : 'w');
    try {
      if (!isSpooled) writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}

function swapWhole(aside: string, target: string): void {
  const old = `${aside}.old`;
  const isThere = existsSync(target);
  if (isThere) renameSync(target, old);
  try {
    renameSync(aside, target);
  } catch (error) {
    if (isThere) renameSync(old, target);
    throw error;
  }
  syncFolder(dirname(target));
  rmSync(old, { recursive: true, force: true });
}

function swapEach(swap: {
  readonly aside: string;
  readonly target: string;
  readonly files: ReportFiles;
  readonly oldOwn: readonly string[];
}): void {
  const names = [...swap.files.keys()].filter((name) => name !== manifestName);
  for (const name of [...names, manifestName]) {
    if (!swap.files.has(name)) continue;
    makeFolders(dirname(join(swap.target, name)));
    renameSync(join(swap.aside, name), join(swap.target, name));
  }
  for (const name of swap.oldOwn) if (!swap.files.has(name)) rmSync(join(swap.target, name), { force: true });
  syncFolder(swap.target);
}

function syncFolder(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Some file systems do not sync folders; the files themselves are synced.
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes a folder and what is missing above it, and says which was the topmost made; null when all was there. Not
 * `mkdirSync(recursive)`: Node 20 never returns from that where a file system denies new folders with ENOENT, as /proc.
 */
function makeFolders(path: string): string | null {
  if (existsSync(path)) return null;
  const top = makeFolders(dirname(path));
  mkdirSync(path);
  return top ?? path;
}

/** Removes the folders from `path` up to `top`, as far as they are empty. */
function removeEmptyFolders(path: string, top: string): void {
  for (let folder = path; folder.length >= top.length; folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}

/** Runs `work`; what the file system refuses becomes one sentence with its code. */
function asIo<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReportFolderError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const why = [explain(code), code ? `(${code})` : message].filter((words) => words !== '').join(' ');
    throw new ReportFolderError('io', `cannot write to ${path}: ${why}`);
  }
}

function explain(code: string | undefined): string {
  switch (code) {
    case 'ENOSPC':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOENT':
      return 'the folder cannot be made there';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of the path is a file';
    case 'ENAMETOOLONG':
      return 'the path is too long';
    default:
      return '';
  }
}

/**
 * The files a scenario names: `extends`, traces, measured columns. The host reads them; here they are text or issues.
 *
 * Its own file because this is the only thing `scenario` asks of the world. What was read is kept, so that a scenario
 * can be checked again with changed settings without asking a second time.
 */
import type { Reading } from '../units/number.js';
import type { Rule } from './rules.js';

export type FileAnswer =
  | { readonly ok: true; readonly text: string; readonly file: string }
  | { readonly ok: false; readonly why: 'missing' | 'directory' | 'unreadable' | 'outside' | 'empty' | 'not-given' };

/** `pathAsWritten` is relative to `fromFile`; `outside` when it leaves the scenario folder; `file` is its name. */
export interface ScenarioFiles {
  read(pathAsWritten: string, fromFile: string): FileAnswer;
}

/** For scenarios that stand alone, such as one typed into a page: no file can be read. */
export const noFiles: ScenarioFiles = { read: () => ({ ok: false, why: 'unreadable' }) };

/** Files that somebody handed over, by name: without folders, so that the last part of a path must do. */
export function givenFiles(texts: Readonly<Record<string, string>>): ScenarioFiles {
  return {
    read(pathAsWritten) {
      const file = pathAsWritten.split(/[/\\]/).at(-1) ?? '';
      const text = Object.hasOwn(texts, file) ? texts[file] : undefined;
      return text === undefined ? { ok: false, why: 'not-given' } : { ok: true, text, file };
    },
  };
}

/** Everything read so far, by the file that asked and the path it wrote. Plain data. */
export type ReadFiles = ReadonlyMap<string, FileAnswer>;

/** Files that are asked for once: `known` first, then `files`; every answer is added to `taken`. */
export function rememberedFiles(files: ScenarioFiles, known: ReadFiles, taken: Map<string, FileAnswer>): ScenarioFiles {
  return {
    read(pathAsWritten, fromFile) {
      const key = `${fromFile}\u0000${pathAsWritten}`;
      const answer = taken.get(key) ?? known.get(key) ?? files.read(pathAsWritten, fromFile);
      taken.set(key, answer);
      return answer;
    },
  };
}

const reasons = {
  missing: 'names a file that does not exist',
  directory: 'names a directory, not a file',
  unreadable: 'names a file that cannot be read',
  outside: 'names a file outside the scenario folder',
  empty: 'names a file with no rows',
  'not-given': 'names a file that is not here',
} as const;

/** The text behind a path as written, or the fault to report at it. Content of the file is in no message. */
export function readText(
  files: ScenarioFiles,
  pathAsWritten: string,
  fromFile: string,
): Reading<{ readonly text: string; readonly file: string }> & { readonly rule?: Rule } {
  const answer = files.read(pathAsWritten, fromFile);
  if (answer.ok && answer.text.trim() !== '') return { ok: true, value: answer };
  const why = answer.ok ? 'empty' : answer.why;
  return {
    ok: false,
    code: 'type',
    rule: why === 'empty' ? 'trace' : 'file',
    message: `${reasons[why]}: ${JSON.stringify(pathAsWritten.slice(0, 200))}`,
    ...(why === 'outside' ? { hint: 'keep it below the folder of the scenario' } : {}),
    ...(why === 'not-given' ? { hint: 'choose it under “Files that the scenario names”' } : {}),
    ...(why === 'missing' ? { hint: 'paths are relative to the file that names them' } : {}),
  };
}

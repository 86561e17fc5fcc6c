/**
 * From paths to verdicts: which files hold cases, which cases they hold, and what became of each. Reading and judging
 * apart from printing, so that the command and the test suite see the same.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ConformanceCase, Failure } from './contract.js';
import { familyOf, findAdapter } from './registry.js';

/** What became of one case; `failures` is empty when it passed. */
export interface Verdict {
  readonly id: string;
  readonly failures: readonly Failure[];
}

/**
 * Every case below the paths, in order of the paths and of file names. What cannot be read is a failed verdict, too.
 */
export async function judgePaths(paths: readonly string[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const path of paths) {
    try {
      for (const file of caseFiles(path)) verdicts.push(...(await judgeFile(file)));
    } catch (error) {
      verdicts.push(failed(path, 'a file or folder that can be read', messageOf(error)));
    }
  }
  return verdicts;
}

/** The file itself, or all `*.json` below a folder, sorted. */
function caseFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function judgeFile(file: string): Promise<readonly Verdict[]> {
  let cases: readonly unknown[];
  try {
    cases = casesOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return [failed(file, 'a list of cases, or an object with `vectors`', messageOf(error))];
  }
  const verdicts: Verdict[] = [];
  for (const [index, one] of cases.entries()) verdicts.push(await judgeCase(one, file, index));
  return verdicts;
}

function casesOf(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  if (isObject(content))
    for (const name of ['vectors', 'oracles']) {
      const list = content[name];
      if (Array.isArray(list)) return list;
    }
  throw new Error('neither');
}

async function judgeCase(vector: unknown, file: string, index: number): Promise<Verdict> {
  const place = `${file}[${index}]`;
  if (!isObject(vector)) return failed(place, 'a case', 'no object');
  const id = typeof vector['id'] === 'string' && vector['id'] !== '' ? vector['id'] : undefined;
  if (id === undefined) return failed(place, 'a case with an id', 'none');
  if (!isObject(vector['expect'] ?? vector['expected'])) return failed(id, 'a case with an expectation', 'none');
  const fileName = basename(file, '.json');
  const adapter = findAdapter(vector, fileName);
  if (!adapter) return failed(id, 'a known family', familyOf(vector, fileName));
  try {
    return { id, failures: await adapter(vector) };
  } catch (error) {
    return failed(id, 'an outcome', messageOf(error));
  }
}

function isObject(value: unknown): value is ConformanceCase {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failed(id: string, expected: string, got: string): Verdict {
  return { id, failures: [{ path: '', expected, got }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Nothing is forgotten and nothing is dead: every member of a plug-in room stands in its registry, and every file of
 * the product is reached from an entry (a door, the command line, a worker, the conformance command, whose cases come
 * from outside). Reached means imported, statically or lazily.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sourcesBelow } from './sources.js';

const sources = sourcesBelow('src');
const paths = new Set(sources.map(({ path }) => path));

const importsByPath = new Map<string, readonly string[]>();

/** What a file imports from within the project, as paths. */
function importsOf(path: string): readonly string[] {
  const known = importsByPath.get(path);
  if (known) return known;
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  const found = importedFiles
    .map(({ fileName }) => fileName)
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(path), target)).replace(/\.js$/, '.ts'));
  importsByPath.set(path, found);
  return found;
}

test('every member beside a registry is listed in it', () => {
  const forgotten = sources
    .filter(({ path }) => path.endsWith('/registry.ts'))
    .flatMap(({ path: registry }) => {
      const listed = reachableFrom(importsOf(registry).filter((path) => dirname(path) === dirname(registry)));
      return sources
        .filter(({ path }) => dirname(path) === dirname(registry) && path !== registry && !isPublic(path))
        .filter(({ path }) => !listed.has(path))
        .map(({ path }) => `${path}:1: is not listed in ${registry}`);
    });
  expect(forgotten).toEqual([]);
});

test('every file is reached from a door, the command line or a worker', () => {
  const entries = [...paths].filter(
    (path) =>
      path.startsWith('src/doors/') ||
      [
        'src/cli/start.ts',
        'src/cli/main.ts',
        'src/host/nodeWorker.ts',
        'src/host/browserWorker.ts',
        'src/playground/main.ts',
      ].includes(path),
  );
  const reached = reachableFrom([...entries, 'test/conformance/run.ts', 'test/theory/committedReports.test.ts']);
  expect([...paths].filter((path) => !reached.has(path)).map((path) => `${path}:1: nobody imports it`)).toEqual([]);
});

test('every relative import names a file that is there', () => {
  const broken = sources.flatMap(({ path }) =>
    importsOf(path)
      .filter((target) => !existsSync(target))
      .map((target) => `${path}: imports ${target}, which is not there`),
  );
  expect(broken).toEqual([]);
});

function reachableFrom(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !existsSync(path)) continue;
    reached.add(path);
    open.push(...importsOf(path));
  }
  return reached;
}

/** The members' shape, and what other folders import by its own name, are no members. */
function isPublic(path: string): boolean {
  if (path.endsWith('/contract.ts')) return true;
  return sources.some((other) => dirname(other.path) !== dirname(path) && importsOf(other.path).includes(path));
}

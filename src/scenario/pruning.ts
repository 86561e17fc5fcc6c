/**
 * A tree without its mistaken parts, so that the meaning of what is right can be checked in the same pass and all
 * mistakes are told at once.
 *
 * Its own file because it undoes itself afterwards: places of a list move up when one before them is left out, and what
 * is said of them must name the places of the file. Checked by test/scenario/pruning.test.ts.
 */
import type { Issue } from '../units/issue.js';
import { collectNames } from './names.js';
import { isAtOrBelow, type Path, pathKey, printPath } from './positions.js';
import { readYaml } from './readYaml.js';
import { child, entriesOf, type Tree } from './tree.js';

export interface Pruned {
  readonly tree: Tree;
  /** The issue as of the whole tree; null where it may only be there because a part was left out. */
  readonly asWritten: (issue: Issue) => Issue | null;
}

/** @param paths of what is to be left out, none of them the whole */
export function pruned(root: Tree, paths: readonly Path[]): Pruned {
  const gone = new Set(paths.map(pathKey));
  /** By the printed path of a list in the pruned tree: the places its items had. */
  const moved = new Map<string, readonly number[]>();
  const without = (tree: Tree, path: Path, newPath: Path): Tree => {
    if (tree.kind === 'map') {
      const kept = tree.entries.filter(({ name }) => !gone.has(pathKey([...path, name])));
      const entries = kept.map((entry) => ({
        ...entry,
        value: without(entry.value, [...path, entry.name], [...newPath, entry.name]),
      }));
      return { ...tree, entries };
    }
    if (tree.kind !== 'list') return tree;
    const kept = [...tree.items.entries()].filter(([place]) => !gone.has(pathKey([...path, place])));
    if (kept.length < tree.items.length)
      moved.set(
        printPath(newPath),
        kept.map(([place]) => place),
      );
    const items = kept.map(([place, item], newPlace) => without(item, [...path, place], [...newPath, newPlace]));
    return { ...tree, items };
  };
  const tree = without(root, [], []);
  const printed = paths.map(printPath);
  return {
    tree,
    asWritten: (issue) => {
      const named = renamed(issue, moved);
      return printed.some((path) => isAbove(named.path, path)) ? null : named;
    },
  };
}

function isAbove(above: string, path: string): boolean {
  return above === '' || isAtOrBelow(path, above);
}

function renamed(issue: Issue, moved: ReadonlyMap<string, readonly number[]>): Issue {
  let { path, message } = issue;
  for (const [list, places] of moved) {
    const place = path.startsWith(`${list}[`) ? /^\[(\d+)\]/.exec(path.slice(list.length)) : null;
    if (!place) continue;
    const before = `${list}${place[0]}`;
    const after = `${list}[${places[Number(place[1])]}]`;
    if (message.startsWith(before)) message = after + message.slice(before.length);
    path = after + path.slice(before.length);
  }
  return { ...issue, path, message };
}

/**
 * The tree with somebody who visits, where nobody is left: without traffic it would be no scenario, and what is wrong
 * elsewhere could not be told. A tree without services stays as it is.
 */
export function withSomebody(tree: Tree): Tree {
  if (tree.kind !== 'map' || child(tree, 'traffic') !== undefined) return tree;
  const [first] = [...collectNames(tree).operations].flatMap(([service, own]) =>
    [...own].map((operation) => `${service}.${operation}`),
  );
  if (first === undefined) return tree;
  const { tree: made } = readYaml(`traffic: {nobody: {entry: ${JSON.stringify(first)}, arrivals: {none: {}}}}`, '');
  return { ...tree, entries: [...tree.entries, ...entriesOf(made ?? undefined)] };
}

/**
 * Whether an issue of what is left is true of the whole. It is not where something was left out by its name, which
 * still stands in the file: neither that nothing is called so, nor any doubt about how all of it will run.
 */
export function truthOf(whole: Tree, left: Tree): (issue: Issue) => boolean {
  const still = new Set(namedIn(left));
  const gone = namedIn(whole).filter((name) => !still.has(name));
  if (gone.length === 0) return () => true;
  const isOfGone = ({ message }: Issue): boolean => gone.some((name) => message.includes(`"${name}`));
  return (issue) => issue.severity === 'error' && !issue.path.startsWith('traffic') && !isOfGone(issue);
}

/** The names that a scenario gives: of services, sources, databases and so on, each a key of a section. */
function namedIn(root: Tree): readonly string[] {
  return entriesOf(root).flatMap(({ value }) => entriesOf(value).map(({ name }) => name));
}

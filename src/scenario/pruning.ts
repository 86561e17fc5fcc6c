/**
 * A tree without its mistaken parts, so that the meaning of what is right can be checked in the same pass and all
 * mistakes are told at once.
 *
 * Its own file because it undoes itself afterwards: places of a list move up when one before them is left out, and what
 * is said of them must name the places of the file. Checked by test/scenario/pruning.test.ts.
 */
import type { Issue } from '../units/issue.js';
import { type Path, pathKey, printPath } from './positions.js';
import type { Tree } from './tree.js';

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
  return above === '' || path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
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

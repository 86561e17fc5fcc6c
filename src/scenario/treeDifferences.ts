/**
 * What differs between two scenarios as they were read: path by path, the text of each. Its own file because a
 * comparison of stored reports tells what was asked before it tells what came out. Checked by
 * test/scenario/treeDifferences.test.ts.
 */
import { type Path, printPath } from './positions.js';
import { entriesOf, type Tree } from './tree.js';

export interface TreeDifference {
  readonly path: string;
  /** As written; null where it isn't there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Leaves that only one has or that differ, in the order of the first, then of the second. */
export function treeDifferences(before: Tree, after: Tree): readonly TreeDifference[] {
  const [first, second] = [leavesOf(before), leavesOf(after)];
  const paths = new Set([...first.keys(), ...second.keys()]);
  return [...paths].flatMap((path) => {
    const [was, is] = [first.get(path) ?? null, second.get(path) ?? null];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

function leavesOf(root: Tree): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (tree: Tree, path: Path): void => {
    if (tree.kind === 'text') leaves.set(printPath(path), tree.text);
    else if (tree.kind === 'list') for (const [index, item] of tree.items.entries()) visit(item, [...path, index]);
    else for (const { name, value } of entriesOf(tree)) visit(value, [...path, name]);
  };
  visit(root, []);
  return leaves;
}

/**
 * Parts of a scenario that say who comes, when and how often: where they differ, visitors are not the same. What
 * operations do is none of them: the same visitors come to software that was changed, and every step that was not
 * changed draws as before, so that replications still make pairs. It is told first, as a differing input.
 */
const loadParts = /^(traffic|load|seed|run\.(warmup|duration|replications))\b/;

/** Whether a difference changes the load: who comes, and when. */
export function changesLoad({ path }: TreeDifference): boolean {
  return loadParts.test(path);
}

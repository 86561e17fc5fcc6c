/**
 * What the language has and this version does not simulate: refused at its place, never ignored.
 *
 * One table, so that building a part means deleting its line here. Names of plug-ins (scalers, balancers, roll-outs,
 * presets) are not in it: `model` knows which of those there are.
 */
import type { Issue } from '../units/issue.js';
import { issueAt } from './options.js';
import type { Path, Positions } from './positions.js';
import { entriesOf, type Tree } from './tree.js';

/** `*` is any one name or place, `**` any number of them. `unless` is the one value that is built. */
const table: readonly { readonly path: string; readonly unless?: string }[] = [];
const patterns = table.map(({ path, unless }) => ({ parts: path.split('.'), unless }));

/** An issue for each thing written that is not built; empty sections are nothing. */
export function notBuiltIssues(root: Tree, positions: Positions): Issue[] {
  const issues: Issue[] = [];
  const visit = (tree: Tree, path: Path): void => {
    const found = patterns.find(({ parts }) => isMatch(parts, path));
    const isHollow =
      (tree.kind === 'map' && tree.entries.length === 0) || (tree.kind === 'list' && tree.items.length === 0);
    if (found && !isHollow && !(tree.kind === 'text' && tree.text === found.unless)) {
      const hint = found.unless ? `leave it out, or write ${found.unless}` : 'leave it out';
      issues.push(
        issueAt({ positions, path, code: 'not-supported-yet', message: 'is not supported yet', hint, part: 'key' }),
      );
      return;
    }
    for (const { name, value } of entriesOf(tree)) visit(value, [...path, name]);
    if (tree.kind === 'list') for (const [index, item] of tree.items.entries()) visit(item, [...path, index]);
  };
  visit(root, []);
  return issues;
}

function isMatch(parts: readonly string[], path: Path): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return path.length === 0;
  if (part === '**') return path.some((_, skipped) => isMatch(rest, path.slice(skipped)));
  const [first, ...deeper] = path;
  return first !== undefined && (part === '*' || part === first) && isMatch(rest, deeper);
}

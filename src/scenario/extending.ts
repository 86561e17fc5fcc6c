/**
 * `extends: ../app.yaml`: one scenario laid upon another, key by key.
 *
 * Its own file because it is the only place where two scenario files meet. The extending file wins, lists are replaced
 * whole, and an empty value (`null`) removes; every value keeps the place it was written at.
 */
import type { Issue } from '../units/issue.js';
import { readText, type ScenarioFiles } from './files.js';
import { readYaml } from './readYaml.js';
import { child, mergeTrees, type Tree } from './tree.js';

/** Files that may extend one another in a row. */
const longestChain = 20;

/** `tree` upon all it extends. A chain that comes back to a file is refused; what can't be read is left out. */
export function withExtended(tree: Tree, file: string, files: ScenarioFiles): { tree: Tree; issues: Issue[] } {
  const issues: Issue[] = [];
  const layers: Tree[] = [tree];
  const seen = new Set([file]);
  for (let top = tree; ; ) {
    const named = child(top, 'extends');
    if (named?.kind !== 'text') break;
    const fault = (code: string, message: string, hint?: string): void => {
      const { at, length } = named;
      issues.push({
        code,
        severity: 'error',
        at,
        length,
        path: 'extends',
        message: `extends ${message}`,
        ...(hint ? { hint } : {}),
      });
    };
    const read = readText(files, named.text, named.at.file);
    if (!read.ok) {
      fault('file', read.message.replace('with no rows', 'that is empty'), read.hint);
      break;
    }
    if (seen.has(read.value.file) || layers.length >= longestChain) {
      fault(
        'cycle',
        seen.has(read.value.file) ? 'comes back to itself' : `goes through more than ${longestChain} files`,
      );
      break;
    }
    seen.add(read.value.file);
    const below = readYaml(read.value.text, read.value.file);
    issues.push(...below.issues);
    if (below.tree?.kind !== 'map') {
      if (below.tree) fault('type', `names a file that is no scenario: ${JSON.stringify(named.text)}`);
      break;
    }
    layers.push(below.tree);
    top = below.tree;
  }
  return { tree: layers.reduceRight((under, over) => mergeTrees(under, over)), issues };
}

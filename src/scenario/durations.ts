/**
 * Changes that make a scenario's work longer or shorter by a factor: every `cpu`, `wait` and query time, in whatever
 * distribution, multiplied. Its own file because it is a change of what is written, found by walking the tree; what is
 * measured from files or recorded rows is left as it is.
 */
import { scaledDuration } from '../units/scaledDuration.js';
import type { Scenario } from './contract.js';
import type { Override } from './overrides.js';
import { type Path, printPath } from './positions.js';
import type { Tree } from './tree.js';

/** Keys behind which a service's or a database's own time stands. */
const timeKeys = ['cpu', 'wait', 'time'];

/** The changes; none where nothing takes time. @param factor > 0 */
export function longerWork({ source: { tree } }: Scenario, factor: number): Override[] {
  const changes: Override[] = [];
  const change = (value: Tree, path: Path): void => {
    const text = scaled(value, factor);
    if (text !== null) changes.push({ path: printPath(path), value: text });
  };
  const visit = (node: Tree, path: Path): void => {
    if (node.kind === 'list') for (const [place, item] of node.items.entries()) visit(item, [...path, place]);
    if (node.kind !== 'map') return;
    for (const { name, value } of node.entries) {
      if (timeKeys.includes(name)) change(value, [...path, name]);
      else visit(value, [...path, name]);
    }
  };
  for (const { name, value } of entriesOf(tree, 'services'))
    for (const operation of entriesOf(value, 'operations'))
      visit(operation.value, ['services', name, 'operations', operation.name]);
  for (const { name, value } of entriesOf(tree, 'databases'))
    for (const each of value.kind === 'map' ? value.entries : [])
      if (each.name === 'query') change(each.value, ['databases', name, 'query']);
  return changes;
}

function entriesOf(tree: Tree, key: string): readonly { readonly name: string; readonly value: Tree }[] {
  const found = tree.kind === 'map' ? tree.entries.find(({ name }) => name === key)?.value : undefined;
  return found?.kind === 'map' ? found.entries : [];
}

/** The tree with every duration in it multiplied, as YAML on one line; null where it holds none. */
function scaled(tree: Tree, factor: number): string | null {
  let hasDuration = false;
  const write = (node: Tree): string => {
    if (node.kind === 'empty') return 'null';
    if (node.kind === 'list') return `[${node.items.map(write).join(', ')}]`;
    if (node.kind === 'map')
      return `{${node.entries.map(({ name, value }) => `${JSON.stringify(name)}: ${write(value)}`).join(', ')}}`;
    const changed = scaledDuration(node.text, factor);
    hasDuration ||= changed !== null;
    return JSON.stringify(changed ?? node.text);
  };
  const text = write(tree);
  return hasDuration ? text : null;
}

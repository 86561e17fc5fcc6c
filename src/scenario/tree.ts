/**
 * A scenario as written: text, lists and maps, each with its place, before anything is understood.
 *
 * Its own file because four parts stand on it: the YAML reader makes it, `extends` and `--set` change it, the forms
 * check it. Every scalar is the text of the file, so `no`, `on` and `1e3` stay what the user typed. Plain data.
 */
import type { Position } from '../units/issue.js';
import { isReplacedBy } from './alternatives.js';
import { type Located, type Path, type Positions, pathKey } from './positions.js';

interface Placed {
  readonly at: Position;
  /** Characters on its first line. */
  readonly length: number;
}
export interface TextTree extends Placed {
  readonly kind: 'text';
  readonly text: string;
}
/** Nothing written, `null` or `~`. */
export interface EmptyTree extends Placed {
  readonly kind: 'empty';
}
export interface ListTree extends Placed {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}
export interface MapTree extends Placed {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
}
export interface MapEntry {
  readonly name: string;
  readonly nameAt: Position;
  readonly nameLength: number;
  readonly value: Tree;
}
export type Tree = TextTree | EmptyTree | ListTree | MapTree;

/** The value behind `name`, if `tree` is a map that has it. */
export function child(tree: Tree | undefined, name: string): Tree | undefined {
  return tree?.kind === 'map' ? tree.entries.find((entry) => entry.name === name)?.value : undefined;
}

/** The entries of a map; none for anything else. */
export function entriesOf(tree: Tree | undefined): readonly MapEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}

/** What a tree is, for messages. */
export function describeTree(tree: Tree): string {
  if (tree.kind === 'list') return 'a list';
  if (tree.kind === 'map') return 'a mapping';
  return tree.kind === 'empty' ? 'nothing' : 'text';
}

/** The side table of all places, for `locate` and `positionOf`. */
export function positionsOf(root: Tree): Positions {
  const positions = new Map<string, Located>();
  const visit = (tree: Tree, path: Path, key: Position, keyLength: number): void => {
    positions.set(pathKey(path), { key, keyLength, value: tree.at, valueLength: tree.length });
    if (tree.kind === 'map')
      for (const entry of tree.entries) visit(entry.value, [...path, entry.name], entry.nameAt, entry.nameLength);
    if (tree.kind === 'list')
      for (const [index, item] of tree.items.entries()) visit(item, [...path, index], item.at, item.length);
  };
  visit(root, [], root.at, root.length);
  return positions;
}

/**
 * `over` laid upon `under`, key by key: maps are merged, anything else of `over` wins whole, an empty value removes.
 * Keys of `under` keep their places in the order, new ones follow; `key` is the one under which both stand.
 */
export function mergeTrees(under: Tree, over: Tree, key = ''): Tree {
  if (over.kind !== 'map') return over;
  const written = new Map(over.entries.map((entry) => [entry.name, entry]));
  const names = [...written.keys()];
  const entries: MapEntry[] = [];
  for (const entry of entriesOf(under)) {
    const change = written.get(entry.name);
    written.delete(entry.name);
    if (change && change.value.kind !== 'empty')
      entries.push({ ...change, value: mergeTrees(entry.value, change.value, entry.name) });
    else if (!change && !isReplacedBy(entry.name, names, key)) entries.push(entry);
  }
  for (const entry of written.values())
    if (entry.value.kind !== 'empty') entries.push({ ...entry, value: withoutEmpty(entry.value) });
  return { ...over, entries };
}

/** What removes has nothing to remove in a part that is new. */
function withoutEmpty(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  const kept = tree.entries.filter((entry) => entry.value.kind !== 'empty');
  return { ...tree, entries: kept.map((entry) => ({ ...entry, value: withoutEmpty(entry.value) })) };
}

/**
 * `--set path=value`: changes laid upon the tree of a scenario before it is checked, so that they meet the same rules.
 *
 * Its own file because sweeps and plans use it too. Issues of a changed value stand at `--set:<which>:<column>`.
 */
import type { Issue, Position } from '../units/issue.js';
import { readYaml } from './readYaml.js';
import type { MapEntry, Tree } from './tree.js';

/** One change. `path` as `services.booking.cpu`, `faults[0].at`, `services."a.b".cpu`; the value is read as YAML. */
export interface Override {
  readonly path: string;
  readonly value: string | number | boolean;
}

/** The name of the "file" in positions of overrides. */
export const overrideFile = '--set';

/** The tree with all changes, each over those before it. An empty value (or `null`) removes what is there. */
export function overrideTree(root: Tree, overrides: readonly Override[]): { tree: Tree; issues: Issue[] } {
  const issues: Issue[] = [];
  let tree = root;
  overrides.forEach(({ path, value }, index) => {
    const at = { file: overrideFile, line: index + 1, column: 1 };
    const reading = readValue(String(value), { ...at, column: path.length + 2 });
    issues.push(...reading.issues);
    const isFixed = path === 'extends';
    const changed = isFixed ? 'can only be written in the file' : set(tree, path, { value: reading.tree, nameAt: at });
    if (typeof changed !== 'string') tree = changed;
    else
      issues.push({
        code: 'unknown-key',
        severity: 'error',
        at,
        path,
        message: `${path} ${changed}`,
        length: path.length,
      });
  });
  return { tree, issues };
}

function readValue(text: string, at: Position): { tree: Tree; issues: readonly Issue[] } {
  const nothing: Tree = { kind: 'empty', at, length: 1 };
  if (text.trim() === '') return { tree: nothing, issues: [] };
  const { tree, issues } = readYaml(text, overrideFile);
  return { tree: tree ? moved(tree, at) : nothing, issues: issues.map((issue) => ({ ...issue, at })) };
}

/** The same tree, all of it standing at one place: a value on a command line has no lines of its own. */
function moved(tree: Tree, at: Position): Tree {
  if (tree.kind === 'list') return { ...tree, at, items: tree.items.map((item) => moved(item, at)) };
  if (tree.kind !== 'map') return { ...tree, at };
  return {
    ...tree,
    at,
    entries: tree.entries.map((entry) => ({ ...entry, nameAt: at, value: moved(entry.value, at) })),
  };
}

interface Change {
  readonly value: Tree;
  readonly nameAt: Position;
}

/** The tree with `path` set, or what is wrong with the path. */
function set(tree: Tree, path: string, change: Change): Tree | string {
  if (path === '') return change.value;
  if (tree.kind === 'list') return setItem(tree, path, change);
  const entries: readonly MapEntry[] = tree.kind === 'map' ? tree.entries : [];
  const step = firstKey(path, entries);
  if (!step) return 'is no path: keys are joined by dots, as in services.booking.cpu';
  const { name, rest } = step;
  const old = entries.find((entry) => entry.name === name);
  const nothing: Tree = { kind: 'empty', at: change.nameAt, length: 1 };
  const value = set(old?.value ?? nothing, rest, change);
  if (typeof value === 'string') return value;
  const isRemoval = rest === '' && value.kind === 'empty';
  const kept = { name, nameAt: old && rest !== '' ? old.nameAt : change.nameAt, nameLength: name.length, value };
  const changed = old ? entries.map((entry) => (entry.name === name ? kept : entry)) : [...entries, kept];
  const { at, length } = tree;
  return { kind: 'map', at, length, entries: isRemoval ? changed.filter((entry) => entry.name !== name) : changed };
}

function setItem(tree: Tree & { kind: 'list' }, path: string, change: Change): Tree | string {
  const match = /^\[?(\d+)\]?\.?(.*)$/s.exec(path);
  const index = match ? Number(match[1]) : -1;
  if (!match || index > tree.items.length) return `names no item: the list has ${tree.items.length}, counted from 0`;
  const nothing: Tree = { kind: 'empty', at: change.nameAt, length: 1 };
  const value = set(tree.items[index] ?? nothing, match[2]!, change);
  if (typeof value === 'string') return value;
  const items = [...tree.items];
  if (match[2] === '' && value.kind === 'empty') items.splice(index, 1);
  else items[index] = value;
  return { ...tree, items };
}

/** The first key of a path: the longest one that is there (names may hold dots), else up to the next dot. */
function firstKey(path: string, entries: readonly MapEntry[]): { name: string; rest: string } | undefined {
  const quoted = /^("(?:[^"\\]|\\.)*")(?:\.|(?=\[)|$)/.exec(path);
  if (quoted) {
    const { tree } = readYaml(quoted[1]!, overrideFile);
    return tree?.kind === 'text' ? { name: tree.text, rest: path.slice(quoted[0].length) } : undefined;
  }
  const fitting = entries
    .map(({ name }) => name)
    .filter((name) => name !== '' && path.startsWith(name) && /^(?:$|\.|\[)/.test(path.slice(name.length)))
    .sort((a, b) => b.length - a.length);
  const name = fitting[0] ?? /^[^.[]+/.exec(path)?.[0];
  return name === undefined ? undefined : { name, rest: path.slice(name.length).replace(/^\./, '') };
}

/**
 * What a scenario names: its services with their operations, databases, queues and platforms.
 *
 * Its own file because references are checked while the forms are read, before there is a checked scenario: the names
 * are collected from the tree first, whatever else is wrong with it.
 */
import { readDurationUs } from '../units/duration.js';
import type { OperationName } from './contract.js';
import { nearest, suggest } from './nearest.js';
import { child, entriesOf, type Tree } from './tree.js';

export interface ScenarioNames {
  readonly operations: ReadonlyMap<string, ReadonlySet<string>>;
  readonly databases: ReadonlySet<string>;
  readonly queues: ReadonlySet<string>;
  readonly platforms: ReadonlySet<string>;
  /** The end of the run, microseconds; Infinity while it cannot be read. */
  readonly endUs: number;
}

export function collectNames(root: Tree): ScenarioNames {
  const operations = new Map<string, Set<string>>();
  for (const { name, value } of entriesOf(meant(root, 'services')))
    operations.set(name, new Set(entriesOf(meant(value, 'operations')).map((entry) => entry.name)));
  const keysOf = (section: string) => new Set(entriesOf(meant(root, section)).map(({ name }) => name));
  const run = child(root, 'run');
  return {
    operations,
    databases: keysOf('databases'),
    queues: keysOf('queues'),
    platforms: keysOf('platforms'),
    endUs: durationAt(child(run, 'warmup'), 0) + durationAt(child(run, 'duration'), 3_600_000_000),
  };
}

/** The part of that name; of a near name where there is none: one slip is one mistake, not one a reference. */
function meant(tree: Tree | undefined, section: string): Tree | undefined {
  const isNear = ({ name }: { readonly name: string }) => nearest(name, [section]) !== undefined;
  return child(tree, section) ?? entriesOf(tree).find(isNear)?.value;
}

function durationAt(tree: Tree | undefined, missingUs: number): number {
  if (tree === undefined) return missingUs;
  const reading = tree.kind === 'text' ? readDurationUs(tree.text) : undefined;
  return reading?.ok ? reading.value : Number.POSITIVE_INFINITY;
}

/**
 * `service.operation` as the two names it means; both may hold dots themselves, so every dot is tried.
 * What is wrong otherwise, with the nearest name there is.
 */
export function resolveOperation(
  text: string,
  names: ScenarioNames,
): { readonly name: OperationName } | { readonly message: string; readonly hint: string } {
  let isServiceKnown = false;
  for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
    const service = text.slice(0, dot);
    const operation = text.slice(dot + 1);
    const own = names.operations.get(service);
    if (own?.has(operation)) return { name: { service, operation } };
    isServiceKnown ||= own !== undefined;
  }
  const quoted = JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
  if (names.operations.has(text)) {
    const own = [...names.operations.get(text)!].map((operation) => `${text}.${operation}`);
    return { message: `names the service ${quoted} without an operation`, hint: suggest(`${text}.`, own) };
  }
  const what = isServiceKnown ? `names no operation of that service: ${quoted}` : `names no service: ${quoted}`;
  return { message: what, hint: suggest(text, operationNames(names)) };
}

function operationNames({ operations }: ScenarioNames): string[] {
  return [...operations].flatMap(([service, own]) => [...own].map((operation) => `${service}.${operation}`));
}

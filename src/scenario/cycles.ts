/**
 * Circles of calls that are followed with certainty: no request in one could ever end, so none is simulated.
 *
 * Its own file because it looks at the whole graph of operations. It reads the tree and not the checked scenario, so
 * that a circle is reported together with everything else. A branch of `choose` below 100% makes a circle legal,
 * `optional` does not: the call is made all the same. A circle with a `send` in it makes messages without end.
 */
import type { Issue } from '../units/issue.js';
import { readShare } from '../units/share.js';
import { resolveOperation, type ScenarioNames } from './names.js';
import { issueAt } from './options.js';
import type { Path, Positions } from './positions.js';
import { child, entriesOf, type Tree } from './tree.js';

/** A call or send that every run of the operation makes, and where it is written. */
interface CertainCall {
  readonly target: string;
  readonly path: Path;
}

/** One issue for each circle, at the call that closes it, with the whole circle printed. */
export function cycleIssues(root: Tree, names: ScenarioNames, positions: Positions): Issue[] {
  const calls = new Map<string, readonly CertainCall[]>();
  for (const service of entriesOf(child(root, 'services')))
    for (const { name, value } of entriesOf(child(service.value, 'operations')))
      calls.set(key(service.name, name), certainCalls(value, ['services', service.name, 'operations', name], names));
  const issues: Issue[] = [];
  const done = new Set<string>();
  for (const start of calls.keys()) walk(start);
  return issues;

  /** Depth first with a stack of its own: chains of calls may be longer than the program's stack. */
  function walk(start: string): void {
    const trail: { readonly name: string; next: number }[] = [];
    const onTrail = new Map<string, number>();
    const enter = (name: string): void => {
      onTrail.set(name, trail.length);
      trail.push({ name, next: 0 });
    };
    if (!done.has(start)) enter(start);
    while (trail.length > 0) {
      const top = trail.at(-1)!;
      const call = calls.get(top.name)?.[top.next++];
      if (!call) {
        done.add(top.name);
        onTrail.delete(top.name);
        trail.pop();
        continue;
      }
      const from = onTrail.get(call.target);
      if (from !== undefined) {
        const circle = [...trail.slice(from).map(({ name }) => name), call.target].map(printKey).join(' -> ');
        const hint = 'break it, or make one call depend on a choose below 100%';
        const message = `closes a circle of calls that never ends: ${circle}`;
        issues.push(issueAt({ positions, path: call.path, code: 'cycle', message, hint }));
      } else if (!done.has(call.target)) enter(call.target);
    }
  }
}

/** The calls and sends that a list of steps makes whatever chance says. */
function certainCalls(steps: Tree, path: Path, names: ScenarioNames): CertainCall[] {
  if (steps.kind !== 'list') return [];
  return steps.items.flatMap((step, index) => callsOfStep(step, [...path, index], names));
}

function callsOfStep(step: Tree, path: Path, names: ScenarioNames): CertainCall[] {
  const found: CertainCall[] = [];
  for (const { name, value } of entriesOf(step)) {
    const here = [...path, name];
    if (name === 'call' || name === 'send') found.push(...targetOf(value, here, names));
    if (name === 'parallel' && value.kind === 'list')
      value.items.forEach((branch, index) => {
        const at = [...here, index];
        found.push(...(branch.kind === 'list' ? certainCalls(branch, at, names) : callsOfStep(branch, at, names)));
      });
    if (name === 'repeat' && !isZero(child(value, 'times')))
      found.push(...certainCalls(child(value, 'do') ?? value, [...here, 'do'], names));
    if (name === 'choose' && value.kind === 'list')
      value.items.forEach((branch, index) => {
        const chance = child(branch, 'chance');
        const share = chance?.kind === 'text' ? readShare(chance.text) : undefined;
        if (share?.ok && share.value === 1)
          found.push(...certainCalls(child(branch, 'do') ?? branch, [...here, index, 'do'], names));
      });
  }
  return found;
}

function targetOf(value: Tree, path: Path, names: ScenarioNames): CertainCall[] {
  const to = value.kind === 'map' ? child(value, 'to') : value;
  if (to?.kind !== 'text') return [];
  const target = resolveOperation(to.text, names);
  if (!('name' in target)) return [];
  const { service, operation } = target.name;
  return [{ target: key(service, operation), path: value.kind === 'map' ? [...path, 'to'] : path }];
}

function isZero(tree: Tree | undefined): boolean {
  return tree?.kind === 'text' && Number(tree.text) === 0;
}

/** Names may hold dots but no control characters, so U+0000 keeps service and operation apart. */
function key(service: string, operation: string): string {
  return `${service}\u0000${operation}`;
}
function printKey(name: string): string {
  return name.replace('\u0000', '.');
}

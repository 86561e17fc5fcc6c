/**
 * The form of a place where several things may stand: a duration or a distribution, a step, a fault.
 *
 * Its own file because it is the one form that must decide. It tells by the kind of node, and mappings apart by the key
 * that names them, so that a mistake is reported against what was meant and not against every alternative.
 */
import * as z from 'zod';
import { type AnyForms, addFault, beginAs, type Form, kindFault, type Payload } from './form.js';
import { nearest, suggest } from './nearest.js';
import type { MapTree, Tree } from './tree.js';

/** What may stand in one place: told apart by kind of node, and mappings by the one key that names them. */
export interface Choices<T, L, M extends AnyForms, O> {
  /** `a duration or a distribution`, for the message when nothing fits. */
  readonly noun: string;
  readonly text?: Form<T>;
  readonly list?: Form<L>;
  readonly maps?: M;
  /** For a mapping that has none of the keys of `maps`. */
  readonly otherwise?: Form<O>;
}

interface ChoiceDef extends z.core.$ZodUnionDef {
  readonly choices: Choices<unknown, unknown, AnyForms, unknown>;
}
const Choice: z.core.$constructor<z.ZodUnion> = z.core.$constructor('Choice', (inst, def) => {
  beginAs(z.ZodUnion, inst, def);
  inst._zod.parse = (payload, context) => {
    const { choices } = def as unknown as ChoiceDef;
    const node = payload.value as Tree;
    const form = node.kind === 'map' ? chooseMap(payload, inst, node, choices) : choices[node.kind as 'text' | 'list'];
    if (form) return form._zod.run(payload, context);
    if (node.kind !== 'map' || !(choices.maps || choices.otherwise))
      addFault(payload, inst, kindFault(node, choices.noun));
    return payload;
  };
});

/** One of several forms. */
export function choice<T = never, L = never, M extends AnyForms = Record<never, never>, O = never>(
  choices: Choices<T, L, M, O>,
): Form<T | L | z.output<M[keyof M]> | O> {
  const { text, list: items, maps, otherwise } = choices;
  const options = [text, items, ...Object.values(maps ?? {}), otherwise].filter((each) => each !== undefined);
  return new Choice({ type: 'union', options, choices } as never) as never;
}

function chooseMap(
  payload: Payload,
  inst: z.core.$ZodType,
  node: MapTree,
  { noun, maps = {}, otherwise }: Choices<unknown, unknown, AnyForms, unknown>,
): z.ZodType | undefined {
  const keys = Object.keys(maps);
  const found = node.entries.filter(({ name }) => Object.hasOwn(maps, name)).map(({ name }) => name);
  if (found.length === 1) return maps[found[0]!];
  if (found.length === 0 && otherwise) return otherwise;
  if (found.length > 1) {
    const message = `has ${found.join(' and ')}: only one of them can be meant`;
    addFault(payload, inst, { rule: 'conflict', message, path: [found[1]!], part: 'key' });
  } else if (node.entries.length === 0) addFault(payload, inst, kindFault(node, noun, `one of ${keys.join(', ')}`));
  else {
    const name = (node.entries.find((entry) => nearest(entry.name, keys) !== undefined) ?? node.entries[0]!).name;
    const hint = suggest(name, keys);
    addFault(payload, inst, { rule: 'unknown-key', message: `is not ${noun}`, hint, path: [name], part: 'key' });
  }
  return undefined;
}

/**
 * Forms: the shapes that a scenario's parts may have, as zod types that read a tree.
 *
 * zod gives the types, the composition, the paths and the published JSON Schema; its own object, array, record and
 * union readers are replaced by ones that read `Tree`, keep user names such as `__proto__`, hold all mistakes, and say
 * them in this product's words. (Subclassing with `z.core.$constructor` is how zod builds its own types.)
 * Checked by test/scenario/mistakes.test.ts.
 */
import * as z from 'zod';
import type { Reading } from '../units/number.js';
import { shown } from '../units/number.js';
import type { ScenarioNames } from './names.js';
import { nearest, suggest } from './nearest.js';
import type { Rule } from './rules.js';
import { describeTree, type MapTree, type TextTree, type Tree } from './tree.js';

export type Form<Output> = z.ZodType<Output>;
export type Payload = z.core.ParsePayload;
export type AnyForms = Record<string, z.ZodType>;

/** What a reader of text is told besides the text: what else the scenario names, and how to read a file it names. */
export interface FormContext {
  readonly names: ScenarioNames;
  readonly readFile: (node: TextTree) => Reading<{ readonly text: string; readonly file: string }> & { rule?: Rule };
}

/** One fault as a form reports it; `message` follows the path, `part` is what to underline. */
export interface Fault {
  readonly rule: Rule;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly path?: readonly (string | number)[];
  readonly part?: 'key' | 'value';
  /** Another place than the path's: a row of a data file. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

export function addFault(payload: Payload, inst: z.core.$ZodType, fault: Fault): void {
  const { message, path = [], ...params } = fault;
  payload.issues.push({ code: 'custom', input: undefined, inst, path: [...path], message, params });
}

/** The fault behind a zod issue of ours. */
export function faultOf(issue: z.core.$ZodIssue): Fault {
  const params = issue.code === 'custom' ? (issue.params as Partial<Fault> | undefined) : undefined;
  return { rule: 'type', ...params, message: issue.message };
}

interface LeafDef extends z.core.$ZodUnknownDef {
  readonly noun: string;
  readonly read: (
    node: TextTree,
    context: FormContext,
  ) => Reading<unknown> & { readonly rule?: Rule; at?: Fault['at'] };
}
const Leaf: z.core.$constructor<z.ZodUnknown> = z.core.$constructor('Leaf', (inst, def) => {
  beginAs(z.ZodUnknown, inst, def);
  inst._zod.parse = (payload, context) => {
    const { noun, read } = def as unknown as LeafDef;
    const node = payload.value as Tree;
    if (node.kind !== 'text') {
      addFault(payload, inst, kindFault(node, noun));
      return payload;
    }
    const reading = read(node, context as unknown as FormContext);
    if (reading.ok) payload.value = reading.value;
    else {
      const { code, rule = code, message, hint, at } = reading;
      addFault(payload, inst, { rule, message, hint, ...(at ? { at } : {}) });
    }
    return payload;
  };
});

/** A scalar. `noun` as in `must be a duration`; `schema` is what the published JSON Schema says of it. */
export function leaf<Output>(
  noun: string,
  schema: Record<string, unknown>,
  read: (node: TextTree, context: FormContext) => Reading<Output> & { readonly rule?: Rule; at?: Fault['at'] },
): Form<Output> {
  return new Leaf({ type: 'unknown', noun, read } as never).meta(schema) as unknown as Form<Output>;
}

const Mapping: z.core.$constructor<z.ZodObject> = z.core.$constructor('Mapping', (inst, def) => {
  beginAs(z.ZodObject, inst, def);
  inst._zod.parse = (payload, context) => {
    const node = payload.value as Tree;
    const forms = def.shape as AnyForms;
    if (node.kind !== 'map') {
      addFault(payload, inst, kindFault(node, 'a mapping', `its keys: ${Object.keys(forms).join(', ')}`));
      return payload;
    }
    const written = new Map(node.entries.map(({ name, value }) => [name, value]));
    const forgiven = reportUnknownKeys(payload, inst, node, forms);
    const output: Record<string, unknown> = {};
    for (const [name, form] of Object.entries(forms)) {
      const value = written.get(name);
      if (value) output[name] = runChild(payload, context, form, value, name);
      else if (form._zod.optin !== 'optional' && !forgiven.has(name))
        addFault(payload, inst, { rule: 'missing', message: `has no ${name}`, hint: `write ${name}`, part: 'key' });
    }
    payload.value = output;
    return payload;
  };
});

/** A mapping of exactly these settings; optional ones are `form.exactOptional()`. */
export function mapping<Shape extends AnyForms>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return new Mapping({ type: 'object', shape, catchall: z.never() }) as unknown as z.ZodObject<Shape, z.core.$strict>;
}

/** Reports keys that no setting has. Returns the missing settings a near miss explains: they need no second message. */
function reportUnknownKeys(payload: Payload, inst: z.core.$ZodType, node: MapTree, forms: AnyForms): Set<string> {
  const forgiven = new Set<string>();
  const known = Object.keys(forms);
  const free = known.filter((name) => !node.entries.some((entry) => entry.name === name));
  for (const { name } of node.entries) {
    if (Object.hasOwn(forms, name)) continue;
    const near = nearest(name, free);
    if (near !== undefined) forgiven.add(near);
    // One that is written already may be meant all the same: a slip in a change, or the same thing twice.
    const meant = near ?? nearest(name, known);
    addFault(payload, inst, {
      rule: 'unknown-key',
      message: 'is not a known setting',
      hint: meant === undefined ? suggest(name, known) : `did you mean ${JSON.stringify(meant)}?`,
      path: [name],
      part: 'key',
    });
  }
  return forgiven;
}

/** Runs `form` on a child; its faults go under `key`. Its output, or undefined when it has faults. */
function runChild(
  payload: Payload,
  context: z.core.ParseContextInternal,
  form: z.ZodType,
  value: Tree,
  key: string | number,
): unknown {
  const result = form._zod.run({ value, issues: [] }, context) as Payload;
  for (const issue of z.core.util.prefixIssues(key, result.issues)) payload.issues.push(issue);
  return result.value;
}

/** zod's own beginning of a type; behind a function because its `init` is an assertion TypeScript wants spelt out. */
export function beginAs(type: { readonly init: (inst: never, def: never) => void }, inst: unknown, def: unknown): void {
  type.init(inst as never, def as never);
}

/** The longest name anything may have, and what no name may hold. */
const longestName = 200;
const control = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** What is wrong with a name the user chose, if anything: `/`, `..`, commas, quotes and `__proto__` are right. */
export function nameFault(name: string): string | undefined {
  if (name.trim() === '') return 'is an empty name';
  if (name.length > longestName) return `is a name of ${name.length} characters; at most ${longestName} are allowed`;
  if (control.test(name)) return 'is a name with control characters';
  return undefined;
}

const Named: z.core.$constructor<z.ZodRecord> = z.core.$constructor('Named', (inst, def) => {
  beginAs(z.ZodRecord, inst, def);
  inst._zod.parse = (payload, context) => {
    const node = payload.value as Tree;
    if (node.kind !== 'map') {
      addFault(payload, inst, kindFault(node, 'a mapping from names'));
      return payload;
    }
    const output: { name: string; value: unknown }[] = [];
    const { refersTo } = def as unknown as { refersTo?: Reference };
    const known = refersTo && [...refersTo.known((context as unknown as FormContext).names)];
    for (const { name, value } of node.entries) {
      const message = nameFault(name);
      if (message) addFault(payload, inst, { rule: 'name', message, path: [name], part: 'key' });
      else if (known && !known.includes(name)) {
        const fault = { rule: 'reference', message: `names no ${refersTo.kind}`, hint: suggest(name, known) } as const;
        addFault(payload, inst, { ...fault, path: [name], part: 'key' });
      }
      output.push({ name, value: runChild(payload, context, def.valueType as z.ZodType, value, name) });
    }
    payload.value = output as never;
    return payload;
  };
});

/** Names that must stand elsewhere in the scenario: `kind` as in `service`, and which there are. */
export interface Reference {
  readonly kind: string;
  readonly known: (names: ScenarioNames) => Iterable<string>;
}

/** A mapping from names that the user chooses, or that `refersTo` knows, as a list in file order. */
export function named<Output>(
  value: Form<Output>,
  refersTo?: Reference,
): Form<{ readonly name: string; readonly value: Output }[]> {
  const def = { type: 'record', keyType: z.string(), valueType: value, ...(refersTo ? { refersTo } : {}) };
  return new Named(def as never) as never;
}

const Items: z.core.$constructor<z.ZodArray> = z.core.$constructor('Items', (inst, def) => {
  beginAs(z.ZodArray, inst, def);
  inst._zod.parse = (payload, context) => {
    const node = payload.value as Tree;
    const { element, fewest, most } = def as unknown as { element: z.ZodType; fewest: number; most: number };
    if (node.kind !== 'list') {
      addFault(payload, inst, kindFault(node, 'a list'));
      return payload;
    }
    const count = node.items.length;
    if (count < fewest || count > most) {
      const wanted = fewest === most ? `exactly ${fewest}` : count < fewest ? `at least ${fewest}` : `at most ${most}`;
      addFault(payload, inst, { rule: 'range', message: `must be a list of ${wanted} items, got ${count}` });
      return payload;
    }
    payload.value = node.items.map((item, index) => runChild(payload, context, element, item, index));
    return payload;
  };
});

/** A list whose items all have one form. */
export function list<Output>(element: Form<Output>, fewest = 0, most = Number.POSITIVE_INFINITY): Form<Output[]> {
  const limits = { ...(fewest > 0 ? { minItems: fewest } : {}), ...(most < Infinity ? { maxItems: most } : {}) };
  return new Items({ type: 'array', element, fewest, most } as never).meta(limits) as never;
}

const Pair: z.core.$constructor<z.ZodTuple> = z.core.$constructor('Pair', (inst, def) => {
  beginAs(z.ZodTuple, inst, def);
  inst._zod.parse = (payload, context) => {
    const node = payload.value as Tree;
    const forms = def.items as unknown as readonly z.ZodType[];
    if (node.kind !== 'list' || node.items.length !== forms.length)
      addFault(payload, inst, kindFault(node, 'a list of two'));
    else
      payload.value = forms.map((form, index) => runChild(payload, context, form, node.items[index]!, index)) as never;
    return payload;
  };
});

/** A list of exactly two items, each of its own form. */
export function pair<First, Second>(first: Form<First>, second: Form<Second>): Form<readonly [First, Second]> {
  return new Pair({ type: 'tuple', items: [first, second], rest: null } as never) as never;
}

/** A mapping of exactly one key, as what stands behind it. */
export function only<Output>(key: string, form: Form<Output>): Form<Output> {
  return mapping({ [key]: form }).transform((value) => value[key] as Output) as unknown as Form<Output>;
}

/** A node of the wrong kind. */
export function kindFault(node: Tree, noun: string, hint?: string): Fault {
  if (node.kind === 'empty')
    return { rule: 'missing', message: `has no value: it must be ${noun}`, hint: 'write one, or leave the key out' };
  const found = node.kind === 'text' ? shown(node.text) : describeTree(node);
  return { rule: 'type', message: `must be ${noun}, got ${found}`, hint };
}

/** Without the members that are undefined, and typed so: what was not written is not there. */
export function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

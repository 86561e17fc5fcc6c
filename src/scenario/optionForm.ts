/**
 * A plug-in's options as a form reads them: anything, kept as written. Its own file because `options.ts`, which says
 * what they mean, is read by who compiles a scenario and needs no forms.
 */
import * as z from 'zod';
import type { Form } from './form.js';
import type { OptionValue } from './options.js';
import type { Tree } from './tree.js';

/** Anything: a form that refuses nothing. */
export const optionValue: Form<OptionValue> = z
  .any()
  .transform((tree) => withoutPlaces(tree as Tree)) as unknown as Form<OptionValue>;

function withoutPlaces(tree: Tree): OptionValue {
  if (tree.kind === 'text') return { kind: 'text', text: tree.text };
  if (tree.kind === 'empty') return { kind: 'empty' };
  if (tree.kind === 'list') return { kind: 'list', items: tree.items.map(withoutPlaces) };
  return { kind: 'map', entries: tree.entries.map(({ name, value }) => ({ name, value: withoutPlaces(value) })) };
}

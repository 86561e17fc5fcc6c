/**
 * Options of plug-ins (scalers, roll-outs): kept as written until the room that owns the plug-in says what they mean.
 *
 * Its own file because `scenario` may not know plug-in names, yet their options must be refused with the same words and
 * places as everything else.
 */

/** What stands behind a plug-in's name. `text` is the scalar exactly as written, `60%`, `15s`, `2`. */
export type OptionValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly OptionValue[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly name: string; readonly value: OptionValue }[] };

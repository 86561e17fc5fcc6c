/**
 * The rules a scenario can break: their stable names and one line on each, for `validate --explain`.
 *
 * Its own file because the names are a public promise. `model` and `experiment` report under them too.
 */
export const rules = {
  syntax: 'The file is not YAML that this program reads: indentation, quotes, tags, nesting, encoding, one document.',
  'unknown-key': 'A key that no setting has. Keys are camelCase; the nearest known one is suggested.',
  'duplicate-key': 'The same key is written twice in one mapping. The last one never wins silently.',
  missing: 'A setting without a default is not written.',
  type: 'The value is of another kind than the setting takes: text for a number, a list for a mapping, no known word.',
  unit: 'A quantity has no unit or not one of its kind. Units are never guessed.',
  range: 'The value is outside what is allowed, or not finite.',
  name: 'A name is empty, longer than 200 characters, or holds control characters.',
  reference: 'A name that nothing in the scenario, the catalogue or the price book has.',
  cycle: 'Operations call each other in a circle that is followed with certainty, so no request could ever end.',
  conflict: 'Two settings contradict each other, or a sum is more than the whole.',
  metric: 'An objective that cannot be read, or one about a metric or scope that does not exist.',
  file: 'A file named in the scenario is missing, unreadable, a directory, or outside the scenario folder.',
  trace: 'A trace or a column of measured values has no rows, or a row that cannot be read.',
  limit: 'The run would be larger than this program undertakes: too many expected events or timeline rows.',
  'stale-price': 'A price that is paid is older than 180 days, counted from today.',
  'not-supported-yet': 'A part of the language that this version does not simulate yet. It is refused, never ignored.',
} as const;

export type Rule = keyof typeof rules;

/** One line on a rule; nothing for a name that is no rule. */
export function explainRule(code: string): string | undefined {
  return Object.hasOwn(rules, code) ? rules[code as Rule] : undefined;
}

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

/** What is doubtful and not wrong: warnings, before a run or of its result. `--strict` makes them errors. */
export const doubts = {
  saturated: 'More is asked of a service than the platform may ever run for it.',
  'few-samples': 'An objective on a percentile is judged on fewer than 100/(1 - share) answers.',
  'below-cold-start': 'An objective on latency is below what a cold start takes, where instances go to zero.',
  'never-wakes': 'Replicas may go to zero on a platform where no request starts one.',
  'never-placed': 'All nodes together have no room for the instances that are wanted.',
  'never-rolls-out': 'A release cannot get through: no room for its instances, or a deadline before they are ready.',
  'never-drains': 'A disruption budget lets no instance go, so no node under them can be drained.',
  'memory-too-small': 'An instance has less memory than it takes before its first request.',
  'probe-too-early': 'A liveness probe restarts an instance before it can have started.',
  'readiness-too-late': 'Liveness restarts an overloaded instance before readiness takes it out.',
  'no-effect': 'A setting that changes nothing beside the others.',
  'says-nothing': 'A setting that means nothing on that platform.',
  'not-periodic': 'Something happens once in the measured time, yet the month is billed as if it always did.',
  burstable: 'A burstable machine type is simulated as if its CPUs were always there.',
  'near-saturation': 'A service was busy for so much of the time that its latencies need longer runs.',
  overloaded: 'More came than a service could serve, its queue has no limit and nobody gives up: it has no mean.',
  'warm-up-short': 'Latency had not settled when the measured time began.',
  'wide-interval': 'An interval is wider than --until-ci asked for.',
  'event-limit': 'The run was stopped at the most events that are undertaken.',
  'zero-time-loop': 'The run was stopped because events went on without any time passing.',
  'entity-limit': 'The run was stopped because more visitors, spans or instances were alive than memory is given for.',
  stuck: 'The run was stopped because nothing could happen any more.',
} as const;

/** One line on a rule or a doubt; nothing for a name that is neither. */
export function explainRule(code: string): string | undefined {
  const known: Readonly<Record<string, string>> = { ...rules, ...doubts };
  return Object.hasOwn(known, code) ? known[code] : undefined;
}

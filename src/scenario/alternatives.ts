/**
 * Keys of which one place holds only one: who writes another means it instead, not as well.
 *
 * Its own file because laying one scenario on another knows no forms, yet must not make `{constant: 2/s, batch: ...}`
 * of a source that was `constant` and is `batch` in the file on top. Checked by test/scenario/files.test.ts.
 */
const families: readonly (readonly string[])[] = [
  ['poisson', 'constant', 'renewal', 'bursty', 'batch', 'closed', 'trace', 'none'],
  [
    ...['exponential', 'uniform', 'normal', 'lognormal', 'gamma', 'weibull', 'pareto', 'hyperexponential'],
    ...['quantiles', 'empirical'],
  ],
  ['rolling', 'recreate', 'blueGreen', 'canary'],
];

/** Sections whose keys are names that users choose, whatever they are. */
const named = new Set(['traffic', 'services', 'databases', 'queues', 'platforms', 'operations']);

/** Whether `name`, in the place `key`, is gone where `others` are written on top. */
export function isReplacedBy(name: string, others: Iterable<string>, key: string): boolean {
  if (named.has(key)) return false;
  const family = families.find((one) => one.includes(name));
  if (!family) return false;
  for (const other of others) if (other !== name && family.includes(other)) return true;
  return false;
}

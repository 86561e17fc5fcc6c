/**
 * Durations and distributions of oracles in the words of the scenario language. Oracles give seconds as numbers, and a
 * law as a short name with at most one parameter (`["lognormal", 1.5]`, `"exponential"`) or in the language's own form.
 */

/** A distribution as a scenario writes it. */
export type Dist = string | Readonly<Record<string, unknown>>;

export function seconds(value: number): string {
  return `${value}s`;
}

export function perSecond(rate: number): string {
  return `${rate}/s`;
}

export function exponential(meanS: number): Dist {
  return { exponential: seconds(meanS) };
}

const laws: ReadonlyMap<string, (meanS: number, parameter: number) => Dist> = new Map<
  string,
  (meanS: number, parameter: number) => Dist
>([
  ['exp', exponential],
  ['exponential', exponential],
  ['det', seconds],
  ['deterministic', seconds],
  ['constant', seconds],
  ['uniform', (meanS) => ({ uniform: [seconds(0), seconds(2 * meanS)] })],
  ['lognormal', (meanS, cv) => ({ lognormal: { mean: seconds(meanS), cv } })],
  ['gamma', (meanS, cv) => ({ gamma: { mean: seconds(meanS), cv } })],
  ['erlang', (meanS, phases) => ({ gamma: { mean: seconds(meanS), cv: 1 / Math.sqrt(phases) } })],
  ['h2', (meanS, cv) => ({ hyperexponential: { mean: seconds(meanS), cv } })],
  ['hyperexponential', (meanS, cv) => ({ hyperexponential: { mean: seconds(meanS), cv } })],
  ['weibull', (meanS, shape) => ({ weibull: { mean: seconds(meanS), shape } })],
  ['pareto', (meanS, alpha) => ({ pareto: { mean: seconds(meanS), alpha } })],
]);

/** The law of a given mean; exponential where the case names none. @throws Error for a law that is not known */
export function lawOf(law: unknown, meanS: number): Dist {
  if (law === undefined || law === null) return exponential(meanS);
  if (typeof law === 'object' && !Array.isArray(law)) return writtenLaw(law);
  const [name, parameter] = Array.isArray(law) ? (law as unknown[]) : [law];
  const make = typeof name === 'string' ? laws.get(name) : undefined;
  if (!make) throw new Error(`malformed: no law ${JSON.stringify(law)}; there are ${[...laws.keys()].join(', ')}`);
  return make(meanS, typeof parameter === 'number' ? parameter : Number.NaN);
}

/** A law in the language's own form, `{lognormal: {mean: 0.02, cv: 1.5}}`, with its times in seconds given their unit. */
export function writtenLaw(law: unknown): Dist {
  if (typeof law === 'number') return seconds(law);
  return withUnits(law) as Dist;
}

/** What is no time: everything else in a distribution is. */
const pure = new Set(['cv', 'shape', 'alpha']);

function withUnits(value: unknown): unknown {
  if (typeof value === 'number') return seconds(value);
  if (Array.isArray(value)) return value.map(withUnits);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, pure.has(name) ? one : withUnits(one)]));
}

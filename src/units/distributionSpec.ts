/**
 * A distribution as plain data: what a checked scenario carries and `random` makes samplers from.
 *
 * Its own file in the lowest room because `scenario` writes it and may not see `random`. Structurally the same type as
 * the one in `random/contract.ts`; test/units/distributionSpec.test.ts holds the two together at compile time.
 */

/** Every time in microseconds, every share in [0, 1]. Conditions (alpha > 1, points rising) hold once checked. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'lognormal-quantiles'; readonly p50: number; readonly p99: number }
  | { readonly kind: 'gamma'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'weibull'; readonly mean: number; readonly shape: number }
  | { readonly kind: 'pareto'; readonly mean: number; readonly alpha: number }
  | { readonly kind: 'hyperexponential'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'quantiles'; readonly points: readonly (readonly [number, number])[]; readonly isLog?: boolean }
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

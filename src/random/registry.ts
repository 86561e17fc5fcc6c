/**
 * The distributions there are: one line each. Scenario checking, help and the contract suite read this table; nothing
 * else in the product chooses by a distribution's kind.
 */
import { constant } from './constant.js';
import type { DistributionFamily, DistributionSpec, Sampler } from './contract.js';
import { empirical } from './empirical.js';
import { exponential } from './exponential.js';
import { gamma } from './gamma.js';
import { geometric } from './geometric.js';
import { hyperexponential } from './hyperexponential.js';
import { lognormal, lognormalQuantiles } from './lognormal.js';
import { normal } from './normal.js';
import { pareto } from './pareto.js';
import { quantiles } from './quantiles.js';
import { uniform } from './uniform.js';
import { weibull } from './weibull.js';
import { zipf } from './zipf.js';

type SpecOf<Kind extends DistributionSpec['kind']> = Extract<DistributionSpec, { readonly kind: Kind }>;

export const distributions: { readonly [Kind in DistributionSpec['kind']]: DistributionFamily<SpecOf<Kind>> } = {
  constant,
  exponential,
  uniform,
  normal,
  lognormal,
  'lognormal-quantiles': lognormalQuantiles,
  gamma,
  weibull,
  pareto,
  hyperexponential,
  quantiles,
  empirical,
};

/** Distributions of whole numbers, for how many and for which one; not for durations. */
export const countDistributions = { geometric, zipf } as const;

/** What is wrong with a distribution, in words that tell the mend; nothing when it is right. */
export function samplerFault(spec: DistributionSpec): string | undefined {
  return familyOf(spec).fault(spec);
}

/**
 * The sampler of a distribution. Samples are in the unit of the spec's values (microseconds for times).
 *
 * @throws RangeError when `samplerFault` finds something: the caller should have asked first.
 */
export function makeSampler(spec: DistributionSpec): Sampler {
  const family = familyOf(spec);
  const fault = family.fault(spec);
  if (fault !== undefined) throw new RangeError(`${spec.kind}: ${fault}`);
  return family.make(spec);
}

/** The cast says what the table's type says already: the family under a kind takes the specs of that kind. */
function familyOf(spec: DistributionSpec): DistributionFamily<DistributionSpec> {
  return distributions[spec.kind] as DistributionFamily<DistributionSpec>;
}

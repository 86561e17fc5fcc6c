/**
 * DIST: a constant duration or one of the distributions, with the condition each must meet.
 *
 * Its own file because a sampled duration stands in twenty places. A distribution whose mean is 0 is the constant 0.
 */
import type { DistributionSpec } from '../units/distributionSpec.js';
import { printDuration } from '../units/print.js';
import { readShare } from '../units/share.js';
import { choice } from './choice.js';
import { durationUs, real } from './fields.js';
import { type Form, leaf, list, mapping, named, only } from './form.js';
import { readMeasured } from './measured.js';
import { refuse } from './refuse.js';

const zero: DistributionSpec = { kind: 'constant', value: 0 };
const positive = real({ min: 0, isAbove: true });
const meanAndCv = mapping({ mean: durationUs, cv: real({ min: 0 }) });

const uniform = list(durationUs, 2, 2).transform(([low = 0, high = 0], context): DistributionSpec => {
  if (low <= high) return { kind: 'uniform', low, high };
  const hint = `write [${printDuration(high)}, ${printDuration(low)}]`;
  return refuse(context, { rule: 'range', message: 'must go from the smaller to the larger', hint });
});

const lognormal = choice({
  noun: '{mean, cv} or {p50, p99}',
  maps: {
    mean: meanAndCv.transform(
      ({ mean, cv }): DistributionSpec =>
        mean === 0 ? zero : cv === 0 ? constant(mean) : { kind: 'lognormal', mean, cv },
    ),
    p50: mapping({ p50: durationUs, p99: durationUs }).transform(({ p50, p99 }, context): DistributionSpec => {
      if (p50 <= 0) return refuse(context, { rule: 'range', message: 'must be above 0s', path: ['p50'] });
      if (p99 < p50) return refuse(context, { rule: 'range', message: 'must be at least p50', path: ['p99'] });
      return p99 === p50 ? constant(p50) : { kind: 'lognormal-quantiles', p50, p99 };
    }),
  },
});

const quantiles = named(durationUs).transform((entries, context): DistributionSpec => {
  const points: [number, number][] = [];
  for (const { name, value } of entries) {
    const share = readShare(name);
    if (share.ok) points.push([share.value, value]);
    else refuse(context, { rule: share.code, message: share.message, hint: share.hint, path: [name], part: 'key' });
  }
  points.sort((a, b) => a[0] - b[0]);
  const isRising = points.every(
    (point, i) => i === 0 || (point[0] > points[i - 1]![0] && point[1] >= points[i - 1]![1]),
  );
  if (!isRising)
    return refuse(context, { rule: 'range', message: 'must rise: a larger share needs a larger duration' });
  if (points[0]?.[0] !== 0 || points.at(-1)?.[0] !== 1)
    return refuse(context, { rule: 'range', message: 'must begin at 0% and end at 100%' });
  return { kind: 'quantiles', points };
});

const measured = leaf<DistributionSpec>(
  'the name of a file of measured durations',
  { type: 'string' },
  (node, { readFile }) => {
    const file = readFile(node);
    return file.ok ? readMeasured(file.value.text, file.value.file) : file;
  },
);

const families = {
  exponential: only('exponential', durationUs).transform(
    (mean): DistributionSpec => (mean === 0 ? zero : { kind: 'exponential', mean }),
  ),
  uniform: only('uniform', uniform),
  normal: only(
    'normal',
    mapping({ mean: durationUs, sd: durationUs }).transform(
      ({ mean, sd }): DistributionSpec => (sd === 0 ? constant(mean) : { kind: 'normal', mean, sd }),
    ),
  ),
  lognormal: only('lognormal', lognormal),
  gamma: only(
    'gamma',
    meanAndCv.transform(
      ({ mean, cv }): DistributionSpec => (mean === 0 ? zero : cv === 0 ? constant(mean) : { kind: 'gamma', mean, cv }),
    ),
  ),
  weibull: only(
    'weibull',
    mapping({ mean: durationUs, shape: positive }).transform(
      ({ mean, shape }): DistributionSpec => (mean === 0 ? zero : { kind: 'weibull', mean, shape }),
    ),
  ),
  pareto: only(
    'pareto',
    mapping({ mean: durationUs, alpha: real({ min: 1, isAbove: true }) }).transform(
      ({ mean, alpha }): DistributionSpec => (mean === 0 ? zero : { kind: 'pareto', mean, alpha }),
    ),
  ),
  hyperexponential: only(
    'hyperexponential',
    mapping({ mean: durationUs, cv: real({ min: 1, isAbove: true }) }).transform(
      ({ mean, cv }): DistributionSpec => (mean === 0 ? zero : { kind: 'hyperexponential', mean, cv }),
    ),
  ),
  quantiles: only('quantiles', quantiles),
  empirical: only('empirical', measured),
};

/** DIST. */
export const distribution: Form<DistributionSpec> = choice({
  noun: 'a duration or a distribution',
  text: durationUs.transform(constant),
  maps: families,
}).meta({ id: 'distribution', description: 'a duration, or a distribution of durations' });

/** A gap between arrivals: its mean must be above 0, or all would come at once. */
export const gap: Form<DistributionSpec> = distribution.transform((spec, context): DistributionSpec => {
  if (meanUs(spec) > 0) return spec;
  const hint = 'write a duration above 0s';
  return refuse(context, { rule: 'range', message: 'is a gap of 0s: the mean gap must be positive', hint });
});

function constant(value: number): DistributionSpec {
  return { kind: 'constant', value };
}

/** Mean in microseconds; of a truncated normal that of the whole one, which is lower. */
export function meanUs(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return (spec.low + spec.high) / 2;
    case 'lognormal-quantiles': {
      // The 99th percentile of the standard normal is 2.3263.
      const sigma = Math.log(spec.p99 / spec.p50) / 2.3263478740408408;
      return spec.p50 * Math.exp(sigma ** 2 / 2);
    }
    case 'quantiles':
      return spec.points.reduce((sum, [share, value], i) => {
        const [shareBefore, valueBefore] = spec.points[i - 1] ?? [share, value];
        return sum + ((share - shareBefore) * (value + valueBefore)) / 2;
      }, 0);
    case 'empirical':
      return spec.values.reduce((sum, value) => sum + value, 0) / spec.values.length;
    default:
      return spec.mean;
  }
}

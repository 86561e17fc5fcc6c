/**
 * Two stored reports, one beside the other: what was asked differently, and what really came out differently. Where
 * both had the same visitors their replications are paired; else intervals are those of independent runs. Its own file
 * because nothing is simulated: both sides are what `gather` makes of their jobs. Checked by test/cli/stored.test.ts.
 */
import type { TreeDifference } from '../scenario/treeDifferences.js';
import { estimateIndependentDifference, estimateMean } from '../stats/interval.js';
import type { PairedDifference } from './contract.js';
import { pairedDifferences } from './estimates.js';
import type { Numbers } from './measures.js';
import { metricEntry, metricOrder } from './metricCatalogue.js';
import type { Summarized } from './platformResult.js';

export interface StoredDifference extends PairedDifference {
  /** Means of the two sides. */
  readonly before: number;
  readonly after: number;
}

export interface StoredPlatform {
  /** Its name in the first, and in the second. */
  readonly before: string;
  readonly after: string;
  readonly differences: readonly StoredDifference[];
}

export interface StoredComparison {
  readonly inputs: readonly TreeDifference[];
  /** Whether both had the same visitors, replication by replication. */
  readonly isPaired: boolean;
  readonly platforms: readonly StoredPlatform[];
  /** Platforms that only one of them has. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
}

export interface Sides {
  readonly before: readonly Summarized[];
  readonly after: readonly Summarized[];
  readonly inputs: readonly TreeDifference[];
  readonly isPaired: boolean;
  readonly confidence: number;
}

/** Platforms of the same name; where each side has a single one, those two. */
export function compareSides({ before, after, inputs, isPaired, confidence }: Sides): StoredComparison {
  const nameOf = ({ result }: Summarized): string => result.name;
  const areSingle = before.length === 1 && after.length === 1;
  const couples = before.flatMap((first) => {
    const second = areSingle ? after[0] : after.find((one) => nameOf(one) === nameOf(first));
    return second ? [{ first, second }] : [];
  });
  const without = (all: readonly Summarized[], met: readonly Summarized[]): readonly string[] =>
    all.filter((one) => !met.includes(one)).map(nameOf);
  const firsts = couples.map(({ first }) => first);
  const seconds = couples.map(({ second }) => second);
  return {
    inputs,
    isPaired,
    platforms: couples.map(({ first, second }) => ({
      before: nameOf(first),
      after: nameOf(second),
      differences: isPaired ? paired(first, second, confidence) : independent(first, second, confidence),
    })),
    onlyBefore: without(before, firsts),
    onlyAfter: without(after, seconds),
  };
}

function paired(first: Summarized, second: Summarized, confidence: number): readonly StoredDifference[] {
  return pairedDifferences(second.result.name, second.numbers, first.numbers, confidence).map((difference) => ({
    ...difference,
    before: meanOf(first.numbers, difference.metric, confidence),
    after: meanOf(second.numbers, difference.metric, confidence),
  }));
}

/** Of runs that share nothing. */
function independent(first: Summarized, second: Summarized, confidence: number): readonly StoredDifference[] {
  const names = new Set([...first.numbers, ...second.numbers].flatMap((numbers) => Object.keys(numbers)));
  return [...names]
    .sort((a, b) => metricOrder(a) - metricOrder(b) || (a < b ? -1 : 1))
    .flatMap((metric) => {
      const [was, is] = [valuesOf(first.numbers, metric), valuesOf(second.numbers, metric)];
      const difference = estimateIndependentDifference(is, was, confidence);
      if (!difference) return [];
      const { mean, interval: ci } = difference;
      const before = meanOf(first.numbers, metric, confidence);
      const { unit, moreIs } = metricEntry(metric) ?? { unit: '1' as const, moreIs: 'neither' as const };
      return {
        platform: second.result.name,
        metric,
        unit,
        mean,
        ...(ci ? { ci } : {}),
        relative: before === 0 ? null : mean / before,
        moreIs,
        isReal: ci !== null && (ci[0] > 0 || ci[1] < 0),
        before,
        after: meanOf(second.numbers, metric, confidence),
      };
    });
}

function meanOf(replications: readonly Numbers[], metric: string, confidence: number): number {
  return estimateMean(valuesOf(replications, metric), confidence)?.mean ?? Number.NaN;
}

function valuesOf(replications: readonly Numbers[], metric: string): readonly number[] {
  return replications.flatMap((numbers) => {
    const value = Object.hasOwn(numbers, metric) ? numbers[metric] : undefined;
    return value === undefined || !Number.isFinite(value) ? [] : [value];
  });
}

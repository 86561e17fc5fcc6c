/**
 * When an oracle's value is met: the rules of the README beside this file. Each rule sees the values of one number in all
 * replications; what it says is `met`, `missed` (the value lies outside), or `vague` (the test had no power: run longer).
 */
import { estimateMean } from '../../../src/stats/interval.js';
import type { Oracle } from './oracle.js';

export type Verdict = 'met' | 'missed' | 'vague';

export interface Judged {
  readonly verdict: Verdict;
  /** For the report: what was seen. */
  readonly got: string;
}

/** How much wider than at full length precision may be. */
export interface Size {
  /** Share of the case's requests that each replication has. */
  readonly requestShare: number;
  readonly precisionFactor: number;
}

export const fullSize: Size = { requestShare: 1, precisionFactor: 1 };
export const commitSize: Size = { requestShare: 0.1, precisionFactor: 3 };

/** What each number of one case is held to. */
export type Rule = (values: readonly number[], expected: number, name: string) => Judged;

/** @param standardErrorOf of a simulated reference: how sure itself is; null for closed forms */
export function ruleOf(oracle: Oracle, size: Size, standardErrorOf: (name: string) => number | null): Rule {
  const { acceptance, note, relPrecision, words } = oracle;
  if (/\bpooled count\b/i.test(acceptance)) return withinPoisson;
  if (/^deterministic\b/i.test(acceptance)) return toTheClock;
  const band = /Accept when ([\d.]+)\*value <= mean <= ([\d.]+)\*value/i.exec(note);
  if (band) return withinBand(Number(band[1]), Number(band[2]));
  const ofDetection = /\bdetection time\b/i.test(words);
  return (values, expected, name) => {
    const standardError = standardErrorOf(name);
    if (standardError !== null) return againstReference(values, expected, standardError, 0.01 * size.precisionFactor);
    const precision = (relPrecision ?? 0.02) * size.precisionFactor;
    if (ofDetection && (name === 'min' || name === 'max')) return atTheEdge(values, expected, name, precision);
    return withinInterval(values, expected, precision);
  };
}

/** The 99.9% t-interval of the replications covers the value, and the 95% half width is a small share of it. */
function withinInterval(values: readonly number[], expected: number, precision: number): Judged {
  const { mean, halfOf999, standardError } = spreadOf(values);
  const got = `${shown(mean)} ± ${shown(halfOf999)} (99.9%)`;
  if (!(Math.abs(mean - expected) <= Math.max(halfOf999, 1e-9 * Math.abs(expected)))) return { verdict: 'missed', got };
  const isPrecise = 1.96 * standardError <= precision * Math.abs(expected);
  return isPrecise ? { verdict: 'met', got } : { verdict: 'vague', got: `${got}, too wide` };
}

/** A reference that was simulated itself has an error of its own. */
function againstReference(values: readonly number[], expected: number, ofReference: number, precision: number): Judged {
  const { mean, standardError } = spreadOf(values);
  const got = `${shown(mean)}, standard error ${shown(standardError)}`;
  const isNear = Math.abs(mean - expected) <= 3.5 * Math.hypot(standardError, ofReference);
  if (!isNear) return { verdict: 'missed', got };
  return { verdict: standardError <= precision * Math.abs(expected) ? 'met' : 'vague', got };
}

function withinBand(low: number, high: number): Rule {
  return (values, expected) => {
    const { mean } = spreadOf(values);
    return { verdict: mean >= low * expected && mean <= high * expected ? 'met' : 'missed', got: shown(mean) };
  };
}

/** Counts of one long observation: within 3.3 standard deviations of Poisson's law. */
function withinPoisson(values: readonly number[], expected: number): Judged {
  const total = values.reduce((sum, value) => sum + value, 0);
  const mean = expected * values.length;
  return { verdict: Math.abs(total - mean) <= 3.3 * Math.sqrt(mean) ? 'met' : 'missed', got: shown(total) };
}

/** No chance involved: equal to 1e-9, or to the microsecond that the clock knows. */
function toTheClock(values: readonly number[], expected: number, name: string): Judged {
  const allowed = Math.max(1e-9 * Math.abs(expected), /_s\b/.test(name) ? 1e-6 : 0);
  const isMet = values.every((value) => Math.abs(value - expected) <= allowed);
  return { verdict: isMet ? 'met' : 'missed', got: values.join(', ') };
}

/** The smallest or largest of many draws: never beyond the bound, and near it. */
function atTheEdge(values: readonly number[], bound: number, name: string, precision: number): Judged {
  const edge = name === 'min' ? Math.min(...values) : Math.max(...values);
  const inwards = name === 'min' ? edge - bound : bound - edge;
  const isMet = inwards >= -1e-9 && inwards <= precision * Math.max(bound, 10);
  return { verdict: isMet ? 'met' : 'missed', got: shown(edge) };
}

function spreadOf(values: readonly number[]): { mean: number; halfOf999: number; standardError: number } {
  if (!values.every(Number.isFinite)) return { mean: Number.NaN, halfOf999: 0, standardError: 0 };
  const estimate = estimateMean(values, 0.999);
  if (!estimate?.interval) throw new Error('malformed: an interval needs two replications');
  const { mean, interval } = estimate;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    halfOf999: interval[1] - mean,
    standardError: Math.sqrt(squares / (values.length - 1) / values.length),
  };
}

function shown(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

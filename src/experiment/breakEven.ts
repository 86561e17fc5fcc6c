/**
 * A break-even made ready: two platforms of a scenario, what is varied, and how far. Its own file because the command
 * and the library ask alike, and every mistake in the question must be found before anything is simulated.
 */
import { compileModel } from '../model/compile.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import { suggest } from '../scenario/nearest.js';
import { readAmountRange } from '../units/amountRange.js';
import { readRatePerSecond } from '../units/rate.js';
import type { BreakEvenAxis, BreakEvenQuestion } from './breakEvenSearch.js';
import { canScaleTraffic, meanPerSecond } from './costCurve.js';

export interface BreakEvenWish {
  /** Two platforms by name. */
  readonly between: readonly string[];
  /** `traffic`, or a path; traffic when left out. */
  readonly vary?: string;
  /** `1/s..1000/s` of traffic, `128MB..2GB` of a path; of traffic that by default. */
  readonly range?: string;
}

const defaultRange = '1/s..1000/s';
/** Shorter than this nothing has settled. */
const shortestUs = 600e6;
/** Visitors of a run that looks, and of one that measures: enough for their mix to show. */
const looksVisitorCount = 20_000;
const mostVisitorCount = 100_000;

/** The question, or what is wrong with it, a sentence each. */
export function prepareBreakEven(
  scenario: Scenario,
  { between, vary = 'traffic', range }: BreakEvenWish,
): { readonly question: BreakEvenQuestion } | { readonly faults: readonly string[] } {
  const compiled = compileModel(scenario);
  if (!compiled.ok) return { faults: compiled.issues.map(({ message }) => message) };
  const { platforms, run } = compiled.value;
  const names = platforms.map(({ name }) => name);
  const faults = between
    .filter((name) => !names.includes(name))
    .map((name) => `the scenario has no platform ${JSON.stringify(name)}; ${suggest(name, names)}`);
  const [first, second] = between;
  if (first === undefined || second === undefined || between.length !== 2 || first === second)
    return { faults: [...faults, 'a break-even is between two platforms, as in fargate,lambda'] };
  if (faults.length > 0) return { faults };
  const axis =
    vary === 'traffic'
      ? trafficAxis(scenario, platforms.find(({ name }) => name === first)!, range ?? defaultRange)
      : pathAxis(vary, range);
  if (typeof axis === 'string') return { faults: [axis] };
  const { replications, confidence } = run;
  return { question: { axis, between: [first, second], replications, confidence } };
}

function trafficAxis(scenario: Scenario, { model }: CompiledPlatform, range: string): BreakEvenAxis | string {
  const ends = range.split('..').map((end) => readRatePerSecond(end.trim()));
  const [low, high] = ends;
  if (ends.length !== 2 || !low?.ok || !high?.ok || !(low.value > 0) || !(high.value > low.value))
    return `the range ${JSON.stringify(range)} is not from one rate to a higher one, as in 1/s..1000/s`;
  if (!canScaleTraffic(model))
    return 'the traffic of this scenario has no rate to vary (a closed crowd, or nobody); vary a path instead';
  const counted = model.traffic.filter(({ isCounted }) => isCounted);
  const endUs = model.warmupUs + model.durationUs;
  const perSecond = counted.reduce((sum, source) => sum + meanPerSecond(source, model.warmupUs, endUs), 0);
  if (!(perSecond > 0)) return 'nobody whose visits count comes in the measured time; there is no traffic to vary';
  const isEven = scenario.traffic.every(isStationary) && model.faults.length === 0 && model.releases.length === 0;
  return {
    vary: 'traffic',
    unit: '1/s',
    low: low.value,
    high: high.value,
    isWhole: false,
    settingsAt(requestsPerSecond, isLook) {
      const load = (scenario.load * requestsPerSecond) / perSecond;
      const settings = [{ path: 'load', value: String(Number(load.toPrecision(12))) }];
      const visitorCount = isLook ? looksVisitorCount : mostVisitorCount;
      const durationUs = Math.max(shortestUs, Math.ceil(visitorCount / requestsPerSecond) * 1e6);
      // Traffic that changes with the clock, faults and releases need their whole time.
      if (!isEven || durationUs >= model.durationUs) return settings;
      return [...settings, { path: 'run.duration', value: `${durationUs / 1e6}s` }];
    },
  };
}

/** Whether a source is the same at any time. */
function isStationary({ arrivals, daily, weekly }: Scenario['traffic'][number]): boolean {
  return /^(poisson|constant|renewal|batch|bursty)$/.test(arrivals.kind) && daily === null && weekly === null;
}

function pathAxis(path: string, range: string | undefined): BreakEvenAxis | string {
  if (range === undefined) return `--vary ${path} needs a range, as in --range 128MB..2GB`;
  const read = readAmountRange(range);
  if (read === null || typeof read === 'string')
    return `the range ${JSON.stringify(range)} ${read ?? 'is none, as 128MB..2GB is'}`;
  const { low, high, unit } = read.range;
  if (!(low > 0 && high > low)) return `the range ${JSON.stringify(range)} does not rise from above zero`;
  // Sizes and counts are sold whole; what spans less than twenty may need its fractions.
  const isWhole = Number.isInteger(low) && Number.isInteger(high) && high - low >= 20;
  const settingsAt = (value: number) => [{ path, value: `${value}${unit}` }];
  return { vary: path, unit, low, high, isWhole, settingsAt };
}

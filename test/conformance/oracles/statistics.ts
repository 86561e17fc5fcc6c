/**
 * Oracles of output analysis and of break-even: questions to the product's statistics and bills that need no run.
 */
import { breakEven } from '../../../src/billing/breakEven.js';
import { Fraction } from '../../../src/billing/fraction.js';
import { batchMeans } from '../../../src/stats/batchMeans.js';
import { estimateMean } from '../../../src/stats/interval.js';
import { mser5 } from '../../../src/stats/mser5.js';
import { quantileRanks } from '../../../src/stats/quantileRanks.js';
import { studentTQuantile } from '../../../src/stats/studentT.js';
import type { CaseFields } from '../caseFields.js';
import { seriesOf } from './formula.js';
import { type Experiment, metricsOf } from './judge.js';
import type { Answer } from './metrics.js';
import type { Oracle } from './oracle.js';

/** Which question it is, by its words; and the answer to each name. */
const questions: readonly {
  readonly asks: RegExp;
  readonly answers: (parameters: CaseFields) => (name: string) => Answer | undefined;
}[] = [
  { asks: /\bt interval\b/i, answers: intervalAnswers },
  { asks: /\bMSER-5\b/i, answers: warmupAnswers },
  { asks: /\bquantile interval\b/i, answers: rankAnswers },
  { asks: /\bbreak-even\b/i, answers: breakEvenAnswers },
];

/** Null when the oracle asks for a run. */
export function statisticsOf(oracle: Oracle): Experiment | null {
  const question = questions.find(({ asks }) => asks.test(oracle.words));
  if (!question) return null;
  return () => {
    const answerTo = question.answers(oracle.parameters);
    return [
      new Map(
        metricsOf(oracle).map((name) => {
          const value = answerTo(name);
          if (value === undefined) throw new Error(`malformed: no metric ${name}`);
          return [name, value] as const;
        }),
      ),
    ];
  };
}

const confidence = 0.95;

function intervalAnswers(parameters: CaseFields): (name: string) => Answer | undefined {
  const series = seriesOf(parameters.text('x'), parameters.number('lcg_seed'), parameters.number('n'));
  const { mean, interval } = estimateMean(series, confidence) ?? { mean: Number.NaN, interval: null };
  const [low, high] = interval ?? [Number.NaN, Number.NaN];
  const t = (share: number, freedom: number): number => studentTQuantile(share, freedom);
  // An interval tells the deviation it was made from.
  const deviation = (half: number, count: number): number =>
    (half / t((1 + confidence) / 2, count - 1)) * Math.sqrt(count);
  return (name) => {
    const [, digits, freedom] = /^t(\d+)_(\d+)$/.exec(name) ?? [];
    if (freedom !== undefined) return t(Number(`0.${digits}`), Number(freedom));
    const batchSize = /^variance_of_batches_of_(\d+)$/.exec(name)?.[1];
    if (batchSize !== undefined) {
      const batches = batchMeans(series, Math.floor(series.length / Number(batchSize)), confidence);
      return deviation((batches.interval?.[1] ?? Number.NaN) - batches.mean, batches.count) ** 2;
    }
    return new Map([
      ['mean', mean],
      ['sd', deviation(high - mean, series.length)],
      ['low', low],
      ['high', high],
    ]).get(name);
  };
}

function warmupAnswers(parameters: CaseFields): (name: string) => Answer | undefined {
  const series = seriesOf(parameters.text('y'), parameters.number('lcg_seed'), parameters.number('n'));
  const found = mser5(series);
  const cut = found?.cutCount ?? Number.NaN;
  // A best cut at the end of what was searched must be told as one that was not found.
  if (found && found.isUnsettled !== 2 * cut >= series.length - 5) throw new Error(`isUnsettled ${found.isUnsettled}`);
  return (name) =>
    new Map([
      ['truncate', cut],
      ['mean_after', estimateMean(series.slice(cut), confidence)?.mean ?? Number.NaN],
    ]).get(name);
}

function rankAnswers(parameters: CaseFields): (name: string) => Answer | undefined {
  const asked = parameters.number('confidence', confidence);
  const { low, high, coverage } = quantileRanks(parameters.number('n'), parameters.number('p'), asked);
  return (name) =>
    new Map([
      ['rank_low', low ?? Number.NaN],
      ['rank_high', high ?? Number.NaN],
      ['coverage', coverage],
    ]).get(name);
}

function breakEvenAnswers(parameters: CaseFields): (name: string) => Answer | undefined {
  const exact = (name: string): Fraction => Fraction.of(parameters.number(name));
  const { crossing } = breakEven(
    {
      usdPerRequest: exact('price_request'),
      usdPerGbSecond: exact('price_GBs'),
      gbSecondsPerRequest: exact('memory_GB').times(exact('billed_s')),
      freeRequests: Fraction.zero,
      freeGbSeconds: Fraction.zero,
    },
    {
      instanceCount: exact('instances'),
      usdPerHour: exact('price_instance_hour'),
      requestsPerSecond: Fraction.one, // Matters to the use of instances only, not to their price.
      fixedUsdPerMonth: Fraction.zero,
    },
    Fraction.of(parameters.number('hours', 730)),
  );
  const perS = Number(crossing?.meanPerSecond.toDecimal(15) ?? 'NaN');
  return (name) =>
    new Map([
      ['rate_per_s', perS],
      ['requests_per_month', Number(crossing?.requestsPerMonth.toDecimal(15) ?? 'NaN')],
    ]).get(name);
}

/**
 * README's table of the course keeps its word: twelve ideas, each with scenarios that run, the chart it names drawn
 * from them with something to see, and a step of the tour on one of them.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import type { Comparison } from '../../src/experiment/contract.js';
import { tourSteps } from '../../src/playground/tourSteps.js';
import { describeCharts } from '../../src/report/charts/registry.js';
import { page } from '../../src/report/page/page.js';
import { parseScenario } from '../../src/scenario/parse.js';

interface Row {
  readonly idea: string;
  readonly files: readonly string[];
  readonly chart: string;
  readonly step: number;
}

const table = readFileSync('README.md', 'utf8').split('## The course, step by step')[1]?.split('\n## ')[0] ?? '';
const rows = [...table.matchAll(/^\| ([^|]+) \| (\[[^|]+) \| ([^|]+) \| (\d+) \|$/gm)].map(
  ([, idea = '', links = '', chart = '', step]): Row => ({
    idea,
    files: [...links.matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file),
    chart,
    step: Number(step),
  }),
);

/** What README calls a chart, and what of the report that is: a chart by its name, or a section by its id. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^the service graph/, '#graph'],
  [/^the day/, 'load-and-instances'],
  [/^outcomes over time/, 'outcomes-over-time'],
  [/^latency by percentile/, 'latency-percentiles'],
  [/^serverless levels/, '#levels'],
  [/^the bill/, 'bill-by-line'],
  [/^cost against traffic/, 'cost-against-traffic'],
];

/** Once each; of the long ones a minute on three platforms, for what they show is known from it. */
const compared = new Map<string, Comparison>();
function comparisonOf(file: string): Comparison {
  const known = compared.get(file);
  if (known) return known;
  const parsed = parseScenario(readFileSync(file, 'utf8'), file);
  if (!parsed.ok) throw new Error(`${file} is wrong`);
  const isLong = /movie-booking|levels/.test(file);
  const run = { ...parsed.value.run, warmupUs: 0, durationUs: 60e6 };
  const scenario = isLong ? { ...parsed.value, run, releases: [], faults: [] } : parsed.value;
  const platforms = isLong ? scenario.platforms.slice(0, 3).map(({ name }) => name) : [];
  const made = compare(scenario, { replications: 1, ...(isLong ? { platforms } : {}) });
  if (!made.ok) throw new Error(`${file}: ${JSON.stringify(made.issues)}`);
  compared.set(file, made.value);
  return made.value;
}

test('twelve ideas', () => expect(rows.map(({ idea }) => idea)).toHaveLength(12));

test.each(rows)('$idea: its step of the tour plays one of its scenarios', ({ files, step }) => {
  expect(files).toContain(`scenarios/${tourSteps[step - 1]?.scenario}.yaml`);
});

test.each(rows)('$idea: $chart is in the report of its scenarios, and not empty', ({ files, chart }) => {
  const place = places.find(([words]) => words.test(chart))?.[1] ?? '';
  expect(place, chart).not.toBe('');
  const drawn = files.map((file) => {
    const comparison = comparisonOf(file);
    if (!place.startsWith('#')) {
      const description = describeCharts(comparison).find(({ name }) => name === place);
      return description?.empty === null && description.panels.length > 0;
    }
    const text = page(comparison, { chartJs: '', command: '', version: '0' });
    const section = text.split(`<section id="${place.slice(1)}">`)[1]?.split('</section>')[0] ?? '';
    return comparison.platforms.every(({ title }) => section.includes(`>${title}<`));
  });
  expect(drawn).toEqual(files.map(() => true));
});

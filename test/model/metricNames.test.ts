/** Objectives name metrics of the catalogue; the catalogue itself is `experiment`'s. */
import { expect, test } from 'vitest';
import { metricCatalogue } from '../../src/experiment/metricCatalogue.js';
import { metricNames } from '../../src/model/metricNames.js';
import { issuesOf, oneService } from './scenarioText.js';

test('names, units and scopes are those of the metric catalogue', () => {
  const sorted = (scopes: string) => [...scopes].sort().join('');
  const ours = [...metricNames].map(([name, { unit, scopes }]) => [name, unit, sorted(scopes)]).sort();
  const catalogue = metricCatalogue.map(({ name, unit, scopes }) => [name, unit, sorted(scopes)]).sort();
  expect(ours).toEqual(catalogue);
});

const issueOf = (objective: string) => {
  const [issue] = issuesOf(oneService('{preset: fixed}', '', `objectives: [${objective}]`));
  return issue && `${issue.code}: ${issue.hint}`;
};

test.each([
  'latency_p99 < 800ms',
  'success_ratio >= 99.9%',
  'success_ratio >= 0.999',
  'within(800ms) >= 99%',
  'a.latency_p95 < 200ms',
  'all.within(1s) >= 99%',
  'cost_month < $900',
  'throughput >= 4/s',
  'instance_hours < 10h',
  'a.restarts < 10',
  'release.requests_lost <= 0',
  'fault.time_to_recover < 1m',
])('%s is understood', (objective) => {
  expect(issueOf(`"${objective}"`)).toBeUndefined();
});

test.each([
  ['latency_p98 < 800ms', /^metric: did you mean "latency_p9[09]/],
  ['b.latency_p99 < 800ms', /^metric: /],
  ['a.nodes_mean < 3', /^metric: it is given for the platform$/],
  ['latency_p99 < 800', /^unit: write it as in 800ms$/],
  ['success_ratio >= 99', /^range: write 99%$/],
  ['cost_month < 900', /^unit: write it as in \$900$/],
  ['headroom > 2', /^metric: leave it out, and ask plan with --capacity$/],
  ['age_p99 < 1s', /^metric: it is given for a queue$/],
])('%s is refused with the mend', (objective, told) => {
  expect(issueOf(`"${objective}"`)).toMatch(told);
});

test('objectives over a part of the run are of what a part has, and begin before its end', () => {
  expect(issueOf('{must: restarts < 10, from: 1m}')).toBeUndefined();
  expect(issueOf('{must: latency_p99 < 500ms, every: 1m, in: 99%}')).toBeUndefined();
  expect(issueOf('{must: restarts < 10, from: 2h}')).toMatch(/^range/);
  expect(issueOf('{must: latency_p99 < 500ms, in: 99%}')).toMatch(/^conflict/);
  expect(issueOf('{must: cost_month < $900, every: 1m}')).toMatch(/^not-supported-yet/);
  expect(issueOf('{must: serverless_level >= 1, from: 1m}')).toMatch(/^conflict/);
});

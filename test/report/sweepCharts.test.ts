/** A sweep and a plan drawn and told: lines, heat maps with their numbers, one page, the same words. */
import { expect, test } from 'vitest';
import { plan, preparePlan } from '../../src/experiment/plan.js';
import type { PlanResult } from '../../src/experiment/planDocument.js';
import { sweep } from '../../src/experiment/sweep.js';
import { variedOf } from '../../src/experiment/vary.js';
import { heatMapSvg, heatMaps } from '../../src/report/charts/heatMap.js';
import { sweepLines } from '../../src/report/charts/sweepCharts.js';
import { studyJunit } from '../../src/report/junit.js';
import { studyPage } from '../../src/report/page/studyPage.js';
import { planStudy, sweepStudy } from '../../src/report/study.js';
import { studyMarkdown } from '../../src/report/studyMarkdown.js';
import { parseScenario } from '../../src/scenario/parse.js';

const replicas = 'platforms.b<i>nch.defaults.replicas';
const parsed = parseScenario(
  `
run: {warmup: 2s, duration: 20s, replications: 2}
traffic: {all: {entry: server.work, arrivals: {constant: 40/s}, bytes: {in: 0kB, out: 0kB}}}
services: {server: {cpu: 1, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
platforms: {"b<i>nch": {preset: fargate, frontDoor: none, defaults: {cpu: 1, memory: 2GB, replicas: 1}}}
objectives: [latency_p95 < 40ms]
`,
  'shop.yaml',
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const scenario = parsed.value;
const swept = sweep(scenario, { [replicas]: [1, 2, 3], load: ['1', '0.5'] });
if (!swept.ok) throw new Error(JSON.stringify(swept.issues));
const cells = swept.value;

test('a line chart for each varied path; numbers stand at their value, whatever the order of the design', () => {
  const charts = sweepLines(cells);
  expect(charts.map(({ name }) => name)).toEqual(['sweep-1-replicas', 'sweep-2-load']);
  expect(charts[0]!.panels[0]!.series[0]!.points.map(([x]) => x)).toEqual([1, 2, 3]);
  // Tasks are billed by the hour: three cost three times one, at either load.
  const costs = charts[0]!.panels.at(-1)!.series[0]!.points.map(([, y]) => y!);
  expect(costs[2]! / costs[0]!).toBeCloseTo(3, 6);
  expect(charts[1]!.panels[0]!.series[0]!.points.map(([x]) => x)).toEqual([0.5, 1]);
});

test('a heat map has a square with its number for each pair of values, darkest where the number is highest', () => {
  const maps = heatMaps(cells);
  expect(maps.map(({ name }) => name)).toEqual(['heat-latency-p99-b-i-nch', 'heat-cost-month-b-i-nch']);
  const squares = maps[1]!.shapes.filter((shape) => shape.kind === 'square').slice(1);
  expect(squares).toHaveLength(6);
  const fills = new Set(
    squares.filter(({ x }) => x === squares.at(-1)!.x).map((square) => 'fill' in square && square.fill),
  );
  expect([...fills]).toEqual(['#103c70']); // Three tasks cost most, at either load.
  const svg = heatMapSvg(maps[0]!);
  expect(svg).toContain('<desc>p99 latency on b&lt;i&gt;nch');
  expect(svg).not.toContain('<i>');
  expect(heatMaps(cells.slice(0, 1))).toEqual([]);
});

test('the page of a sweep loads nothing, holds every cell and chart, and no name breaks it', () => {
  const study = sweepStudy('shop <b>', { cells, cellCount: cells.length, refusedCount: 0 }, true);
  const page = studyPage({ ...study, command: 'windtunnel sweep', version: '1.2.3', chartJs: '' });
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<i>nch|shop <b>|https?:\/\/(?!www\.w3\.org)/);
  expect(page.match(/role="img" font-family/g)).toHaveLength(2);
  expect(page).toContain('id="sweep-2-load"');
  expect(study.verdict).toMatch(/^b<i>nch meets every objective in \d of 6 cells\.$/);
  expect(study.tables[0]!.rows).toHaveLength(6);
  expect(studyJunit(study, null).match(/<testsuite /g)).toHaveLength(6);
  expect(
    studyMarkdown(study)
      .split('\n')
      .filter((line) => line.startsWith('| ')),
  ).toHaveLength(8);
});

test('a plan is told with its winner, the neighbours that were rejected and why, and the front', () => {
  const vary = { [replicas]: [1, 2, 3] };
  const found = plan(scenario, { vary });
  const varied = variedOf(replicas, [1, 2, 3]);
  if (!found.ok || typeof varied === 'string') throw new Error('the plan is right');
  const space = preparePlan(scenario, [varied], {});
  if (!space.ok) throw new Error('the space is right');
  const facts = { scenario: 'shop', seed: '1', complete: true, regret: null, headrooms: [], horizon: null };
  const result: PlanResult = { ...facts, space: space.value, found: found.value };
  const study = planStudy(result);
  expect(study.verdict).toMatch(/^Take b<i>nch with replicas [12]: \$\d+(\.\d\d)? a month, p99 [\d.]+\u00a0ms/);
  expect(study.sentences[0]).toMatch(/^b<i>nch .*replicas=[12].*3 candidates looked at\.$/);
  expect(study.tables[0]!.rows.map((row) => row.at(-1))).toContain('the winner');
  expect(study.tables[2]!.rows.map((row) => row.at(-1))).toContain('costs more');
  expect(study.charts[0]!.panels[0]!.series.map(({ label }) => label)).toContain('the winner');
  expect(study.suites[0]!.objectives[0]).toMatchObject({ text: 'latency_p95 < 40ms', met: true });
});

/**
 * What the package exports is a promise: the list of doors and the names behind each are pinned here. A new name is a
 * decision, and so is a name that goes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as catalog from '../../src/doors/catalog.js';
import * as engine from '../../src/doors/engine.js';
import * as main from '../../src/doors/main.js';
import * as report from '../../src/doors/report.js';

const doors = { main, engine, report, catalog };

const names = {
  main: [
    'applyOverrides',
    'compare',
    'parseScenario',
    'plan',
    'printIssue',
    'printIssues',
    'resultDocument',
    'simulate',
    'sweep',
  ],
  engine: ['compileModel', 'instancePhases', 'outcomeNames', 'outcomes', 'startRun'],
  report: [
    'comparisonMarkdown',
    'comparisonTable',
    'describeCharts',
    'eventsCsv',
    'invoiceCsv',
    'invoiceText',
    'page',
    'runTable',
    'summaryCsv',
    'timelineCsv',
  ],
  catalog: ['metricCatalogue', 'rules', 'scenarioJsonSchema'],
} as const;

test('package.json exports these doors and no other', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(Object.keys(exports)).toEqual(['.', './engine', './report', './catalog', './worker', './package.json']);
  expect(readdirSync('src/doors').sort()).toEqual(
    Object.keys(names)
      .map((name) => `${name}.ts`)
      .sort(),
  );
});

test.each(['main', 'engine', 'report', 'catalog'] as const)('the door %s opens on these names', (door) => {
  expect(Object.keys(doors[door]).sort()).toEqual([...names[door]]);
});

test('a built door can be imported as a user does, and simulates', async () => {
  const { parseScenario, simulate } = await import(`${process.cwd()}/dist/main.js`);
  const text = `
run: {duration: 10s, replications: 2}
traffic: {all: {entry: server.work, arrivals: {constant: 1/s}}}
services: {server: {operations: {work: [{wait: 100ms}]}}}
network: {hop: 0ms, client: 0ms}
platforms: {bench: {preset: fixed}}`;
  const parsed = parseScenario(text, 'door.yaml');
  expect(parsed.ok).toBe(true);
  const simulated = simulate(parsed.value);
  // Arrivals at 1 s … 10 s; the last comes when measuring has ended.
  expect(simulated.value.metrics['requests_completed'].mean).toBe(9);
  expect(simulated.value.metrics['latency_max'].mean).toBe(100);
});

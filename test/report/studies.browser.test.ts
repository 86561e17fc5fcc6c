/**
 * The pages of a sweep, a plan, a break-even and a sensitivity in a real browser: drawn, silent, no wider than the
 * window, worked by keyboard, right for those who hear them. Its own file because they have cells where a report has
 * platforms.
 */
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { plan, preparePlan } from '../../src/experiment/plan.js';
import { sweep } from '../../src/experiment/sweep.js';
import { variedOf } from '../../src/experiment/vary.js';
import { chartBundle } from '../../src/host/chartBundle.js';
import { breakEvenWords } from '../../src/report/breakEvenWords.js';
import { breakEvenChart } from '../../src/report/charts/breakEvenChart.js';
import { tornado, tornadoVerdict } from '../../src/report/charts/tornado.js';
import { searchPage } from '../../src/report/page/searchPage.js';
import { studyPage } from '../../src/report/page/studyPage.js';
import { planStudy, sweepStudy } from '../../src/report/study.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { breakEvenByHand, sensitivityByHand } from './fixtures/studies.js';
import { browserTest, openEverything, pages, sidewaysOverflow, unreachedByTab, violations } from './openReport.js';

const open = pages();
const replicas = 'platforms.tasks.defaults.replicas';

/** The four pages, of the smallest studies there are and of two made by hand. */
function studies(): Readonly<Record<string, string>> {
  const parsed = parseScenario(
    `
run: {warmup: 2s, duration: 20s, replications: 2}
traffic: {all: {entry: server.work, arrivals: {constant: 40/s}}}
services: {server: {cpu: 1, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
platforms: {tasks: {preset: fargate, defaults: {cpu: 1, memory: 2GB, replicas: 1}}}
objectives: [latency_p95 < 40ms]
`,
    'shop.yaml',
  );
  if (!parsed.ok) throw new Error('the scenario is wrong');
  const swept = sweep(parsed.value, { [replicas]: [1, 2, 3], load: ['1', '0.5'] });
  const found = plan(parsed.value, { vary: { [replicas]: [1, 2, 3] } });
  const varied = variedOf(replicas, [1, 2, 3]);
  const space = typeof varied === 'string' ? null : preparePlan(parsed.value, [varied], {});
  if (!swept.ok || !found.ok || !space?.ok) throw new Error('the studies are wrong');
  const facts = { scenario: 'Shop', seed: '1', complete: true, regret: null, headrooms: [], horizon: null };
  const words = { command: 'windtunnel sweep shop.yaml', version: '0.0.0', chartJs: chartBundle() };
  const search = { scenario: 'Shop', seed: '7', notes: [], command: words.command, version: words.version };
  const sensitivity = { charts: [tornado(sensitivityByHand)], verdict: tornadoVerdict(sensitivityByHand) };
  const breakEven = { charts: [breakEvenChart(breakEvenByHand)], verdict: breakEvenWords(breakEvenByHand) };
  const shown = { cells: swept.value, cellCount: swept.value.length, refusedCount: 0 };
  return {
    sweep: studyPage({ ...sweepStudy('Shop', shown, true), ...words }),
    plan: studyPage({ ...planStudy({ ...facts, space: space.value, found: found.value }), ...words }),
    sensitivity: searchPage({ ...search, ...sensitivity }, words.chartJs),
    breakEven: searchPage({ ...search, ...breakEven }, words.chartJs),
  };
}

browserTest(
  'pages of studies are drawn and silent, fit the window, and axe finds nothing, in light, dark and narrow',
  async () => {
    for (const [name, text] of Object.entries(studies()))
      for (const [width, colorScheme] of [
        [1200, 'light'],
        [1200, 'dark'],
        [390, 'light'],
      ] as const) {
        // The page's own policy forbids foreign scripts, as it should: the checker is let past it.
        const { page, complaints, asked } = await open(text, {
          viewport: { width, height: 900 },
          colorScheme,
          bypassCSP: true,
        });
        const where = `${name}, ${colorScheme}, ${width} px`;
        expect([complaints, asked], where).toEqual([[], []]);
        expect(await page.locator('canvas').count(), where).toBeGreaterThan(0);
        expect(await page.evaluate<number>(sidewaysOverflow), where).toBeLessThanOrEqual(0);
        if (width > 390 && colorScheme === 'light') expect(await unreachedByTab(page), where).toEqual([]);
        await page.evaluate(openEverything);
        await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
        expect(await page.evaluate<string[]>(violations), where).toEqual([]);
        await page.context().close();
      }
  },
  90_000,
);

/**
 * The pages of a sweep, a plan, a break-even and a sensitivity in a real browser: drawn, silent, no wider than the
 * window, right for those who hear them. Its own file because they have cells where a report has platforms.
 */
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { plan, preparePlan } from '../../src/experiment/plan.js';
import { sweep } from '../../src/experiment/sweep.js';
import { variedOf } from '../../src/experiment/vary.js';
import { chartBundle } from '../../src/host/chartBundle.js';
import { tornado, tornadoVerdict } from '../../src/report/charts/tornado.js';
import { searchPage } from '../../src/report/page/searchPage.js';
import { studyPage } from '../../src/report/page/studyPage.js';
import { planStudy, sweepStudy } from '../../src/report/study.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { browserTest, pages } from './openReport.js';

const open = pages();
const replicas = 'platforms.tasks.defaults.replicas';

const violations = `(async () => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values } });
  return found.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 100)).join(' | '));
})()`;

/** The four pages, of the smallest studies there are. */
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
  const sensitivity = {
    scenario: 'Shop',
    seed: '7',
    replications: 3,
    by: 0.2,
    found: {
      complete: true,
      platforms: [
        {
          platform: 'tasks',
          costMonthUsd: 40,
          factors: [
            {
              factor: 'traffic' as const,
              what: '',
              less: { differenceUsd: -8, ci: null },
              more: { differenceUsd: 9, ci: [8, 10] as const },
              swingUsd: 9,
            },
          ],
        },
      ],
    },
  };
  const tornadoOf = { ...sensitivity, notes: [], charts: [tornado(sensitivity)], verdict: tornadoVerdict(sensitivity) };
  const shown = { cells: swept.value, cellCount: swept.value.length, refusedCount: 0 };
  return {
    sweep: studyPage({ ...sweepStudy('Shop', shown, true), ...words }),
    plan: studyPage({ ...planStudy({ ...facts, space: space.value, found: found.value }), ...words }),
    sensitivity: searchPage({ ...tornadoOf, command: words.command, version: words.version }, words.chartJs),
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
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate<number>(overflow), where).toBeLessThanOrEqual(0);
        await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
        await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
        expect(await page.evaluate<string[]>(violations), where).toEqual([]);
        await page.context().close();
      }
  },
  90_000,
);

/**
 * The pictures of README and docs: each that is named is there, of a size to be read and with words for those who don't
 * see it; none lies about unused; the chart is to the byte what the product draws today.
 *
 * `npm run pictures` takes them anew, the screenshots from the built program in Chromium. Look at them before you
 * commit: a screenshot cannot be checked to the byte, for fonts differ from machine to machine.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import { drawCharts } from '../../src/host/chartImages.js';
import { openPageServer } from '../../src/host/pageServer.js';
import { describeCharts } from '../../src/report/charts/registry.js';
import { parseScenario } from '../../src/scenario/parse.js';

const folder = 'docs/pictures';
const isWriting = process.env['WRITE_PICTURES'] === '1';

const pages = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`)]
  .filter((path) => path.endsWith('.md'))
  .sort();
const named = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, words = '', file = '']) => ({
    page,
    words,
    path: join(dirname(page), file),
  })),
);

/** The chart of the last step of the tour, as `compare ... -n 1 --chart cost-against-traffic` writes it. */
const chartFile = `${folder}/cost-against-traffic.png`;
const chartScenario = 'scenarios/tour/millions.yaml';

async function chartToday(): Promise<Buffer | null> {
  const parsed = parseScenario(readFileSync(chartScenario, 'utf8'), chartScenario);
  const compared = parsed.ok ? compare(parsed.value, { replications: 1 }) : parsed;
  if (!compared.ok) throw new Error(`${chartScenario} is refused`);
  const name = basename(chartFile, '.png');
  const drawn = await drawCharts(describeCharts(compared.value).filter((chart) => chart.name === name));
  return 'missing' in drawn ? null : (drawn[0]?.image ?? null);
}

test('the chart among the pictures is what the product draws today', async () => {
  const today = await chartToday();
  if (today === null) return;
  if (isWriting) writeFileSync(chartFile, today);
  expect(readFileSync(chartFile).equals(today), 'npm run pictures').toBe(true);
}, 20_000);

test('README shows the playground, the report and a chart', () => {
  const shown = named.filter(({ page }) => page === 'README.md').map(({ path }) => path);
  expect(shown.sort()).toEqual([chartFile, `${folder}/playground.png`, `${folder}/report.png`].sort());
});

test.each(named)(
  '$path, named by $page, is a picture one can read, with a sentence in its stead',
  ({ path, words }) => {
    expect(words.length).toBeGreaterThan(30);
    const png = readFileSync(path);
    // Source: PNG specification, 11.2.2 IHDR.
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16) >= 1000, png.readUInt32BE(20) >= 600]).toEqual([true, true]);
    expect(png.length).toBeGreaterThan(15_000);
    expect(png.length).toBeLessThan(500_000);
  },
);

test('no picture lies about that no page shows', () => {
  const files = readdirSync(folder).map((file) => join(folder, file));
  expect(files.filter((file) => !named.some(({ path }) => path === file))).toEqual([]);
});

if (isWriting) test('the screenshots are taken anew', takeScreenshots, 600_000);

async function takeScreenshots(): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'windtunnel-pictures-'));
  const words = ['dist/windtunnel.js', 'compare', 'scenarios/movie-booking/compare.yaml', '--report', 'html', '-q'];
  expect(spawnSync(process.execPath, [...words, '--out', join(work, 'report')]).status).toBe(0);
  const opening = await openPageServer('dist/playground', 0);
  if (!opening.ok) throw new Error(opening.reason);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const report = await browser.newPage({ viewport: { width: 1160, height: 1480 } });
  await report.goto(`file://${join(work, 'report', 'report.html')}`);
  await report.waitForTimeout(2000);
  await report.screenshot({ path: `${folder}/report.png` });
  const playground = await browser.newPage({ viewport: { width: 1180, height: 1120 } });
  await playground.goto(opening.server.url);
  // The seventh step sets the data center beside Lambda; a quarter of an hour before the fault.
  await playground.selectOption('#tour-step', '6');
  await playground.waitForTimeout(2000);
  await playground.fill('#scrubber', '2400');
  await playground.waitForTimeout(8000);
  await playground.selectOption('#speed', '1');
  await playground.click('#play');
  await playground.waitForTimeout(3000);
  await playground.evaluate("document.querySelector('main').scrollIntoView()");
  await playground.screenshot({ path: `${folder}/playground.png` });
  await browser.close();
  await opening.server.close();
  rmSync(work, { recursive: true, force: true });
}

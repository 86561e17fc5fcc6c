/**
 * The report in a real browser with the network cut: it opens from disk, asks for nothing, complains of nothing, and every
 * chart is drawn. Skipped with a message where no browser is installed; never where commits are judged (see
 * test/house/browser.test.ts).
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chartBundle } from '../../src/host/chartBundle.js';
import { page as reportPage } from '../../src/report/page/page.js';
import { movieComparison } from './fixtures/comparison.js';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const isJudged = process.env['CI'] === 'true';
if (!isThere && !isJudged) console.warn(`skipped: no browser at ${executablePath}; install the package chromium`);
const browserTest = test.skipIf(!isThere && !isJudged);

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-report-'));
const file = join(folder, 'report.html');
let browser: Browser | undefined;

beforeAll(async () => {
  if (!isThere) return;
  const text = reportPage(movieComparison({ windowCount: 120 }), {
    chartJs: chartBundle(),
    command: 'windtunnel compare movie.yaml',
    version: '0.0.0',
  });
  writeFileSync(file, text);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// What runs in the page is text: the product's sources know no DOM, and neither should the types of this one file.
const seeEverything = `(async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 500) {
    window.scrollTo(0, y);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
})()`;
const sidewaysOverflow = 'document.documentElement.scrollWidth - window.innerWidth';
const coloursOfCanvases = `[...document.querySelectorAll('canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
})`;
const violations = `(async () => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values } });
  return found.violations.map(({ id, nodes }) => id + ': ' + nodes.length + ' places');
})()`;

interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly asked: string[];
}

async function open(width: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const context = await browser!.newContext({ viewport: { width, height: 900 }, offline: true, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && request.url() !== `file://${file}`) asked.push(request.url());
  });
  await page.goto(`file://${file}`);
  // Charts are drawn when they are first seen: see them all.
  await page.evaluate(seeEverything);
  await page.waitForTimeout(300);
  return { page, complaints, asked };
}

browserTest(
  'opens from disk without asking for anything or complaining, light and dark, wide and narrow',
  async () => {
    for (const [width, scheme] of [
      [1200, 'light'],
      [1200, 'dark'],
      [390, 'light'],
    ] as const) {
      const { page, complaints, asked } = await open(width, scheme);
      expect(complaints).toEqual([]);
      expect(asked).toEqual([]);
      const overflow = await page.evaluate<number>(sidewaysOverflow);
      expect(overflow, `sideways overflow at ${width} px`).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  },
  60_000,
);

browserTest(
  'every canvas is drawn: its pixels are not all alike',
  async () => {
    const { page } = await open(1200, 'light');
    const colours = await page.evaluate<number[]>(coloursOfCanvases);
    expect(colours.length).toBeGreaterThan(5);
    for (const count of colours) expect(count).toBeGreaterThan(3);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'axe finds nothing against WCAG 2.2 AA',
  async () => {
    // The page's own policy forbids foreign scripts, as it should: the checker is let past it.
    const context = await browser!.newContext({ bypassCSP: true, offline: true });
    const page = await context.newPage();
    await page.goto(`file://${file}`);
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core') });
    expect(await page.evaluate<string[]>(violations)).toEqual([]);
    await context.close();
  },
  60_000,
);

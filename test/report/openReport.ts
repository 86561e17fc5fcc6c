/**
 * A report in a real browser with the network cut, for the tests that look at it: opened from disk, its complaints and
 * requests collected. Tests are skipped with a message where no browser is installed; never where commits are judged
 * (see test/house/browser.test.ts).
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import type { Comparison } from '../../src/experiment/contract.js';
import { chartBundle } from '../../src/host/chartBundle.js';
import { page as reportPage } from '../../src/report/page/page.js';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const isJudged = process.env['CI'] === 'true';

/** `test`, where there is a browser. */
export const browserTest = test.skipIf(!isThere && !isJudged);

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: string[];
  /** Addresses asked for, but for the file itself and what it makes. */
  readonly asked: string[];
}

/** Reports of comparisons, each written once. */
export function reports(): (comparison: Comparison, options?: BrowserContextOptions) => Promise<Opened> {
  const open = pages();
  const written = new Map<Comparison, string>();
  return (comparison, options = {}) => {
    const facts = { chartJs: chartBundle(), command: 'windtunnel compare movie.yaml', version: '0.0.0' };
    const text = written.get(comparison) ?? reportPage(comparison, facts);
    written.set(comparison, text);
    return open(text, options);
  };
}

/** Begins a browser before the tests of a file, and ends it after them; opens pages from their text. */
export function pages(): (text: string, options?: BrowserContextOptions) => Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-report-'));
  const written = new Map<string, string>();
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!isThere && !isJudged) console.warn(`skipped: no browser at ${executablePath}; install the package chromium`);
    if (!isThere) return;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (text, options = {}) => {
    const file = written.get(text) ?? join(folder, `report-${written.size}.html`);
    if (!written.has(text)) writeFileSync(file, text);
    written.set(text, file);
    if (browser === undefined) throw new Error('no browser');
    const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      const address = request.url();
      if (!/^(data|blob):/.test(address) && address !== `file://${file}`) asked.push(address);
    });
    await page.goto(`file://${file}`);
    // Not `waitForFunction`: the page's policy forbids evaluating text from within.
    for (let tries = 0; tries < 200 && !(await page.evaluate<boolean>(allDrawn)); tries++)
      await page.waitForTimeout(25);
    if (!(await page.evaluate<boolean>(allDrawn))) complaints.push('a chart that shows is not drawn');
    return { page, complaints, asked };
  };
}

// What runs in the page is text: the product's sources know no DOM, and neither should the types of these files.
/** Every panel that shows has a canvas with more than one colour; looked at in a copy, which is made for reading. */
const allDrawn = `[...document.querySelectorAll('.panel:not([hidden]) canvas')].every((canvas) => {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size > 3;
})`;

export const sidewaysOverflow = 'document.documentElement.scrollWidth - window.innerWidth';
export const openEverything = `for (const details of document.querySelectorAll('details')) details.open = true`;

/** What axe finds against WCAG 2.2 AA, when its script has been added to the page. */
export const violations = `(async () => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values } });
  return found.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 100)).join(' | '));
})()`;

/** Marks everything that can be worked, tabs through the page, and lists what was never reached. */
export async function unreachedByTab(page: Page): Promise<string[]> {
  const count = await page.evaluate<number>(`(() => {
    const all = [...document.querySelectorAll('button, select, summary, a[href], [tabindex="0"]')]
      .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
    all.forEach((one, place) => { one.dataset.tried = place; });
    window.unreached = new Set(all);
    document.addEventListener('focusin', ({ target }) => window.unreached.delete(target));
    return all.length;
  })()`);
  for (let press = 0; press < count + 5; press++) await page.keyboard.press('Tab');
  return page.evaluate<string[]>(`[...window.unreached].map((one) => one.outerHTML.slice(0, 120))`);
}

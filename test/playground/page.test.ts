/**
 * The playground in a real browser, served as a user serves it: it complains of nothing, asks nobody else, draws,
 * underlines mistakes, is reached by keyboard, and computes what the command line computes, to the byte. Skipped with a
 * message where no browser is installed; never where commits are judged (see test/house/browser.test.ts).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageServer, type PageServer } from '../../src/host/pageServer.js';
import { linkFragment } from '../../src/playground/share.js';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const isJudged = process.env['CI'] === 'true';
if (!isThere && !isJudged) console.warn(`skipped: no browser at ${executablePath}; install the package chromium`);
const browserTest = test.skipIf(!isThere && !isJudged);

const small = `run: {warmup: 10s, duration: 2m, replications: 2}
traffic: {all: {entry: server.work, arrivals: {poisson: 20/s}}}
services: {server: {concurrency: 2, operations: {work: [{cpu: {exponential: 10ms}}]}}}
platforms: {bench: {preset: fixed, defaults: {replicas: 2}}, lambda: {preset: lambda, defaults: {memory: 1769MB}}}
`;

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-playground-'));
let browser: Browser | undefined;
let server: PageServer | undefined;

beforeAll(async () => {
  if (!isThere) return;
  const opening = await openPageServer('dist/playground', 0);
  if (!opening.ok) throw new Error(opening.reason);
  server = opening.server;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-sync'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

// What runs in the page is text: the types of tests know no DOM.
const canvasBytes = (id: string): string => `(() => {
  const canvas = document.getElementById('${id}');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const sum = data.reduce((sum, byte, i) => (sum * 31 + byte * (i % 97)) % 1e9, 0);
  return { colours: new Set(new Uint32Array(data.buffer)).size, sum };
})()`;
const violations = `(async () => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await axe.run(document, { runOnly: { type: 'tag', values } });
  return found.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ').slice(0, 300));
})()`;
const overflow = 'document.documentElement.scrollWidth - window.innerWidth';

interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly elsewhere: string[];
}

async function open(fragment = '', options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser!.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    // That its pixels are read is this test's doing, not the page's.
    const isOurs = message.text().includes('willReadFrequently');
    if (/^(error|warning)$/.test(message.type()) && !isOurs) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(server!.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await page.goto(server!.url + fragment);
  await until(page, "document.querySelector('.meter') !== null");
  await until(page, "document.getElementById('problem-count').textContent !== ''");
  return { page, complaints, elsewhere };
}

/** Waits for an expression to hold. Asked from outside: the page's policy lets nobody evaluate texts inside. */
async function until(page: Page, holds: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await page.evaluate<boolean>(holds)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never came true: ${holds}`);
}

browserTest(
  'it draws what runs: pixels change, bills tick, nothing complains, nobody else is asked',
  async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints, elsewhere } = await open('', { colorScheme });
      await page.selectOption('#tour-step', '1');
      await until(page, "document.querySelectorAll('.meter').length === 1");
      await page.selectOption('#speed', '100');
      await page.click('#play');
      await until(page, "/[1-9]/.test(document.querySelector('.bill').textContent)");
      const first = await page.evaluate<{ colours: number; sum: number }>(canvasBytes('stage'));
      const bill = await page.textContent('.bill');
      await page.waitForTimeout(400);
      const second = await page.evaluate<{ colours: number; sum: number }>(canvasBytes('stage'));
      expect(first.colours).toBeGreaterThan(5);
      expect(second.sum).not.toBe(first.sum);
      expect(await page.textContent('.bill')).not.toBe(bill);
      expect((await page.evaluate<{ colours: number }>(canvasBytes('timeline'))).colours).toBeGreaterThan(3);
      await page.click('#play');
      expect(complaints).toEqual([]);
      expect(elsewhere).toEqual([]);
      await page.context().close();
    }
  },
  60_000,
);

browserTest(
  'a mistake that is typed is underlined at its place and listed, and goes when it is mended',
  async () => {
    const { page } = await open(await linkFragment(small));
    await page.click('.cm-content');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('sevices: 1');
    await page.waitForSelector('.cm-lintRange-error');
    expect(await page.textContent('.cm-lintRange-error')).toBe('sevices');
    expect(await page.textContent('#problems')).toContain('sevices is not a known setting');
    for (const _ of 'sevices: 1') await page.keyboard.press('Backspace');
    await until(page, "document.getElementById('problem-count').textContent === 'No problems.'");
    await page.context().close();
  },
  60_000,
);

browserTest(
  'another scenario written over the one of a step is its own: it begins at its beginning, and the browser is content',
  async () => {
    const { page, complaints } = await open();
    // The first step begins at fifteen minutes; the scenario below is over after two.
    await until(page, "document.getElementById('clock').textContent.startsWith('18:15')");
    await page.click('.cm-content');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('#');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(small);
    await until(page, "document.getElementById('tour-idea').textContent.startsWith('scenario')");
    await until(page, "document.getElementById('clock').textContent.startsWith('0:00:00.0')");
    expect(await page.textContent('#play')).toBe('Play');
    expect(await page.textContent('#problem-count')).toBe('No problems.');
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'completion offers the keys of the schema',
  async () => {
    const { page } = await open(await linkFragment(small));
    await page.click('.cm-content');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('dat');
    await page.waitForSelector('.cm-tooltip-autocomplete');
    expect(await page.textContent('.cm-tooltip-autocomplete')).toContain('databases');
    await page.context().close();
  },
  60_000,
);

browserTest(
  'the whole comparison is the command line’s: summary.csv is the same to the byte',
  async () => {
    const { page, complaints } = await open(await linkFragment(small));
    await page.click('#simulate');
    await page.waitForSelector('#result-table table');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#result-files a')]);
    await download.saveAs(join(folder, 'summary.csv'));
    await page.waitForSelector('#cost-against-traffic canvas');
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, small);
    const out = join(folder, 'out');
    spawnSync(process.execPath, ['dist/windtunnel.js', 'compare', file, '--out', out, '--report', 'csv', '--quiet']);
    expect(readFileSync(join(folder, 'summary.csv'), 'utf8')).toBe(readFileSync(join(out, 'summary.csv'), 'utf8'));
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  90_000,
);

browserTest(
  'a knob begins the run anew from the same seed and leaves the last one as a ghost',
  async () => {
    const { page } = await open(await linkFragment(small));
    await page.selectOption('#speed', '1000');
    await page.click('#play');
    await until(page, "document.getElementById('play').textContent === 'Play again'");
    await page.focus('[data-knob="traffic"]');
    await page.keyboard.press('ArrowRight');
    await until(page, "document.getElementById('clock').textContent.startsWith('0:00:00.0')");
    expect(await page.textContent('.knob output')).toBe('×2');
    const { colours } = await page.evaluate<{ colours: number }>(canvasBytes('timeline'));
    expect(colours).toBeGreaterThan(3);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'a damaged link is said plainly, and the tour is there instead',
  async () => {
    const fragment = (await linkFragment(small)).slice(0, -9);
    const { page, complaints } = await open(fragment);
    expect(await page.textContent('#link-fault')).toContain('damaged');
    expect(await page.inputValue('#tour-step')).toBe('0');
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'names of a stranger are text, however they look',
  async () => {
    const bad = small
      .replaceAll('bench', '"<img src=x onerror=alert(1)>"')
      .replaceAll('server', '"\u202e<b>x</b>"')
      .replace('"\u202e<b>x</b>".work', '\u202e<b>x</b>.work');
    const { page, complaints } = await open(await linkFragment(bad));
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'everything is reached by keyboard, and axe finds nothing, light, dark and at 390 px',
  async () => {
    for (const [width, colorScheme] of [
      [1200, 'light'],
      [1200, 'dark'],
      [390, 'light'],
    ] as const) {
      // The page's own policy forbids foreign scripts, as it should: the checker is let past it.
      const { page } = await open('', { bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
      expect(await page.evaluate<string[]>(violations), `${width} px, ${colorScheme}`).toEqual([]);
      expect(await page.evaluate<number>(overflow), `sideways overflow at ${width} px`).toBeLessThanOrEqual(0);
      const reached = new Set<string>();
      for (let press = 0; press < 60; press++) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate<string>("document.activeElement?.id || document.activeElement?.dataset?.knob || ''"),
        );
      }
      for (const id of [
        'share',
        'tour-step',
        'editor',
        'play',
        'speed',
        'next-event',
        'scrubber',
        'traffic',
        'simulate',
      ])
        expect([...reached], `${id} at ${width} px`).toContain(id);
      await page.context().close();
    }
  },
  90_000,
);

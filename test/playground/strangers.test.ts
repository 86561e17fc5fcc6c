/**
 * The playground away from home and among strangers: as a static site below some path of any web server; with links
 * that are damaged, names that are hostile, stages that are huge or empty, files that are handed over. Skipped with a
 * message where no browser is installed (see test/house/browser.test.ts).
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkFragment } from '../../src/playground/share.js';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const isJudged = process.env['CI'] === 'true';
if (!isThere && !isJudged) console.warn(`skipped: no browser at ${executablePath}; install the package chromium`);
const browserTest = test.skipIf(!isThere && !isJudged);

const base = '/some/where/below/';
const kinds: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const asked: string[] = [];
let server: Server | undefined;
let browser: Browser | undefined;
let url = '';

/** The plainest web server there is: files of one folder below one path, no header of ours. */
beforeAll(async () => {
  if (!isThere) return;
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    asked.push(path);
    const name = path === base ? 'index.html' : path.slice(base.length);
    const file = join(resolve('dist/playground'), name);
    if (!path.startsWith(base) || /[/\\]/.test(name) || !existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': kinds[name.split('.').at(-1) ?? ''] ?? '' }).end(readFileSync(file));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function open(fragment = '', width = 1200): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser!.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/^(error|warning)$/.test(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
  await page.goto(url + fragment);
  await until(page, "document.getElementById('problem-count').textContent !== ''");
  return { page, complaints };
}

async function until(page: Page, holds: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await page.evaluate<boolean>(holds)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never came true: ${holds}`);
}

const isOpen = "document.querySelector('.meter') !== null";
const overflow = 'document.documentElement.scrollWidth - window.innerWidth';

const quick = `run: {warmup: 1s, duration: 20s, replications: 1}
traffic: {all: {entry: server.work, arrivals: {poisson: 20/s}}}
services: {server: {operations: {work: [{cpu: 10ms}]}}}
platforms: {bench: {preset: fixed}}
`;

browserTest(
  'below any path of any web server it runs and asks for nothing but its own files',
  async () => {
    const { page, complaints } = await open(await linkFragment(quick));
    await until(page, isOpen);
    await page.click('#simulate');
    await page.waitForSelector('#result-table table');
    await page.waitForSelector('#result-charts canvas');
    expect(complaints).toEqual([]);
    expect(asked.filter((path) => !path.startsWith(base))).toEqual([]);
    await page.close();
  },
  60_000,
);

browserTest(
  'a link that is damaged, however, is said plainly; nothing of it is run, and nothing is blank',
  async () => {
    const whole = await linkFragment(quick);
    const middle = Math.floor(whole.length / 2);
    const changed = `${whole.slice(0, middle)}${whole[middle] === 'A' ? 'B' : 'A'}${whole.slice(middle + 1)}`;
    const { page, complaints } = await open();
    for (const fragment of [whole.slice(0, -7), changed, '#scenario=<script>alert(1)</script>']) {
      await page.goto(`${url}?${Math.abs(fragment.length)}${fragment}`);
      await until(page, "document.getElementById('link-fault').textContent !== ''");
      expect(await page.textContent('#link-fault'), fragment.slice(0, 60)).toContain('is damaged');
      await until(page, isOpen);
      expect(await page.inputValue('#tour-step')).toBe('0');
    }
    expect(complaints).toEqual([]);
    await page.close();
  },
  60_000,
);

const evil = '"><img src=x onerror=alert(1)>\u202eevil';
const hostile = {
  'names with HTML, quotes and right-to-left marks': quick
    .replaceAll('bench', JSON.stringify(evil))
    .replace('server.work', JSON.stringify(`${evil}.work`))
    .replace('{server:', `{${JSON.stringify(evil)}:`),
  'a name of ten thousand characters': quick.replaceAll('server', 'a'.repeat(10_000)),
  'two hundred services': [
    'run: {warmup: 0s, duration: 10s, replications: 1}',
    'traffic: {all: {entry: s0.x, arrivals: {poisson: 1/s}}}',
    'services:',
    ...Array.from({ length: 200 }, (_, place) => `  s${place}: {operations: {x: [{cpu: 1ms}]}}`),
    'platforms: {p: {preset: fixed}}',
    '',
  ].join('\n'),
  'no visitor at all': quick.replace('20/s', '0.000001/day'),
  'a text that is no YAML': 'traffic: [',
};

browserTest.each(Object.entries(hostile))(
  '%s: shown or refused in words, nothing executed, nothing wider than the page',
  async (_, text) => {
    const { page, complaints } = await open(await linkFragment(text), 390);
    await until(page, `${isOpen} || document.getElementById('stage-words').textContent.includes('Nothing is run')`);
    if (await page.evaluate<boolean>(isOpen)) {
      await page.selectOption('#speed', '1000');
      await page.click('#play');
      await until(page, "document.getElementById('play').textContent === 'Play again'");
    } else expect(await page.locator('#problems li').count()).toBeGreaterThan(0);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.evaluate<number>(overflow)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.close();
  },
  60_000,
);

browserTest(
  'a file that the scenario names is asked for, handed over, and replayed',
  async () => {
    const text = quick.replace('{poisson: 20/s}', '{trace: visits.csv}');
    const { page, complaints } = await open(await linkFragment(text));
    await until(page, "!document.getElementById('files-box').hidden");
    expect(await page.textContent('#problems')).toContain('a file that is not here: "visits.csv"');
    const buffer = Buffer.from(`at_s\n${Array.from({ length: 12 }, (_, second) => second + 2).join('\n')}\n`);
    await page.setInputFiles('#files', { name: 'visits.csv', mimeType: 'text/csv', buffer });
    await until(page, isOpen);
    await page.click('#simulate');
    await page.waitForSelector('#result-table table');
    expect(complaints).toEqual([]);
    await page.close();
  },
  60_000,
);

/**
 * The playground: the same comparison in a browser's worker and in Node, and pictures a second while two hundred
 * instances are drawn. Needs Chromium where Debian's package puts it; without one it says so.
 */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { openPageServer } from '../../../src/host/pageServer.js';
import { linkFragment } from '../../../src/playground/share.js';
import { figures, median, table, times } from '../table.js';
import { twoHundred } from '../twoHundred.js';
import type { Bench, Section } from './contract.js';

const executablePath = '/usr/bin/chromium';

const drawnMs = 4000;

export const page: Section = {
  names: ['page'],
  summary: 'the playground: simulating against Node, and pictures a second with 200 instances',
  async run(bench) {
    bench.print('## The playground\n');
    if (!existsSync(executablePath)) return bench.print(`No browser at ${executablePath}: not measured.`);
    const opening = await openPageServer('dist/playground', 0);
    if (!opening.ok) throw new Error(opening.reason);
    // Loaded here alone: it takes 60 MB, which every process that measures memory would carry.
    const { chromium } = await import('playwright-core');
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      await compareWithNode(bench, browser, opening.server.url);
      await countPictures(bench, browser, opening.server.url);
    } finally {
      await browser.close();
      await opening.server.close();
    }
  },
};

async function compareWithNode(bench: Bench, browser: Browser, url: string): Promise<void> {
  const minutes = bench.isQuick ? 1 : 10;
  const text = twoHundred(minutes);
  const node: number[] = [];
  const inPage: number[] = [];
  for (let round = 0; round < bench.roundCount; round++) {
    node.push((await bench.measure('served', { minutes })).seconds);
    inPage.push(await secondsInWorker(browser, url, text));
  }
  const ratio = median(node.map((seconds, round) => seconds / (inPage[round] ?? Number.NaN)));
  const rows = [
    ['Node', figures(median(node)), '-'],
    ['a worker of the page', figures(median(inPage)), times(ratio)],
  ];
  bench.print(table([`${minutes} simulated minutes of 200 instances`, 's', 'speed, of Node’s'], rows));
  bench.print('');
}

/** A worker of its own, told what the page tells it. */
async function secondsInWorker(browser: Browser, url: string, text: string): Promise<number> {
  const opened = await browser.newPage();
  await opened.goto(url);
  const seconds = await opened.evaluate<number>(`new Promise((resolve, reject) => {
    const worker = new Worker('worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => {
      if (data.kind === 'done') resolve(data.seconds);
      if (data.kind === 'refused' || data.kind === 'failed') reject(new Error(JSON.stringify(data)));
    };
    worker.postMessage({ kind: 'run', id: 1, text: ${JSON.stringify(text)}, file: 'scenario.yaml' });
  })`);
  await opened.close();
  return seconds;
}

async function countPictures(bench: Bench, browser: Browser, url: string): Promise<void> {
  const perSecond: number[] = [];
  const slowestMs: number[] = [];
  for (let round = 0; round < bench.roundCount; round++) {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    await opened.goto(url + (await linkFragment(twoHundred(60))));
    await opened.waitForSelector('#meters .meter');
    await opened.selectOption('#speed', '1');
    await opened.click('#play');
    await opened.waitForTimeout(1500);
    const gapsMs = await opened.evaluate<number[]>(`new Promise((resolve) => {
      const gaps = [];
      const began = performance.now();
      let before = began;
      const next = () => {
        const now = performance.now();
        gaps.push(now - before);
        before = now;
        if (now - began < ${drawnMs}) requestAnimationFrame(next);
        else resolve(gaps);
      };
      requestAnimationFrame(next);
    })`);
    perSecond.push(gapsMs.length / (gapsMs.reduce((sum, gap) => sum + gap, 0) / 1000));
    slowestMs.push([...gapsMs].sort((a, b) => a - b)[Math.floor(gapsMs.length * 0.99)] ?? Number.NaN);
    await opened.close();
  }
  const row = ['200 instances, ×1, no graphics card', figures(median(perSecond)), figures(median(slowestMs))];
  bench.print(table(['drawing', 'pictures/s', 'slowest of 100, ms'], [row]));
}

/**
 * The service graph in a real browser: no arrow runs through the words of another, no words through each other, and no
 * name leaves its box. Its own file because it measures what is drawn, text by text.
 */
import { expect } from 'vitest';
import type { Comparison } from '../../src/experiment/contract.js';
import { movieComparison } from './fixtures/comparison.js';
import { browserTest, reports } from './openReport.js';

const open = reports();

/** Five services of the course, all calls between them that make a picture hard, in numbers of any length. */
function crowded(): Comparison {
  const base = movieComparison({ platformCount: 1, windowCount: 9 });
  const service = (name: string, title: string) => ({ name, title, utilisation: 0.0273 });
  const edge = (from: string, to: string, callsPerSecond: number) => ({
    from: { kind: from.startsWith('~') ? ('traffic' as const) : ('service' as const), name: from.replace('~', '') },
    to: { kind: to.endsWith('db') ? ('database' as const) : ('service' as const), name: to },
    kind: 'call' as const,
    callsPerSecond,
    latencyP99Ms: callsPerSecond * 1.1527,
  });
  const graph = {
    services: [
      service('booking', 'BookingService'),
      service('movie', 'MovieService'),
      service('customer', 'CustomerService'),
      service('fare', 'FareCalculationService'),
      service('review', 'review-and-moderation-service'),
    ],
    databases: ['booking', 'movie', 'customer', 'fare', 'review'].map((name) => service(`${name}-db`, `${name}-db`)),
    edges: [
      edge('~book', 'booking', 7.71),
      edge('~browse', 'movie', 41.2),
      edge('~review', 'review', 2),
      ...['movie', 'customer', 'fare'].map((to) => edge('booking', to, 7.71)),
      edge('review', 'customer', 2.25),
      ...['booking', 'movie', 'customer', 'fare', 'review'].map((name) => edge(name, `${name}-db`, 48.9)),
    ],
    busiest: null,
    firstToSaturate: null,
  };
  return { ...base, platforms: base.platforms.map((platform) => ({ ...platform, graph })) };
}

/** Pairs of words and lines, or words and words, that touch; each written as both texts. */
const touching = `(() => {
  const svg = document.querySelector('#graph .graph svg');
  const textsOf = (selector) =>
    [...svg.querySelectorAll(selector)].map((one) => ({ text: one.textContent, box: one.getBBox() }));
  const [words, labels] = [textsOf('text'), textsOf('text.label')];
  const meets = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const found = words.flatMap((a, at) =>
    words.slice(at + 1).flatMap((b) => (meets(a.box, b.box) ? [a.text + ' + ' + b.text] : [])));
  for (const path of svg.querySelectorAll('path.edge')) {
    const half = Number(path.getAttribute('stroke-width')) / 2;
    const steps = Array.from({ length: path.getTotalLength() / 2 }, (_, step) => path.getPointAtLength(2 * step));
    for (const { text, box } of labels) {
      // Letters without the room that a font leaves above and below them.
      const ink = { x: box.x, y: box.y + 3, width: box.width, height: box.height - 6 };
      const covers = ({ x, y }) => meets(ink, { x: x - half, y: y - half, width: 2 * half, height: 2 * half });
      if (steps.some(covers)) found.push(text + ' on ' + path.parentNode.querySelector('title').textContent);
    }
  }
  for (const box of svg.querySelectorAll('rect.box')) {
    const rect = box.getBBox();
    for (const text of box.parentNode.querySelectorAll('text')) {
      const own = text.getBBox();
      if (own.x + own.width > rect.x + rect.width || own.y < rect.y || own.y + own.height > rect.y + rect.height)
        found.push(text.textContent + ' leaves its box');
    }
  }
  return found;
})()`;

browserTest(
  'words and lines of the service graph keep apart, and names stay in their boxes',
  async () => {
    const { page, complaints } = await open(crowded());
    expect(complaints).toEqual([]);
    expect(await page.evaluate<string[]>(touching)).toEqual([]);
    const names = await page.locator('#graph .graph svg text').allTextContents();
    expect(names).toEqual(expect.arrayContaining(['FareCalculation', 'Service', 'review-and-', 'moderation-serv…']));
    await page.context().close();
  },
  60_000,
);

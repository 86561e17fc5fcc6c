/** The page as text: nothing asked of the network, nothing of a user's run, every section there, and small enough. */
import { expect, test } from 'vitest';
import type { Comparison } from '../../src/experiment/contract.js';
import { layOutGraph } from '../../src/report/page/graphLayout.js';
import { escapeHtml, html, jsonForScript } from '../../src/report/page/html.js';
import { nameLines } from '../../src/report/page/nameLines.js';
import { page } from '../../src/report/page/page.js';
import { csvOf } from '../../src/report/page/script/saving.js';
import { verdictSentence } from '../../src/report/page/verdict.js';
import { movieComparison } from './fixtures/comparison.js';
import { serviceGraph } from './fixtures/movieParts.js';
import { platformSketches } from './fixtures/platformSketches.js';
import { readCsv } from './fixtures/readCsv.js';
import { renamed } from './fixtures/renamed.js';

const assets = { chartJs: '/* chart.js */', command: 'windtunnel compare a.yaml', version: '1.2.3' };
const made = page(movieComparison({ windowCount: 90 }), assets);

/** The page with a name wherever a user may write one. */
function named(name: string): string {
  return page(renamed(movieComparison({ platformCount: 2, windowCount: 9 }), name), { ...assets, command: name });
}

test('the page forbids itself every request and names no address', () => {
  expect(made).toContain("default-src 'none'");
  // The name of SVG, which a saved picture begins with, only looks like an address; `url(#…)` is a place in it.
  const addressless = made.replaceAll('http-equiv', '').replaceAll('http://www.w3.org/2000/svg', '');
  expect(addressless).not.toMatch(/https?:\/\/|src="|<link|@import|url\((?!#)/);
});

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--',
])('the name %s is shown as text wherever a user may write one', (name) => {
  const text = named(name);
  expect(text).not.toContain(name);
  expect(text).toContain(escapeHtml(name));
  expect(text.match(/<script/g)).toHaveLength(3);
  expect(text.match(/<\/script>/g)).toHaveLength(3);
  expect(text).not.toMatch(/<img/);
});

test('names that are JavaScript words, right-to-left text and ten thousand letters are shown', () => {
  const names = ['__proto__', 'constructor', 'שלום‮', 'x'.repeat(10_000)];
  for (const name of names) expect(named(name)).toContain(name);
});

test('text and attributes are escaped, HTML of ours is not', () => {
  const name = `<a href="x">'&`;
  expect(html`<b title="${name}">${name}</b>`.html).toBe(
    '<b title="&lt;a href=&quot;x&quot;&gt;&#39;&amp;">&lt;a href=&quot;x&quot;&gt;&#39;&amp;</b>',
  );
  expect(html`<i>${[html`<b></b>`, null, 3, 'x']}</i>`.html).toBe('<i><b></b>3x</i>');
});

test('JSON inside a script holds no sign that HTML would read, and reads back', () => {
  const value = { a: '</script><!--&\u2028', b: [1, null] };
  expect(jsonForScript(value).html).not.toMatch(/[<>&\u2028]/);
  expect(JSON.parse(jsonForScript(value).html)).toEqual(value);
});

test('the sections stand in the order of the story', () => {
  const order = [
    'id="verdict"',
    'id="cost-against-latency"',
    'id="load-and-instances"',
    'id="latency-percentiles"',
    'id="graph"',
    'id="bill-by-line"',
    'id="cost-against-traffic"',
    'id="levels"',
    'id="happenings"',
    'id="inputs"',
    'id="limits"',
    'id="reproduce"',
  ].map((id) => made.indexOf(id));
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test('a chart has its finding, its data and its exports, and can be reached by keyboard', () => {
  for (const name of ['cost-against-latency', 'latency-percentiles', 'bill-by-line', 'cost-against-traffic']) {
    const figure = made.slice(made.indexOf(`<figure id="${name}"`)).split('</figure>')[0] ?? '';
    expect(figure).toContain('class="finding"');
    expect(figure).toContain('Show data');
    expect(figure).toContain('data-export="csv"');
    expect(figure).toContain('data-export="png"');
    expect(figure).toContain('tabindex="0"');
  }
});

test('a claim that the experiment does not bear out is struck through beside what was observed', () => {
  expect(made.replace(/\s+/g, ' ')).toMatch(
    /<s><span class="spoken">claimed <\/span>2<\/s>\s*<span class="spoken">observed <\/span>1/,
  );
});

test('cards come in the order of the ranking, and those that miss an objective say which', () => {
  const comparison = movieComparison({ windowCount: 9 });
  const cards = page(comparison, assets).split('<li class="card">').slice(1);
  const names = cards.map((card) => /<bdi>(.*?)<\/bdi>/.exec(card)?.[1]);
  expect(names).toEqual(comparison.ranking.map((place) => comparison.platforms[place]?.title));
  expect(cards.at(-1)).toContain('✗ misses');
});

test('a comparison of nothing, of one platform, of a run without timeline, bill or latency is a page', () => {
  const one = movieComparison({ platformCount: 1, replications: 1, windowCount: 9 });
  const bare: Comparison = {
    ...one,
    complete: false,
    platforms: one.platforms.map((platform) => ({
      ...platform,
      metrics: {},
      traffic: [],
      services: [],
      databases: [],
      releases: [],
      faults: [],
      objectives: [],
      timeline: null,
      events: null,
      latencyCurve: [],
      costCurve: null,
      inputs: [],
      prices: [],
      graph: { services: [], databases: [], edges: [], busiest: null, firstToSaturate: null },
      bill: { ...platform.bill, lines: [], notes: [], monthUsd: '0', monthIdleUsd: '0' },
    })),
  };
  for (const comparison of [one, bare, { ...one, platforms: [], ranking: [] }]) {
    const text = page(comparison, assets).split('<script')[0] ?? '';
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|>null</);
    expect(text).toContain('class="verdict"');
  }
});

test('the verdict names the winner with its price, or the nearest with what it misses', () => {
  const comparison = movieComparison();
  expect(verdictSentence(comparison).replace(/[\u00a0\u202f]/g, ' ')).toBe(
    'Take lambda: 5 of 8 platforms meet every objective, and it is the cheapest of them, at $190 a month, ' +
      'p99 812 ms and $0.00 with nobody there.',
  );
  const missing: Comparison = {
    ...comparison,
    ranking: [4],
    verdict: { ...comparison.verdict, winner: null },
    platforms: comparison.platforms.map((platform) => ({ ...platform, meetsObjectives: false })),
  };
  expect(verdictSentence(missing)).toBe(
    'No platform meets every objective; the nearest is fargate-to-zero, which misses latency_p99 < 2s and ' +
      'success_ratio >= 99.9%.',
  );
});

test('two that cost the same are both called so, and one that alone meets the objectives is', () => {
  const pair = movieComparison({ platformCount: 2 });
  const [first] = pair.platforms;
  const same = pair.platforms.map((one) => ({ ...one, meetsObjectives: true, bill: first?.bill ?? one.bill }));
  const winner = first?.name ?? null;
  const tie = verdictSentence({ ...pair, platforms: same, verdict: { ...pair.verdict, winner } });
  expect(tie).toContain('both platforms meet every objective, and it is as cheap as the other');
  expect(tie).not.toMatch(/cheapest|all 2/);
  const one = same.map((platform, index) => ({ ...platform, meetsObjectives: index === 0 }));
  const alone = verdictSentence({ ...pair, platforms: one, verdict: { ...pair.verdict, winner } });
  expect(alone).toContain('of 2 platforms it alone meets every objective, at ');
});

test('a day of ten-second windows on eight platforms, chart.js included, stays under 2 MB', () => {
  const text = page(movieComparison({ windowCount: 8640 }), { ...assets, chartJs: 'x'.repeat(210_000) });
  expect(new TextEncoder().encode(text).length).toBeLessThan(2_000_000);
});

test('the same comparison gives the same page, to the byte', () => {
  expect(page(movieComparison({ windowCount: 90 }), assets)).toBe(made);
});

test('what a chart saves as CSV reads back as its table, formulas neutralised', () => {
  const table = {
    columns: ['a', 'b'],
    rows: [
      ['x,"y"\nz', -1.5],
      ['=1+1', null],
    ],
    note: null,
  };
  const chart = { name: 'n', title: 't', caption: 'c', panels: [], table };
  expect(readCsv(csvOf(chart))).toEqual([
    ['a', 'b'],
    ['x,"y"\nz', '-1.5'],
    ["'=1+1", ''],
  ]);
});

test('in the service graph no box covers another, and calls lead to the right', () => {
  const graph = serviceGraph(platformSketches[0] as (typeof platformSketches)[number]);
  const { boxes, lanes } = layOutGraph(graph);
  for (const a of boxes)
    for (const b of boxes)
      if (a !== b) expect(a.left !== b.left || a.top + a.height <= b.top || b.top + b.height <= a.top).toBe(true);
  for (const { from, to } of graph.edges) {
    const [left, right] = [from, to].map(({ kind, name }) =>
      boxes.find((one) => one.kind === kind && one.name === name),
    );
    expect(left?.left).toBeLessThan(right?.left ?? 0);
  }
  for (const { left, y } of lanes.flat())
    expect(boxes.some((box) => box.left === left && y > box.top && y < box.top + box.height)).toBe(false);
});

test('a circle of calls and a service that nobody calls still have their places', () => {
  const service = (name: string) => ({ name, title: name, utilisation: null });
  const call = (from: string, to: string) =>
    ({
      from: { kind: 'service', name: from },
      to: { kind: 'service', name: to },
      kind: 'call',
      callsPerSecond: 1,
      latencyP99Ms: null,
    }) as const;
  const { boxes, widthPx, heightPx } = layOutGraph({
    services: ['a', 'b', 'alone', '__proto__'].map(service),
    databases: [],
    edges: [call('a', 'b'), call('b', 'a'), call('a', 'a')],
    busiest: null,
    firstToSaturate: null,
  });
  expect(boxes).toHaveLength(4);
  expect(Number.isFinite(widthPx + heightPx)).toBe(true);
});

test.each([
  ['MovieService', ['MovieService']],
  ['FareCalculationService', ['FareCalculation', 'Service']],
  ['customer-notification', ['customer-', 'notification']],
  ['the very long name of a service', ['the very long', 'name of a servi…']],
  ['x'.repeat(10_000), ['x'.repeat(16), `${'x'.repeat(15)}…`]],
  ['', ['']],
])('the name %.30s stands on one line or on two', (name, lines) => expect(nameLines(name)).toEqual(lines));

/** The page of a search, and the tornado on it: a sensitivity by hand, bars to both sides of nothing. */
import { expect, test } from 'vitest';
import { tornado } from '../../src/report/charts/tornado.js';
import { escapeHtml } from '../../src/report/page/html.js';
import { searchPage } from '../../src/report/page/searchPage.js';
import { sensitivityByHand as result } from './fixtures/studies.js';

test('a tornado has a bar a factor, less to the left and more to the right of zero, and says what moves most', () => {
  const { panels, caption, table } = tornado(result);
  const [panel] = panels;
  expect(panel?.bars.map(({ label }) => label)).toEqual(['traffic', 'price, aws.x']);
  expect(panel?.bars[0]?.segments.map(({ value }) => value)).toEqual([-8, 9]);
  expect(panel?.bars[1]?.segments.map(({ value }) => value)).toEqual([2]);
  expect(panel?.x.min).toBeLessThan(-8);
  expect(panel?.x.max).toBeGreaterThan(9);
  expect(panel?.x.ticks.map(({ value }) => value)).toContain(0);
  expect(caption).toBe(
    'On lambda it is traffic that moves the bill most: 20\u00a0% more of it costs $9.00 more a month, ' +
      '20\u00a0% less of it costs $8.00 less a month.',
  );
  expect(table.rows).toHaveLength(2);
});

test('the page has the answer, the chart with its data and exports, and how to make it again; names are text', () => {
  const name = '<script>alert(1)</script>';
  const chart = tornado(result);
  const study = { scenario: name, verdict: chart.caption, charts: [chart], notes: [name], seed: name };
  const text = searchPage({ ...study, command: name, version: '1' }, '/* chart.js */');
  expect(text).not.toContain(name);
  expect(text).toContain(escapeHtml(name));
  expect(text).toContain('class="verdict"');
  expect(text).toContain('<figure id="tornado"');
  expect(text).toContain('data-export="svg"');
  expect(text.match(/<script/g)).toHaveLength(3);
});

test('where nothing could be simulated a sentence stands for the chart', () => {
  const empty = tornado({ ...result, found: { complete: false, platforms: [] } });
  expect(empty.panels).toEqual([]);
  expect(empty.empty).toMatch(/\.$/);
});

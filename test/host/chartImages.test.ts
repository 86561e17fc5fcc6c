/** Charts as PNG: drawn for real on the canvas, the same bytes twice, and every chart of the registry among them. */
import { expect, test } from 'vitest';
import { chartBundle } from '../../src/host/chartBundle.js';
import { drawCharts } from '../../src/host/chartImages.js';
import { describeCharts } from '../../src/report/charts/registry.js';
import { movieComparison } from '../report/fixtures/comparison.js';

const charts = describeCharts(movieComparison({ platformCount: 3, windowCount: 30 }));

/** Width and height from the header chunk of a PNG. Source: PNG specification, 11.2.2 IHDR. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('every chart is a picture 1200 wide and at least 640 high, with more on it than its ground', async () => {
  const images = await drawCharts(charts);
  if ('missing' in images) return expect(images.missing).toMatch(/@napi-rs\/canvas|chart\.js/);
  expect(images.map(({ name }) => name)).toEqual(charts.map(({ name }) => name));
  for (const { image: png } of images) {
    const [width, height] = sizeOf(png);
    expect([width, height >= 640]).toEqual([1200, true]);
    expect(png.length).toBeGreaterThan(15_000);
  }
});

test('the same charts give the same bytes', async () => {
  const [once, twice] = [await drawCharts(charts.slice(0, 2)), await drawCharts(charts.slice(0, 2))];
  if ('missing' in once || 'missing' in twice) return;
  once.forEach(({ image }, index) => {
    expect(image.equals(twice[index]?.image ?? Buffer.alloc(0))).toBe(true);
  });
});

test('a chart that has nothing to draw is a picture of the sentence that says so', async () => {
  const empty = describeCharts({ ...movieComparison({ platformCount: 1 }), platforms: [], ranking: [] });
  const images = await drawCharts(empty);
  if ('missing' in images) return;
  for (const { image: png } of images) expect(sizeOf(png)).toEqual([1200, 640]);
});

test('chart.js is found as one script that names Chart and asks for no map', () => {
  const text = chartBundle();
  expect(text).toContain('.Chart=');
  expect(text).not.toContain('sourceMappingURL');
  expect(text.length).toBeGreaterThan(100_000);
});

test('the same charts as SVG: outlines, no pixels, no name used twice, the same bytes twice', async () => {
  const [once, twice] = [await drawCharts(charts, 'svg'), await drawCharts(charts, 'svg')];
  if ('missing' in once || 'missing' in twice) return;
  for (const [index, { image }] of once.entries()) {
    expect(image.equals(twice[index]?.image ?? Buffer.alloc(0))).toBe(true);
    const text = image.toString('utf8');
    expect(text.startsWith('<svg')).toBe(true);
    expect(text).not.toMatch(/<image|<text|href="http/);
    const ids = [...text.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(text.match(/<path/g)?.length ?? 0).toBeGreaterThan(10);
  }
});

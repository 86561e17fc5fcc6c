/** What a reader may do with a chart, in a real browser: zoom, pan, hide, save, read by keyboard, go to the log. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { describeCharts } from '../../src/report/charts/registry.js';
import { csvOf } from '../../src/report/page/script/saving.js';
import { movieComparison } from './fixtures/comparison.js';
import { browserTest, reports } from './openReport.js';

const open = reports();
const movie = movieComparison({ platformCount: 3, windowCount: 60 });

async function saved(page: Page, chart: string, form: 'png' | 'svg' | 'csv'): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#${chart} [data-export=${form}]`)]);
  expect(download.suggestedFilename()).toBe(`${chart}.${form}`);
  return readFileSync(await download.path());
}

browserTest(
  'what a chart saves as CSV is its table, to the byte',
  async () => {
    const { page } = await open(movie);
    for (const chart of describeCharts(movie))
      expect((await saved(page, chart.name, 'csv')).toString()).toBe(csvOf(chart));
    await page.context().close();
  },
  60_000,
);

browserTest(
  'what a chart saves as SVG is well-formed, has its words as words, and as many rows as are shown',
  async () => {
    const { page, complaints } = await open(movie);
    await page.click('#load-and-instances [data-platform="1"]');
    for (const chart of describeCharts(movie)) {
      const text = (await saved(page, chart.name, 'svg')).toString();
      const wrong = await page.evaluate<string | null>(
        `new DOMParser().parseFromString(${JSON.stringify(text)}, 'image/svg+xml')
          .querySelector('parsererror')?.textContent ?? null`,
      );
      expect(wrong, chart.name).toBeNull();
      expect(text).toContain(`<title>${chart.title.replaceAll('&', '&amp;')}</title>`);
      expect(text).toMatch(/<path d="M[^"]*[LC]/);
      expect(text).not.toMatch(/NaN|undefined/);
    }
    const day = (await saved(page, 'load-and-instances', 'svg')).toString();
    expect(day).toContain(`>${movie.platforms[0]?.title ?? ''}<`);
    expect(day).not.toContain(`>${movie.platforms[1]?.title ?? ''}<`);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'a chart is saved as a picture',
  async () => {
    const { page } = await open(movie);
    const png = await saved(page, 'load-and-instances', 'png');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(900);
    expect(png.readUInt32BE(20)).toBeGreaterThan(500);
    await page.context().close();
  },
  60_000,
);

/** What the page says aloud. */
async function spoken(page: Page): Promise<string> {
  return ((await page.textContent('#spoken')) ?? '').replace(/[\u00a0\u202f]/g, ' ');
}

browserTest(
  'by keyboard alone: read, zoom in, move, show all',
  async () => {
    const { page } = await open(movie);
    await page.focus('#load-and-instances [data-panel="0"]');
    await page.keyboard.press('ArrowRight');
    expect(await spoken(page)).toMatch(/^18:0\d · visitors .*\/s · instances \d/);
    await page.keyboard.press('+');
    expect(await spoken(page)).toMatch(/^Shown: 18:33 to 19:41$/);
    await page.keyboard.press('Shift+ArrowRight');
    expect(await spoken(page)).toMatch(/^Shown: 18:50 to 19:58$/);
    await page.keyboard.press('0');
    expect(await spoken(page)).toMatch(/^Shown: 18:00 to 20:15$/);
    await page.focus('#cost-against-latency [data-panel="0"]');
    await page.keyboard.press('ArrowRight');
    expect(await spoken(page)).toMatch(/\$.*ms/);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'by pointer: a band zooms into it, a drag then moves it, the double click shows all',
  async () => {
    const { page } = await open(movie);
    const canvas = page.locator('#load-and-instances canvas').first();
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const drag = async (from: number, to: number): Promise<void> => {
      await page.mouse.move(box.x + box.width * from, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * to, box.y + 60, { steps: 4 });
      await page.mouse.up();
    };
    const range = async (): Promise<number[]> =>
      page.evaluate<number[]>(`(() => {
        const { x } = Chart.getChart(document.querySelector('#load-and-instances canvas')).scales;
        return [x.min, x.max];
      })()`);
    const whole = await range();
    await drag(0.3, 0.6);
    const near = await range();
    expect((near[1] ?? 0) - (near[0] ?? 0)).toBeLessThan(0.4 * ((whole[1] ?? 0) - (whole[0] ?? 0)));
    await drag(0.6, 0.4);
    const moved = await range();
    expect(moved[0]).toBeGreaterThan(near[0] ?? 0);
    await canvas.dblclick();
    expect(await range()).toEqual(whole);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'two fingers spread zoom in around their middle, moved together they pan, and nobody drags a band meanwhile',
  async () => {
    const { page, complaints } = await open(movie, { hasTouch: true });
    const range = async (): Promise<number[]> =>
      page.evaluate<number[]>(`(() => {
        const { x } = Chart.getChart(document.querySelector('#load-and-instances canvas')).scales;
        return [x.min, x.max];
      })()`);
    // Fingers at shares of the plot's width; what a touch screen sends.
    const fingers = async (kind: string, places: readonly number[]): Promise<void> => {
      await page.evaluate(`(() => {
        const plot = document.querySelector('#load-and-instances .plot');
        const { left, right, top, bottom } = Chart.getChart(plot.querySelector('canvas')).chartArea;
        const box = plot.querySelector('canvas').getBoundingClientRect();
        ${JSON.stringify(places)}.forEach((share, pointerId) => plot.dispatchEvent(new PointerEvent('pointer${kind}', {
          pointerType: 'touch', pointerId: pointerId + 1, bubbles: true, button: 0,
          clientX: box.left + left + (right - left) * share, clientY: box.top + (top + bottom) / 2,
        })));
      })()`);
    };
    const whole = await range();
    const length = whole[1]! - whole[0]!;
    await fingers('down', [0.4, 0.6]);
    await fingers('move', [0.3, 0.7]);
    expect(await page.locator('.band').count()).toBe(0);
    const near = await range();
    // Twice as far apart: half of the time is seen, its middle where it was.
    expect((near[1]! - near[0]!) / length).toBeCloseTo(0.5, 1);
    expect(Math.abs((near[0]! + near[1]! - whole[0]! - whole[1]!) / 2 / length)).toBeLessThan(0.02);
    await fingers('move', [0.4, 0.8]);
    expect((await range())[0]).toBeLessThan(near[0]!);
    await fingers('up', [0.4, 0.8]);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'rows, lines and bars can be hidden and come back; the foot of the rows keeps its time axis',
  async () => {
    const { page, complaints } = await open(movie);
    const rows = page.locator('#load-and-instances .panel');
    const count = await rows.count();
    await page.click(`#load-and-instances [data-platform="${count - 1}"]`);
    expect(await rows.nth(count - 1).isVisible()).toBe(false);
    const titles = `[...document.querySelectorAll('#load-and-instances canvas')]
      .map((canvas) => Chart.getChart(canvas)?.options.scales.x.title.text ?? null)`;
    expect((await page.evaluate<(string | null)[]>(titles)).filter(Boolean)).toEqual(['time (starts Fri 18:00)']);
    await page.click('#load-and-instances [data-kind="p99"]');
    await page.click(`#load-and-instances [data-platform="${count - 1}"]`);
    expect(await rows.nth(count - 1).isVisible()).toBe(true);
    const reach = `Chart.getChart(document.querySelector('#bill-by-line canvas')).scales.x.max`;
    const whole = await page.evaluate<number>(reach);
    await page.click('#bill-by-line [data-platform="0"]');
    const bars = `Chart.getChart(document.querySelector('#bill-by-line canvas')).data.labels.length`;
    expect(await page.evaluate(bars)).toBe(movie.platforms.length - 1);
    // The first has by far the longest bar: without it the axis is shorter; with it, as long as before.
    expect(await page.evaluate<number>(reach)).toBeLessThan(whole / 2);
    await page.click('#bill-by-line [data-platform="0"]');
    expect(await page.evaluate<number>(reach)).toBe(whole);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  60_000,
);

browserTest(
  'a mark on the time axis leads to its row in the log, by pointer and by Enter',
  async () => {
    const { page } = await open(movie);
    await page.click('#load-and-instances .mark');
    const focused = 'document.activeElement.closest("details").open && document.activeElement.id';
    expect(await page.evaluate(focused)).toMatch(/^event-\d+-\d+$/);
    await page.focus('#load-and-instances [data-panel="1"]');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(focused)).toMatch(/^event-1-\d+$/);
    await page.context().close();
  },
  60_000,
);

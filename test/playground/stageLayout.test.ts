/**
 * Where things stand: callers left of those they call, nothing outside the stage, no two things on one place, cells as
 * large as fit. Checked on the movie application and on a stage of two hundred services.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { LiveStage } from '../../src/experiment/live.js';
import { stageOf } from '../../src/experiment/liveStage.js';
import { prepareWritten } from '../../src/experiment/written.js';
import { cellGrid, columnOrder, layoutOf } from '../../src/playground/stageLayout.js';

const file = 'scenarios/movie-booking/compare.yaml';

function stage(text: string, platforms: readonly string[] = []): LiveStage {
  const checked = prepareWritten({ text, file }, platforms);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return stageOf(checked.value.compiled, platforms.length === 0 ? [0] : checked.value.extent.platforms);
}

test('callers stand left of those they call', () => {
  const movies = stage(readFileSync(file, 'utf8'));
  const order = columnOrder(movies).map((service) => movies.services[service]!.name);
  for (const [caller, callee] of [
    ['review', 'customer'],
    ['booking', 'customer'],
    ['booking', 'movie'],
    ['booking', 'fare'],
  ] as const)
    expect(order.indexOf(caller)).toBeLessThan(order.indexOf(callee));
});

test('two platforms share the visitors, and nothing overlaps or leaves the stage', () => {
  for (const width of [366, 732, 1100]) {
    const movies = stage(readFileSync(file, 'utf8'), ['kubernetes', 'lambda']);
    const { bands, sources, height } = layoutOf(movies, width);
    expect(bands.length).toBe(2);
    expect(sources.length).toBe(movies.sources.length);
    const boxes = bands.flatMap(({ columns, databases }) => [...columns, ...databases]);
    for (const box of boxes) {
      expect(box.width).toBeGreaterThan(10);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.001);
      expect(box.y + box.height).toBeLessThanOrEqual(height + 0.001);
    }
    const overlapping = boxes.filter((one, place) =>
      boxes.some(
        (other, otherPlace) =>
          place < otherPlace &&
          one.x < other.x + other.width - 0.001 &&
          other.x < one.x + one.width - 0.001 &&
          one.y < other.y + other.height - 0.001 &&
          other.y < one.y + one.height - 0.001,
      ),
    );
    expect(overlapping).toEqual([]);
  }
});

test('cells fill the box with whole squares', () => {
  for (const count of [1, 2, 7, 25, 60, 200]) {
    const { columnCount, size } = cellGrid({ width: 100, height: 200 }, count);
    expect(size).toBeGreaterThan(0);
    expect(columnCount * size).toBeLessThanOrEqual(100.001);
    expect(Math.ceil(count / columnCount) * size).toBeLessThanOrEqual(200.001);
  }
});

test('a circle of calls and two hundred services have an order, too', () => {
  const services = Array.from({ length: 200 }, (_, place) => {
    const next = place < 199 ? `{call: s${place + 1}.x}` : '{cpu: 1ms}';
    return `  s${place}: {operations: {x: [{cpu: 1ms}, {choose: [{chance: 1%, do: [${next}]}]}]}}`;
  });
  const traffic = 'traffic: {all: {entry: s0.x, arrivals: {poisson: 1/s}}}';
  const many = stage([traffic, 'services:', ...services, 'platforms: {p: {preset: fixed}}'].join('\n'));
  expect(columnOrder(many).map((service) => many.services[service]?.name)).toEqual(
    Array.from({ length: 200 }, (_, place) => `s${place}`),
  );
});

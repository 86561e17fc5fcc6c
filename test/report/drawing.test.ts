/** Colours and the drawing kit: one palette, contrasts that hold, and the same functions as text and as code. */
import { expect, test } from 'vitest';
import { describeCharts } from '../../src/report/charts/registry.js';
import { contrast, mixed, platformColours, readable, standingOut, themes } from '../../src/report/drawing/colours.js';
import type { Kit, Look } from '../../src/report/drawing/contract.js';
import { drawingKit, kitSource } from '../../src/report/drawing/kit.js';
import { movieComparison } from './fixtures/comparison.js';

const look: Look = { ...themes.light, fontFamily: 'serif', fontPx: 12, isNarrow: false, isInteractive: true };

test('the palette is that of Okabe and Ito, in their order, grey at the end', () => {
  expect(platformColours).toEqual([
    '#0072B2',
    '#E69F00',
    '#009E73',
    '#D55E00',
    '#56B4E9',
    '#CC79A7',
    '#F0E442',
    '#999999',
  ]);
});

test('contrast is that of WCAG: black on white 21, a colour on itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#777777')).toBe(1);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2); // The well-known grey that just fails 4.5.
});

test('lines stand out from the ground: 3:1 in light, 4.5:1 in dark; words at 4.5:1 in both', () => {
  for (const stroke of themes.light.strokes) expect(contrast(stroke, themes.light.ground)).toBeGreaterThanOrEqual(3);
  for (const stroke of themes.dark.strokes) expect(contrast(stroke, themes.dark.ground)).toBeGreaterThanOrEqual(4.5);
  for (const { ink, muted, error, ground } of [themes.light, themes.dark])
    for (const word of [ink, muted, error]) expect(contrast(word, ground)).toBeGreaterThanOrEqual(4.5);
});

test('platforms differ by more than colour: no two of sixteen share dash, marker and colour', () => {
  const config = (role: number): string => {
    const series = {
      label: '',
      role,
      form: 'line',
      axis: 'y',
      points: [[1, 1]],
      intervals: null,
      isLabelled: false,
    } as const;
    const panel = { ys: [{ id: 'y', weight: 1 }] } as never;
    const dataset = drawingKit.seriesDataset(drawingKit, series, panel, look);
    return JSON.stringify([dataset['borderColor'], dataset['borderDash'], dataset['pointStyle']]);
  };
  expect(new Set(Array.from({ length: 16 }, (_, role) => config(role))).size).toBe(16);
});

test('colours mix in proportion, and words on them are black or white', () => {
  expect(mixed('#000000', '#ffffff', 0.5)).toBe('#808080');
  expect(mixed('#102030', '#102030', 0.3)).toBe('#102030');
  expect([readable('#F0E442'), readable('#0072B2')]).toEqual(['#000000', '#ffffff']);
  expect(standingOut('#ffffff', '#ffffff', '#000000', 3)).not.toBe('#ffffff');
});

test('the kit as text makes the same configurations as the kit as code', () => {
  const asText = new Function(`return (${kitSource()})`)() as Kit;
  for (const { panels } of describeCharts(movieComparison({ windowCount: 30 })))
    for (const panel of panels)
      expect(JSON.stringify(asText.panelConfig(asText, panel, look))).toBe(
        JSON.stringify(drawingKit.panelConfig(drawingKit, panel, look)),
      );
});

test('the kit as text prints figures and clocks as the kit as code does', () => {
  const asText = new Function(`return (${kitSource()})`)() as Kit;
  for (const [value, unit] of [
    [1234.5, 'ms'],
    [0.99998, 'share'],
    [12, 'USD'],
  ] as const)
    expect(asText.figure(value, unit)).toBe(drawingKit.figure(value, unit));
  expect(asText.clockLabel({ minuteOfDay: 1080, dayIndex: 4 }, 30_000)).toBe('Sat 02:20');
});

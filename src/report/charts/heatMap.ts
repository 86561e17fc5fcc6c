/**
 * A heat map: two varied paths against each other, a square for each pair of values, as dark as its number is high,
 * with the number in it. Its own file because it is drawn of rectangles and letters alone: the page and the SVG have
 * it as text, the PNG paints the same shapes. Checked by test/report/sweepCharts.test.ts.
 */
import type { Cell } from '../../experiment/cells.js';
import { figure, shortName } from '../figures.js';
import { xmlText } from '../junit.js';
import { kebabCase, lastPart } from '../settingPaths.js';

export interface HeatMap {
  /** File name: kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly shapes: readonly Shape[];
}

export type Shape =
  | {
      readonly kind: 'square';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly sizePx: number;
      readonly anchor: 'start' | 'middle' | 'end';
    };

/** More values than this of a path would be squares too small to read. */
const mostValues = 40;
const metrics = [
  ['latency_p99', 'p99 latency'],
  ['cost_month', 'cost of a month'],
] as const;
const [leftPx, topPx, marginPx] = [150, 96, 24];
/** Title and caption. */
const headPx = 64;
const ink = '#1b1f24';

/** Of the first two paths with several values each: one map a platform and metric; other paths are averaged over. */
export function heatMaps(cells: readonly Cell[]): HeatMap[] {
  const paths = (cells[0]?.settings ?? []).map(({ path }, place) => ({ path, place, values: valuesAt(cells, place) }));
  const [across, down] = paths.filter(({ values }) => values.length > 1 && values.length <= mostValues);
  if (!across || !down) return [];
  const platforms = [...new Set(cells.flatMap(({ platforms: own }) => own.map(({ name }) => name)))];
  return platforms.flatMap((platform) =>
    metrics.flatMap(([metric, words]) => heatMap(cells, { across, down, platform, metric, words }) ?? []),
  );
}

interface Varied {
  readonly path: string;
  readonly place: number;
  readonly values: readonly string[];
}
interface Asked {
  readonly across: Varied;
  readonly down: Varied;
  readonly platform: string;
  readonly metric: string;
  readonly words: string;
}

function valuesAt(cells: readonly Cell[], place: number): readonly string[] {
  return [...new Set(cells.flatMap(({ settings }) => settings[place]?.value ?? []))];
}

function heatMap(cells: readonly Cell[], { across, down, platform, metric, words }: Asked): HeatMap | null {
  const found = new Map<string, number[]>();
  let unit = '1';
  for (const { settings, platforms } of cells) {
    const value = platforms.find(({ name }) => name === platform)?.metrics[metric];
    const [x, y] = [settings[across.place]?.value, settings[down.place]?.value];
    if (!value || x === undefined || y === undefined) continue;
    unit = value.unit;
    const key = JSON.stringify([x, y]);
    found.set(key, [...(found.get(key) ?? []), value.mean]);
  }
  const means = new Map([...found].map(([key, list]) => [key, list.reduce((sum, one) => sum + one, 0) / list.length]));
  const all = [...means.values()];
  // A design of scattered points has hardly a pair twice: squares would be gaps.
  if (all.length < 2 || all.length < (across.values.length * down.values.length) / 2) return null;
  const [low, high] = [Math.min(...all), Math.max(...all)];
  // One shade all over would say nothing.
  if (!(high > low)) return null;
  const widthPx = Math.max(
    420,
    leftPx + marginPx + across.values.length * Math.max(30, Math.min(84, 1000 / across.values.length)),
  );
  const squarePx = (widthPx - leftPx - marginPx) / across.values.length;
  const rowPx = 34;
  const shapes = down.values.flatMap((y, row) =>
    across.values.flatMap((x, column) => {
      const mean = means.get(JSON.stringify([x, y]));
      const at = { x: leftPx + column * squarePx, y: topPx + row * rowPx };
      return mean === undefined
        ? []
        : squareOf(at, { mean, share: (mean - low) / (high - low), unit, squarePx, rowPx });
    }),
  );
  const least = [...means].find(([, mean]) => mean === low)?.[0] ?? '[]';
  const whose = `${words} on ${shortName(platform, 24)}`;
  const caption = `${whose}: from ${figure(low, unit)} at ${JSON.parse(least).join(', ')} to ${figure(high, unit)}.`;
  const title = `${words} by ${lastPart(across.path)} and ${lastPart(down.path)}, ${shortName(platform, 24)}`;
  const heightPx = topPx + down.values.length * rowPx + 56;
  return {
    name: `heat-${kebabCase(metric)}-${kebabCase(platform)}`,
    title,
    caption,
    widthPx,
    heightPx,
    shapes: [
      { kind: 'square', x: 0, y: 0, width: widthPx, height: heightPx, fill: '#ffffff' },
      label(marginPx, 34, title, 18, 'start'),
      label(marginPx, 58, caption, 13, 'start'),
      label(leftPx - 10, topPx - 12, shortName(down.path, 20), 12, 'end'),
      ...shapes,
      ...down.values.map((y, row) => label(leftPx - 10, topPx + row * rowPx + 22, shortName(y, 18), 13, 'end')),
      ...across.values.map((x, column) =>
        label(
          leftPx + (column + 0.5) * squarePx,
          heightPx - 36,
          shortName(x, Math.max(3, Math.floor(squarePx / 8))),
          13,
          'middle',
        ),
      ),
      label(leftPx, heightPx - 12, across.path, 12, 'start'),
    ],
  };
}

interface SquareWords {
  readonly mean: number;
  readonly share: number;
  readonly unit: string;
  readonly squarePx: number;
  readonly rowPx: number;
}

/** The square, and its number where it has room. */
function squareOf(at: { readonly x: number; readonly y: number }, words: SquareWords): Shape[] {
  const { mean, share, unit, squarePx, rowPx } = words;
  const text = figure(mean, unit);
  const square: Shape = { kind: 'square', ...at, width: squarePx - 1, height: rowPx - 1, fill: shade(share) };
  if (text.length * 7 > squarePx) return [square];
  const fill = share > 0.5 ? '#ffffff' : ink;
  return [square, { ...label(at.x + squarePx / 2, at.y + 22, text, 12, 'middle'), fill }];
}

function label(x: number, y: number, text: string, sizePx: number, anchor: 'start' | 'middle' | 'end') {
  return { kind: 'text', x, y, text, fill: ink, sizePx, anchor } as const;
}

/** From near white to dark blue, by straight lines in sRGB: one hue, so that it survives grey printing. */
function shade(share: number): string {
  const [from, to] = [
    [238, 243, 250],
    [16, 60, 112],
  ] as const;
  const parts = from.map((low, part) => Math.round(low + share * (to[part]! - low)));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * The map as SVG text, with its finding for those who hear it.
 * @param isBelowHeading whether title and caption stand above it already
 */
export function heatMapSvg(map: HeatMap, { isBelowHeading = false } = {}): string {
  const { title, caption, widthPx } = map;
  const [cutPx, heightPx] = isBelowHeading ? [headPx, map.heightPx - headPx] : [0, map.heightPx];
  const shapes = map.shapes.filter((shape) => shape.kind === 'square' || shape.y > cutPx);
  const words = `<title>${xmlText(title)}</title><desc>${xmlText(caption)}</desc>`;
  const drawn = shapes.map((shape) =>
    shape.kind === 'square'
      ? `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" ` +
        `height="${round(shape.height)}" fill="${shape.fill}"/>`
      : `<text x="${round(shape.x)}" y="${round(shape.y)}" text-anchor="${shape.anchor}" font-size="${shape.sizePx}" ` +
        `fill="${shape.fill}">${xmlText(shape.text)}</text>`,
  );
  const size = `width="${round(widthPx)}" height="${heightPx}" viewBox="0 ${cutPx} ${round(widthPx)} ${heightPx}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="sans-serif" ${size}>`;
  return `${head}\n${words}\n${drawn.join('\n')}\n</svg>\n`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

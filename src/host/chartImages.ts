/**
 * Charts as PNG and SVG files, drawn by chart.js on a canvas of Node from the very descriptions that the page draws.
 *
 * Its own file because the canvas is a native package that may be missing: then nothing is drawn, and the reason is
 * handed back as a value. The font is shipped, so that the same chart gives the same bytes wherever it is drawn.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ChartDescription, Panel } from '../report/charts/contract.js';
import type { HeatMap } from '../report/charts/heatMap.js';
import { themes } from '../report/drawing/colours.js';
import type { Look } from '../report/drawing/contract.js';
import { drawingKit } from '../report/drawing/kit.js';
import { xmlText } from '../report/junit.js';

export interface ChartImage {
  /** The chart's name: `load-and-instances` becomes `charts/load-and-instances.png`. */
  readonly name: string;
  readonly image: Buffer;
}

export type ImageForm = 'png' | 'svg';

const widthPx = 1200;
const leastHeightPx = 640;
const marginPx = 24;
const fontFamily = 'windtunnel';
const fontFile = 'DejaVuSansCondensed-subset.ttf';

const look: Look = { ...themes.light, fontFamily, fontPx: 16, isNarrow: false, isInteractive: false };

type Canvases = typeof import('@napi-rs/canvas');
type Canvas = import('@napi-rs/canvas').Canvas | import('@napi-rs/canvas').SvgCanvas;
type CanvasRenderingContext = import('@napi-rs/canvas').SKRSContext2D;
/** Draws a panel; what comes back lets go of it, which also wipes the canvas. */
type Draw = (canvas: Canvas, panel: Panel) => () => void;

/**
 * Draws each chart on a light ground, 1200 pixels wide and 640 high, or higher where it has many rows; charts that have
 * nothing to draw are pictures of the sentence that says so.
 *
 * @returns the pictures in the order given, or why there are none (a package that is not installed)
 */
export async function drawCharts(
  descriptions: readonly ChartDescription[],
  form: ImageForm = 'png',
): Promise<readonly ChartImage[] | { readonly missing: string }> {
  const canvases = await optional<Canvases>(() => import('@napi-rs/canvas'));
  if (typeof canvases === 'string')
    return { missing: `no charts/*.${form}: @napi-rs/canvas is not installed (${canvases})` };
  const charts = await optional(() => import('chart.js/auto'));
  if (typeof charts === 'string') return { missing: `no charts/*.${form}: chart.js is not installed (${charts})` };
  registerFont(canvases);
  const draw: Draw = (canvas, panel) => {
    const config = { ...drawingKit.panelConfig(drawingKit, panel, look) };
    const options = { ...(config['options'] as object), devicePixelRatio: 1 };
    // The packages' types ask for a browser's canvas; this one has the same members.
    const chart = new charts.Chart(canvas as never, { ...config, options } as never);
    return () => chart.destroy();
  };
  return descriptions.map((description) => ({
    name: description.name,
    image: form === 'png' ? pngPicture(canvases, description, draw) : svgPicture(canvases, description, draw),
  }));
}

/** Heat maps painted, as PNG; or why there are none. */
export async function paintHeatMaps(
  maps: readonly HeatMap[],
): Promise<readonly ChartImage[] | { readonly missing: string }> {
  const canvases = await optional<Canvases>(() => import('@napi-rs/canvas'));
  if (typeof canvases === 'string')
    return { missing: `no charts/*.png: @napi-rs/canvas is not installed (${canvases})` };
  registerFont(canvases);
  return maps.map(({ name, widthPx, heightPx, shapes }) => {
    const canvas = canvases.createCanvas(Math.ceil(widthPx), heightPx);
    const pen = canvas.getContext('2d');
    for (const shape of shapes) {
      pen.fillStyle = shape.fill;
      if (shape.kind === 'square') pen.fillRect(shape.x, shape.y, shape.width, shape.height);
      else {
        pen.font = `${shape.sizePx}px ${fontFamily}`;
        pen.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
        pen.fillText(shape.text, shape.x, shape.y);
      }
    }
    return { name, image: canvas.toBuffer('image/png') };
  });
}

async function optional<T>(load: () => Promise<T>): Promise<T | string> {
  try {
    return await load();
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
  }
}

/** The shipped font lies beside this file in the source and in `dist/`; without it the machine's own are drawn. */
function registerFont({ GlobalFonts }: Canvases): void {
  if (GlobalFonts.has(fontFamily)) return;
  for (const folder of ['./fonts/', '../src/host/fonts/']) {
    const path = fileURLToPath(new URL(folder + fontFile, import.meta.url));
    if (existsSync(path) && GlobalFonts.registerFromPath(path, fontFamily) !== null) return;
  }
}

/** Where everything of a picture stands. */
interface Layout {
  readonly lines: readonly string[];
  readonly heightPx: number;
  readonly panels: readonly { readonly panel: Panel; readonly topPx: number; readonly heightPx: number }[];
}

const innerPx = widthPx - 2 * marginPx;

/** Title and finding at the top, then the panels below each other. */
function layOut(canvases: Canvases, description: ChartDescription): Layout {
  const measuring = canvases.createCanvas(1, 1).getContext('2d');
  measuring.font = `17px ${fontFamily}`;
  const lines = wrapped(
    description.empty ?? description.caption,
    (text) => measuring.measureText(text).width < innerPx,
  );
  const headPx = 64 + 24 * lines.length;
  const heights = panelHeights(description.panels, leastHeightPx - headPx - marginPx);
  const titlePx = description.panels.length > 1 ? 26 : 0;
  let topPx = headPx;
  const panels = description.panels.map((panel, index) => {
    const placed = { panel, topPx: topPx + titlePx, heightPx: heights[index] ?? 0 };
    topPx += placed.heightPx + titlePx;
    return placed;
  });
  return { lines, heightPx: Math.max(leastHeightPx, topPx + marginPx), panels };
}

/** Everything but the plots themselves. */
function drawFrame(
  pen: CanvasRenderingContext,
  description: ChartDescription,
  { lines, heightPx, panels }: Layout,
): void {
  pen.fillStyle = look.ground;
  pen.fillRect(0, 0, widthPx, heightPx);
  pen.fillStyle = look.ink;
  pen.font = `24px ${fontFamily}`;
  pen.fillText(description.title, marginPx, 44);
  pen.font = `17px ${fontFamily}`;
  pen.fillStyle = look.muted;
  lines.forEach((line, index) => {
    pen.fillText(line, marginPx, 74 + 24 * index);
  });
  if (panels.length < 2) return;
  for (const { panel, topPx } of panels) {
    pen.fillStyle = panel.platform === null ? look.ink : drawingKit.roleColour(panel.platform, look);
    pen.fillRect(marginPx, topPx - 17, 14, 4);
    pen.fillStyle = look.ink;
    pen.font = `16px ${fontFamily}`;
    pen.fillText(panel.title, marginPx + 22, topPx - 9);
  }
}

function pngPicture(canvases: Canvases, description: ChartDescription, draw: Draw): Buffer {
  const layout = layOut(canvases, description);
  const canvas = canvases.createCanvas(widthPx, layout.heightPx);
  const pen = canvas.getContext('2d');
  drawFrame(pen, description, layout);
  for (const { panel, topPx, heightPx } of layout.panels) {
    const own = canvases.createCanvas(innerPx, heightPx);
    const release = draw(own, panel);
    pen.drawImage(own, marginPx, topPx);
    release();
  }
  return canvas.toBuffer('image/png');
}

/**
 * One SVG a part, letters as outlines, put together in one: what is drawn on a canvas of its own would otherwise come
 * as pixels. Names inside a part (clips, gradients) get the part's number.
 */
function svgPicture(canvases: Canvases, description: ChartDescription, draw: Draw): Buffer {
  const layout = layOut(canvases, description);
  const outlines = canvases.SvgExportFlag.ConvertTextToPaths;
  const head = canvases.createCanvas(widthPx, layout.heightPx, outlines);
  drawFrame(head.getContext('2d'), description, layout);
  const parts = layout.panels.map(({ panel, topPx, heightPx }, index) => {
    const own = canvases.createCanvas(innerPx, heightPx, outlines);
    const release = draw(own, panel);
    // What was drawn is read before chart.js lets go, for that wipes the canvas.
    const content = innerSvg(own.getContent(), `p${index}-`);
    release();
    return `<g transform="translate(${marginPx} ${topPx})">${content}</g>`;
  });
  const size = `width="${widthPx}" height="${layout.heightPx}" viewBox="0 0 ${widthPx} ${layout.heightPx}"`;
  const names = `xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  const words = `<title>${xmlText(description.title)}</title><desc>${xmlText(description.caption)}</desc>`;
  const content = [words, innerSvg(head.getContent(), 'h-'), ...parts].join('\n');
  return Buffer.from(`<svg ${names} role="img" ${size}>\n${content}\n</svg>\n`);
}

/** What stands in an SVG, its names counted anew: the canvas numbers them from the beginning of the process. */
function innerSvg(content: Buffer, prefix: string): string {
  const text = content.toString('utf8');
  const names = new Map<string, string>();
  const named = (old: string): string => {
    const name = names.get(old) ?? `${prefix}${names.size}`;
    names.set(old, name);
    return name;
  };
  return text
    .slice(text.indexOf('>', text.indexOf('<svg')) + 1, text.lastIndexOf('</svg>'))
    .replace(/\bid="([^"]*)"/g, (_, old: string) => `id="${named(old)}"`)
    .replace(/url\(#([^)]*)\)/g, (_, old: string) => `url(#${named(old)})`)
    .replace(/href="#([^"]*)"/g, (_, old: string) => `href="#${named(old)}"`)
    .trim();
}

/** One panel fills what is left; several keep their proportions, larger than on the page as the letters are. */
function panelHeights(panels: readonly Panel[], leftPx: number): number[] {
  const only = panels[0];
  if (panels.length === 1 && only !== undefined)
    return [Math.max(leftPx, only.bars.length > 0 ? 1.25 * only.heightPx : 0)];
  return panels.map(({ heightPx }) => Math.round(1.2 * heightPx));
}

function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines[lines.length - 1] ?? ''} ${word}`.trim();
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.slice(0, 6);
}

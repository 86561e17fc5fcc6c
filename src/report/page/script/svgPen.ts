/**
 * The page's script: a chart as SVG. chart.js draws on a canvas' pen, so here is a pen that writes down what it is
 * asked to draw, with words as words, and lends the real pen only for measuring them.
 *
 * Its own file because it is a small drawing surface of its own. It knows what chart.js and our plug-ins use: paths of
 * lines, curves and arcs, clips, dashes, words, and turns of the paper. Closed functions. Checked in a browser by
 * parsing what comes out (test/report/charts.browser.test.ts).
 */
import type { CanvasPen, Script, Stage, SvgSurface } from './contract.js';

/** The whole picture: title, finding, and every panel that is shown, below each other. */
export function svgOf(stage: Stage, chartIndex: number): string {
  const { document, window, kit, script, data, panels } = stage;
  const chart = data.charts[chartIndex];
  const { Chart } = window;
  if (chart === undefined || Chart === undefined) return '';
  const width = 1072;
  const look = { ...script.lookNow(stage), isNarrow: false, isInteractive: false };
  const measure = document.createElement('canvas').getContext('2d');
  measure.font = `13px ${look.fontFamily}`;
  const words = (x: number, y: number, size: number, text: string, weight = ''): string =>
    `<text x="${x}" y="${y}" font-size="${size}"${weight} fill="${look.ink}">${script.escaped(text)}</text>`;
  const lines = script.wrapped(chart.caption, (line) => measure.measureText(line).width < width - 24);
  const parts = [words(12, 24, 15, chart.title, ' font-weight="600"')];
  lines.forEach((line, place) => {
    parts.push(words(12, 44 + 18 * place, 13, line));
  });
  let top = 44 + 18 * lines.length;
  panels.forEach((drawn, place) => {
    if (drawn.chartIndex !== chartIndex) return;
    const shown = script.shownPanel(stage, drawn);
    if (shown.series.length + shown.bars.length === 0) return;
    if (shown.title !== '') parts.push(words(12, top + 14, 13, shown.title, ' font-weight="600"'));
    top += shown.title === '' ? 0 : 22;
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = shown.heightPx;
    const surface = script.svgSurface(`p${place}-`);
    const pen = script.svgPen(script, surface, canvas.getContext('2d'));
    Object.assign(pen, { canvas });
    canvas.getContext = () => pen as CanvasPen;
    const config = kit.panelConfig(kit, shown, look);
    const options = { ...(config['options'] as object), devicePixelRatio: 1, events: [] };
    const data = config['data'] as { readonly datasets: readonly object[] };
    // Lines that may look different from part to part are drawn by the pen, others by a path that can't be read back.
    const datasets = data.datasets.map((dataset) => (shown.bars.length > 0 ? dataset : { ...dataset, segment: {} }));
    const live = new Chart(canvas, { ...config, options, data: { ...data, datasets } });
    parts.push(`<g transform="translate(0 ${top})"><defs>${surface.clips.join('')}</defs>`, ...surface.shapes, '</g>');
    live.destroy();
    top += shown.heightPx;
  });
  const size = `width="${width}" height="${top + 8}" viewBox="0 0 ${width} ${top + 8}"`;
  const ground = `<rect width="${width}" height="${top + 8}" fill="${look.ground}"/>`;
  const font = `font-family="${script.escaped(look.fontFamily)}"`;
  const told = `<title>${script.escaped(chart.title)}</title><desc>${script.escaped(chart.caption)}</desc>`;
  const content = `${told}${ground}${parts.join('\n')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size} ${font}>${content}</svg>\n`;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uFFFF]|[\uFFFE\uFFFF]/g, '');
}

/** A clean sheet. @param prefix begins the names of its clips, for several sheets stand in one picture */
export function svgSurface(prefix: string): SvgSurface {
  return {
    prefix,
    shapes: [],
    clips: [],
    stack: [],
    matrix: [1, 0, 0, 1, 0, 0],
    clip: -1,
    dash: [],
    path: '',
    style: {
      fillStyle: '#000000',
      strokeStyle: '#000000',
      lineWidth: 1,
      font: '10px sans-serif',
      globalAlpha: 1,
      textAlign: 'start',
      textBaseline: 'alphabetic',
      lineCap: 'butt',
      lineJoin: 'miter',
      lineDashOffset: 0,
    },
  };
}

/** @param real measures words; nothing is drawn on it */
export function svgPen(script: Script, surface: SvgSurface, real: CanvasPen): object {
  const pen = {
    ...script.svgState(surface),
    ...script.svgPaths(script, surface),
    ...script.svgPaints(script, surface),
    measureText: (text: string) => {
      real.font = String(surface.style['font']);
      return real.measureText(text);
    },
  };
  for (const [name, first] of Object.entries(surface.style))
    Object.defineProperty(pen, name, {
      get: () => surface.style[name],
      set: (value: unknown) => {
        surface.style[name] = value ?? first;
      },
    });
  return pen;
}

/** What is remembered and taken back, and how the paper is turned. */
export function svgState(surface: SvgSurface): object {
  const times = (b: SvgSurface['matrix']): void => {
    const a = surface.matrix;
    surface.matrix = [
      a[0] * b[0] + a[2] * b[1],
      a[1] * b[0] + a[3] * b[1],
      a[0] * b[2] + a[2] * b[3],
      a[1] * b[2] + a[3] * b[3],
      a[0] * b[4] + a[2] * b[5] + a[4],
      a[1] * b[4] + a[3] * b[5] + a[5],
    ];
  };
  return {
    save: () => {
      const { matrix, clip, dash, style } = surface;
      surface.stack.push({ matrix, clip, dash, style: { ...style } });
    },
    restore: () => {
      const before = surface.stack.pop();
      if (before !== undefined) Object.assign(surface, before);
    },
    setLineDash: (dash: readonly number[]) => {
      surface.dash = dash;
    },
    getLineDash: () => surface.dash,
    translate: (x: number, y: number) => times([1, 0, 0, 1, x, y]),
    rotate: (angle: number) => times([Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]),
    scale: (x: number, y: number) => times([x, 0, 0, y, 0, 0]),
    setTransform: (a: number, b: number, c: number, d: number, e: number, f: number) => {
      surface.matrix = [a, b, c, d, e, f];
    },
    resetTransform: () => {
      surface.matrix = [1, 0, 0, 1, 0, 0];
    },
  };
}

/** A point of the paper where the picture has it, as the text of a path. */
export function svgPoint({ matrix }: SvgSurface, x: number, y: number): string {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return `${round(matrix[0] * x + matrix[2] * y + matrix[4])} ${round(matrix[1] * x + matrix[3] * y + matrix[5])}`;
}

/** Lines, curves, arcs and boxes, put one after another until they are drawn. */
export function svgPaths(script: Script, surface: SvgSurface): object {
  const at = (x: number, y: number): string => script.svgPoint(surface, x, y);
  const add = (text: string): void => {
    surface.path += text;
  };
  const arc = (x: number, y: number, radius: number, from: number, to: number, isBackwards = false): void => {
    const whole = 2 * Math.PI;
    const turn = isBackwards ? from - to : to - from;
    const sweep = Math.abs(to - from) >= whole - 1e-9 ? whole : ((turn % whole) + whole) % whole;
    const reach = Math.round(100 * radius * Math.hypot(surface.matrix[0], surface.matrix[1])) / 100;
    const on = (angle: number): string => at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    add(`${surface.path === '' ? 'M' : 'L'}${on(from)}`);
    for (const share of [0.5, 1])
      add(`A${reach} ${reach} 0 0 ${isBackwards ? 0 : 1} ${on(from + (isBackwards ? -sweep : sweep) * share)}`);
  };
  return {
    beginPath: () => {
      surface.path = '';
    },
    closePath: () => add('Z'),
    moveTo: (x: number, y: number) => add(`M${at(x, y)}`),
    lineTo: (x: number, y: number) => add(`${surface.path === '' ? 'M' : 'L'}${at(x, y)}`),
    bezierCurveTo: (a: number, b: number, c: number, d: number, x: number, y: number) =>
      add(`C${at(a, b)} ${at(c, d)} ${at(x, y)}`),
    quadraticCurveTo: (a: number, b: number, x: number, y: number) => add(`Q${at(a, b)} ${at(x, y)}`),
    arc,
    // Ellipses are asked for as circles alone.
    ellipse: (x: number, y: number, radius: number, _other: number, _turn: number, from: number, to: number) =>
      arc(x, y, radius, from, to),
    rect: (x: number, y: number, width: number, height: number) =>
      add(script.svgBox(script, surface, [x, y, width, height])),
    clip: () => {
      const { clips, prefix, clip, path } = surface;
      const within = clip < 0 ? '' : ` clip-path="url(#${prefix}${clip})"`;
      clips.push(`<clipPath id="${prefix}${clips.length}"${within}><path d="${path}"/></clipPath>`);
      surface.clip = clips.length - 1;
    },
  };
}

/** A rectangle as the text of a path. @param box left, top, width, height */
export function svgBox(
  script: Script,
  surface: SvgSurface,
  [x, y, width, height]: readonly [number, number, number, number],
): string {
  const at = (left: number, top: number): string => script.svgPoint(surface, left, top);
  return `M${at(x, y)}L${at(x + width, y)}L${at(x + width, y + height)}L${at(x, y + height)}Z`;
}

/** What leaves a trace: paths filled and drawn, boxes, words. */
export function svgPaints(script: Script, surface: SvgSurface): object {
  const put = (element: string): void => {
    const { clip, prefix, style, shapes } = surface;
    const alpha = style['globalAlpha'] === 1 ? '' : ` opacity="${String(style['globalAlpha'])}"`;
    const within = clip < 0 ? '' : ` clip-path="url(#${prefix}${clip})"`;
    shapes.push(alpha + within === '' ? element : `<g${alpha}${within}>${element}</g>`);
  };
  const filled = (): string => `fill="${script.escaped(String(surface.style['fillStyle']))}"`;
  const lined = (): string => {
    const { dash, style, matrix } = surface;
    const width = Math.round(100 * Number(style['lineWidth']) * Math.hypot(matrix[0], matrix[1])) / 100;
    const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
    return `fill="none" stroke="${script.escaped(String(style['strokeStyle']))}" stroke-width="${width}"${dashes}`;
  };
  const path = (d: string, paint: string): void => {
    if (d !== '') put(`<path d="${d}" ${paint}/>`);
  };
  return {
    fill: () => path(surface.path, filled()),
    stroke: () => path(surface.path, lined()),
    fillRect: (...box: [number, number, number, number]) => path(script.svgBox(script, surface, box), filled()),
    strokeRect: (...box: [number, number, number, number]) => path(script.svgBox(script, surface, box), lined()),
    fillText: (text: string, x: number, y: number) => put(script.svgWords(script, surface, { text, x, y }, filled())),
    strokeText: (text: string, x: number, y: number) => put(script.svgWords(script, surface, { text, x, y }, lined())),
    // The sheet is clean from the start, and pictures are not drawn on it.
    clearRect: () => undefined,
    drawImage: () => undefined,
  };
}

/** Words as words, where the pen's alignment puts them; baselines as shares of the size, as fonts have them. */
export function svgWords(
  script: Script,
  { style, matrix }: SvgSurface,
  { text, x, y }: { readonly text: string; readonly x: number; readonly y: number },
  paint: string,
): string {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const font = String(style['font']);
  const [, size = '10', family = ''] = /([\d.]+)px\s*(.*)$/.exec(font) ?? [];
  const weight = /\b(bold|[5-9]00)\b/.test(font) ? ' font-weight="600"' : '';
  const anchors: Record<string, string> = { center: 'middle', right: 'end', end: 'end' };
  const falls: Record<string, number> = { top: 0.8, hanging: 0.8, middle: 0.34, bottom: -0.22 };
  const anchor = anchors[String(style['textAlign'])];
  const fall = Number(size) * (falls[String(style['textBaseline'])] ?? 0);
  const isPlain = matrix.every((value, index) => value === [1, 0, 0, 1, 0, 0][index]);
  const place = `x="${round(x)}" y="${round(y + fall)}"`;
  const turn = isPlain ? '' : ` transform="matrix(${matrix.map(round).join(' ')})"`;
  const type = `font-size="${size}" font-family="${script.escaped(family)}"${weight}`;
  const aligned = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text ${place} ${type}${aligned}${turn} ${paint}>${script.escaped(text)}</text>`;
}

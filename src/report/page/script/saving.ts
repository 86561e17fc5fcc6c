/**
 * The page's script, third part: tables built when they are opened, and what can be saved from a chart. Closed
 * functions; SVG is drawn by `svgPen.ts`.
 */
import type { ElementNode, PageChart, Stage } from './contract.js';

/** The data of a chart as a table of elements; cells are set as text, so that a name is never markup. */
export function buildTable({ document, data }: Stage, chartIndex: number, into: ElementNode): void {
  const chart = data.charts[chartIndex];
  if (chart === undefined) return;
  const { columns, rows, note } = chart.table;
  const rowOf = (cells: readonly (string | number | null)[], kind: string): ElementNode => {
    const row = document.createElement('tr');
    cells.forEach((cell, index) => {
      const element = document.createElement(index === 0 ? 'th' : kind);
      if (kind === 'th') element.scope = 'col';
      else if (index === 0) element.scope = 'row';
      if (typeof cell === 'number') element.className = 'number';
      // Six significant digits are enough to read; the exported CSV has them all.
      element.textContent = typeof cell === 'number' ? String(Number(cell.toPrecision(6))) : (cell ?? '–');
      row.append(element);
    });
    return row;
  };
  const table = document.createElement('table');
  const caption = document.createElement('caption');
  caption.textContent = note === null ? chart.title : `${chart.title}. ${note}`;
  const head = document.createElement('thead');
  head.append(rowOf(columns, 'th'));
  const body = document.createElement('tbody');
  body.append(...rows.map((row) => rowOf(row, 'td')));
  table.append(caption, head, body);
  const scroll = document.createElement('div');
  scroll.className = 'scroll tall';
  scroll.setAttribute('tabindex', '0');
  scroll.setAttribute('role', 'region');
  scroll.setAttribute('aria-label', chart.title);
  scroll.append(table);
  into.append(scroll);
}

/** The table of a chart as CSV: RFC 4180 quotes, LF, names that would run as a formula behind an apostrophe. */
export function csvOf(chart: PageChart): string {
  const cell = (value: string | number | null): string => {
    if (value === null) return '';
    if (typeof value === 'number') return value === 0 ? '0' : String(value);
    const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [chart.table.columns, ...chart.table.rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** A text in lines that fit. */
export function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines[lines.length - 1] ?? ''} ${word}`.trim();
    if (fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** All panels of a chart that are shown in one picture, under its title and finding. */
export function savePng(stage: Stage, chartIndex: number): void {
  const { document, window, script } = stage;
  const chart = stage.data.charts[chartIndex];
  script.drawChart(stage, chartIndex);
  const canvases = stage.panels.flatMap((drawn) =>
    drawn.chartIndex === chartIndex && drawn.chart !== null ? [{ drawn, canvas: drawn.chart.canvas }] : [],
  );
  if (chart === undefined || canvases.length === 0) return;
  const ratio = window.devicePixelRatio;
  const look = script.lookNow(stage);
  const width = Math.max(...canvases.map(({ canvas }) => canvas.width)) / ratio;
  const lineHeight = 18;
  const picture = document.createElement('canvas');
  const pen = picture.getContext('2d');
  pen.font = `13px ${look.fontFamily}`;
  const lines = script.wrapped(chart.caption, (line) => pen.measureText(line).width < width - 24);
  const top = 34 + lineHeight * lines.length;
  const titled = canvases.map(({ drawn, canvas }) => ({
    title: drawn.panel.title,
    canvas,
    high: canvas.height / ratio,
  }));
  const height = top + titled.reduce((sum, { title, high }) => sum + high + (title === '' ? 0 : 22), 0) + 8;
  picture.width = Math.round(width * ratio);
  picture.height = Math.round(height * ratio);
  pen.scale(ratio, ratio);
  pen.fillStyle = look.ground;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = look.ink;
  pen.font = `600 15px ${look.fontFamily}`;
  pen.fillText(chart.title, 12, 24);
  pen.font = `13px ${look.fontFamily}`;
  lines.forEach((line, index) => {
    pen.fillText(line, 12, 42 + lineHeight * index);
  });
  let at = top;
  for (const { title, canvas, high } of titled) {
    if (title !== '') pen.fillText(title, 12, at + 15);
    at += title === '' ? 0 : 22;
    pen.scale(1 / ratio, 1 / ratio);
    pen.drawImage(canvas, 0, Math.round(at * ratio));
    pen.scale(ratio, ratio);
    at += high;
  }
  script.save(stage, `${chart.name}.png`, picture.toDataURL('image/png'));
}

export function saveSvg(stage: Stage, chartIndex: number): void {
  const chart = stage.data.charts[chartIndex];
  if (chart === undefined) return;
  const blob = new stage.window.Blob([stage.script.svgOf(stage, chartIndex)], { type: 'image/svg+xml' });
  stage.script.save(stage, `${chart.name}.svg`, stage.window.URL.createObjectURL(blob));
}

export function save({ document }: Stage, name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

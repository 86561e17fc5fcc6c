/**
 * From a panel's description to the configuration that chart.js draws: datasets, scales, tooltips.
 *
 * Its own file because it is the one place that knows chart.js' names. Every function is closed (see `contract.ts`).
 * Checked by drawing every chart on a real canvas, and by reading the configuration back.
 */
import type { Axis, Panel, Series } from '../charts/contract.js';
import type { Kit, Look, Options } from './contract.js';

/** The whole configuration. Nothing is animated; size is the caller's. */
export function panelConfig(kit: Kit, panel: Panel, look: Look): Options {
  const isBars = panel.bars.length > 0;
  return {
    type: isBars ? 'bar' : 'scatter',
    data: isBars
      ? { labels: panel.bars.map((bar) => bar.label), datasets: kit.barDatasets(kit, panel, look) }
      : { datasets: panel.series.map((series) => kit.seriesDataset(kit, series, panel, look)) },
    options: kit.panelOptions(kit, panel, look),
    plugins: isBars
      ? [kit.barPlugin(kit, panel, look)]
      : [
          kit.backgroundPlugin(panel, look),
          kit.overlayPlugin(kit, panel, look),
          kit.intervalPlugin(kit, panel, look),
          kit.markPlugin(panel, look),
          kit.endLabelPlugin(kit, panel, look),
          kit.dotLabelPlugin(kit, panel, look),
        ],
  };
}

export function panelOptions(kit: Kit, panel: Panel, look: Look): Options {
  const isBars = panel.bars.length > 0;
  const scales: Record<string, Options> = { x: { ...kit.scaleOptions(panel.x, true, look), stacked: isBars } };
  // chart.js stacks from the bottom; axes laid over another are the overlay plug-in's.
  for (const axis of [...panel.ys].reverse())
    if (axis.weight > 0) scales[axis.id] = kit.scaleOptions(axis, false, look);
  // Time panels share one cursor, which the page moves: thinned series have no common index to hover.
  const isTime = panel.x.unit === 'time';
  // The words of upright marks stand above the plot.
  const top = panel.marks.some(({ axis, label }) => axis === 'x' && label !== '') ? look.fontPx + 6 : 10;
  // What a bar comes to stands behind it.
  const right = isBars ? 4 * look.fontPx : 14;
  const isLabelledAtEnd = panel.series.some((series) => series.isLabelled && series.form === 'line');
  return {
    animation: false,
    responsive: look.isInteractive,
    maintainAspectRatio: false,
    indexAxis: isBars ? 'y' : 'x',
    interaction: { mode: 'nearest', axis: 'xy', intersect: false },
    ...(isTime ? { events: [] } : {}),
    layout: {
      padding: { left: 0, right: isLabelledAtEnd && !look.isNarrow ? 11.5 * look.fontPx : right, top, bottom: 0 },
    },
    font: { family: look.fontFamily, size: look.fontPx },
    scales,
    plugins: {
      legend: { display: false },
      title: { display: false },
      tooltip: look.isInteractive && !isTime ? kit.tooltipOptions(kit, panel, look) : { enabled: false },
    },
  };
}

export function scaleOptions(axis: Axis, isHorizontal: boolean, look: Look): Options {
  const font = { family: look.fontFamily, size: look.fontPx };
  const labels = new Map(axis.ticks.map((tick) => [tick.value, tick.label]));
  const common = {
    grid: { color: look.grid, drawTicks: false, display: axis.scale !== 'category' },
    border: { color: look.grid },
    title: { display: axis.title !== '', text: axis.title, color: look.muted, font },
  };
  if (axis.scale === 'category')
    return {
      ...common,
      type: 'category',
      stacked: true,
      ticks: { color: look.ink, font, autoSkip: false, padding: 6 },
    };
  return {
    ...common,
    type: axis.scale === 'log' ? 'logarithmic' : 'linear',
    axis: isHorizontal ? 'x' : 'y',
    position: isHorizontal ? 'bottom' : 'left',
    min: axis.min,
    max: axis.max,
    ...(isHorizontal ? {} : { stack: 'panes', stackWeight: axis.weight }),
    ...(isHorizontal
      ? {}
      : {
          afterFit: (scale: { width: number }) => {
            scale.width = Math.max(scale.width, look.fontPx * (look.isNarrow ? 4.4 : 5.5));
          },
        }),
    afterBuildTicks: (scale: { ticks: unknown }) => {
      scale.ticks = axis.ticks.map(({ value }) => ({ value }));
    },
    ticks: {
      display: axis.ticks.some(({ label }) => label !== ''),
      color: look.muted,
      font,
      padding: 6,
      maxRotation: 0,
      autoSkip: true,
      autoSkipPadding: isHorizontal ? 10 : 0,
      ...(axis.unit === 'time' ? { align: 'inner' } : {}),
      callback: (value: number) => labels.get(value) ?? '',
    },
  };
}

export function roleColour(role: Series['role'], look: Look): string {
  if (typeof role === 'number') return look.strokes[role % look.strokes.length] ?? look.ink;
  if (role === 'load') return look.load;
  if (role === 'quiet') return look.ink;
  return role === 'front' ? look.muted : look.error;
}

export function seriesDataset(kit: Kit, series: Series, panel: Panel, look: Look): Options {
  const axisPlace = panel.ys.findIndex(({ id }) => id === series.axis);
  const isOverlaid = panel.ys[axisPlace]?.weight === 0;
  const host = panel.ys.slice(0, axisPlace + 1).findLast(({ weight }) => weight > 0);
  const { role, form } = series;
  const colour = kit.roleColour(role, look);
  const place = typeof role === 'number' ? role : 0;
  const cycle = place + 3 * Math.floor(place / look.strokes.length);
  const areaDashes: Record<string, readonly number[]> = { 'error-rejected': [6, 3], 'error-timed-out': [2, 2] };
  const dash = typeof role === 'number' ? (look.dashes[cycle % look.dashes.length] ?? []) : (areaDashes[role] ?? []);
  const isMarked = form === 'points' || (form === 'line' && typeof role === 'number' && series.points.length <= 40);
  const opacity: Record<string, number> = { error: 0.75, 'error-rejected': 0.45, 'error-timed-out': 0.25 };
  return {
    type: 'line',
    label: series.label,
    data: isOverlaid ? [] : series.points.map(([x, y]) => ({ x, y })),
    xAxisID: 'x',
    yAxisID: host?.id ?? series.axis,
    parsing: false,
    normalized: true,
    showLine: form !== 'points' && form !== 'strip',
    stepped: form === 'step' ? 'before' : false,
    spanGaps: false,
    borderColor: colour,
    borderWidth: form === 'area' ? (role === 'load' ? 0 : 1) : role === 'quiet' || role === 'front' ? 1.25 : 2,
    borderDash: role === 'front' ? [2, 3] : form === 'step' ? [] : dash,
    fill: form === 'area' ? 'origin' : false,
    backgroundColor:
      form === 'area' && role !== 'load' ? kit.mixed(look.ground, colour, opacity[String(role)] ?? 0.5) : colour,
    pointStyle: look.markers[cycle % look.markers.length],
    pointRadius: isMarked ? (form === 'points' ? 7 : 3.5) : 0,
    pointHoverRadius: isMarked ? 8 : 4,
    pointBorderWidth: 2,
    pointBorderColor: colour,
    pointBackgroundColor:
      form !== 'points'
        ? colour
        : typeof role === 'number'
          ? (look.fills[place % look.fills.length] ?? colour)
          : look.ground,
    order: role === 'load' ? 3 : role === 'front' ? 2 : 1,
    clip: form === 'points' ? false : 4,
  };
}

/** One dataset a place in the stack; each bar brings its own colour to each. */
export function barDatasets(kit: Kit, panel: Panel, look: Look): readonly Options[] {
  const depth = Math.max(...panel.bars.map((bar) => bar.segments.length));
  const shades = panel.bars.map((bar) => {
    const base = look.fills[bar.platform % look.fills.length] ?? look.ink;
    const lines: string[] = [];
    return bar.segments.map((segment) => {
      const line = segment.label.replace(/, (idle|waiting)$|^(less|more) (?=of it$)/, '');
      if (!lines.includes(line)) lines.push(line);
      const step = [0, 0.35, 0.55, 0.2][lines.indexOf(line) % 4] ?? 0;
      const full = kit.mixed(
        segment.isBeside ? look.muted : base,
        look.ground,
        segment.isBeside ? 0.35 + step / 2 : step,
      );
      return segment.pattern === 'plain'
        ? full
        : kit.mixed(full, look.ground, { idle: 0.72, waiting: 0.45, light: 0.6 }[segment.pattern]);
    });
  });
  return Array.from({ length: depth }, (_, place) => ({
    label: `segment ${place + 1}`,
    data: panel.bars.map((bar) => bar.segments[place]?.value ?? 0),
    backgroundColor: panel.bars.map((_bar, index) => shades[index]?.[place] ?? look.ground),
    borderColor: look.ground,
    borderWidth: { right: 1 },
    borderSkipped: false,
    barThickness: Math.round(2.2 * look.fontPx),
    stack: 'bill',
  }));
}

/** A value on an axis, in words. */
export function axisValue(kit: Kit, axis: Axis, value: number): string {
  if (axis.unit === 'time') return kit.clockLabel(axis.clock, value);
  if (axis.unit === 'nines') return `${Number((100 * (1 - 10 ** -value)).toPrecision(6))} %`;
  return kit.figure(value, axis.unit);
}

export function tooltipOptions(kit: Kit, panel: Panel, look: Look): Options {
  interface Item {
    readonly datasetIndex: number;
    readonly dataIndex: number;
    readonly raw: { readonly x: number; readonly y: number } | number;
  }
  const axisOf = (id: string): Axis => panel.ys.find((axis) => axis.id === id) ?? panel.x;
  const barLine = (item: Item): string => {
    const segment = panel.bars[item.dataIndex]?.segments[item.datasetIndex];
    return segment === undefined ? '' : `${segment.label}: ${kit.figure(segment.value, panel.x.unit)}`;
  };
  const seriesLine = (item: Item): string => {
    const series = panel.series[item.datasetIndex];
    const value = typeof item.raw === 'number' ? item.raw : item.raw.y;
    if (series === undefined) return '';
    const ci = series.intervals?.[item.dataIndex];
    const axis = axisOf(series.axis);
    const interval =
      ci === undefined || ci[2] === ci[3]
        ? ''
        : ` (${kit.axisValue(kit, axis, ci[2])} to ${kit.axisValue(kit, axis, ci[3])})`;
    return `${series.label}: ${kit.axisValue(kit, axis, value)}${interval}`;
  };
  const title = (items: readonly Item[]): string => {
    const first = items[0];
    if (first === undefined) return '';
    if (typeof first.raw === 'number') return panel.bars[first.dataIndex]?.label ?? '';
    return kit.axisValue(kit, panel.x, first.raw.x);
  };
  return {
    enabled: true,
    backgroundColor: look.ground,
    titleColor: look.ink,
    bodyColor: look.ink,
    borderColor: look.muted,
    borderWidth: 1,
    titleFont: { family: look.fontFamily, size: look.fontPx },
    bodyFont: { family: look.fontFamily, size: look.fontPx },
    displayColors: panel.bars.length === 0,
    usePointStyle: true,
    filter: (item: Item) =>
      panel.bars.length === 0 || (panel.bars[item.dataIndex]?.segments[item.datasetIndex]?.value ?? 0) > 0,
    callbacks: { title, label: panel.bars.length > 0 ? barLine : seriesLine },
  };
}

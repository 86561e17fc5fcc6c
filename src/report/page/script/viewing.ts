/**
 * The page's script: what of a chart is shown. Hiding a platform or a kind of line, zooming and panning change one
 * small state a chart, and every panel of the chart is derived from it, so that rows stay on one axis.
 *
 * Views are shares of an axis' whole length, in its own scale (logarithmic or not), so that one arithmetic serves all.
 * Closed functions; see `contract.ts`.
 */
import type { Axis, Panel } from '../../charts/contract.js';
import type { DrawnPanel, ElementNode, Stage, ViewShares } from './contract.js';

/** The panel without what is hidden, as far as it is zoomed; the last row that shows carries the common axis. */
export function shownPanel(stage: Stage, drawn: DrawnPanel): Panel {
  const { panels, states, kit, script } = stage;
  const state = states[drawn.chartIndex];
  const { panel } = drawn;
  if (state === undefined) return panel;
  const isHidden = (place: number | null): boolean => place !== null && state.hiddenPlatforms.includes(place);
  if (isHidden(panel.platform)) return { ...panel, series: [], bars: [] };
  const rows = panels.filter(({ chartIndex }) => chartIndex === drawn.chartIndex);
  const lastRow = rows[rows.length - 1]?.panel ?? panel;
  const lastShown = rows.filter(({ panel: row }) => !isHidden(row.platform)).pop()?.panel;
  const isFoot = rows.length > 1 && panel === lastShown && panel !== lastRow;
  const whole = isFoot ? lastRow.x : panel.x;
  const series = panel.series.filter(
    ({ role, label }) => !state.hiddenKinds.includes(label) && !(typeof role === 'number' && isHidden(role)),
  );
  const [first, ...others] = script.panesOf(panel, series);
  const y =
    first !== undefined && state.y !== null && script.zoomsY(panel)
      ? kit.axisBetween(kit, first, state.y[0], state.y[1])
      : first;
  const bars = panel.bars.filter(({ platform }) => !isHidden(platform));
  const [from, to] = state.x ?? [whole.min, script.reachOf(panel, bars)];
  const x = state.x === null && to === whole.max ? whole : kit.axisBetween(kit, whole, from, to);
  return {
    ...panel,
    heightPx: isFoot
      ? panel.heightPx + 44
      : panel.bars.length > 0
        ? Math.round(90 + ((panel.heightPx - 90) / panel.bars.length) * bars.length)
        : panel.heightPx,
    x,
    ys:
      y === undefined
        ? panel.ys
        : y.scale === 'category'
          ? [{ ...y, max: bars.length - 1, ticks: bars.map(({ label }, value) => ({ value, label })) }]
          : [y, ...others],
    series,
    bars,
  };
}

/** How far an axis of bars goes for those that show: short ones get its length when the long ones are hidden. */
export function reachOf(panel: Panel, bars: Panel['bars']): number {
  const { min, max } = panel.x;
  if (bars.length === 0 || bars.length === panel.bars.length || min !== 0) return max;
  const lengths = bars.map(({ segments, ghost }) => segments.reduce((sum, { value }) => sum + value, ghost));
  const longest = Math.max(...lengths);
  return longest > 0 ? Math.min(max, longest * 1.08) : max;
}

/** The y axes without panes that nothing is drawn in; axes laid over a pane keep it. */
export function panesOf(panel: Panel, series: Panel['series']): Panel['ys'] {
  const isUsed = ({ id }: Axis): boolean => series.some(({ axis }) => axis === id);
  if (panel.bars.length > 0 || series.length === 0) return panel.ys;
  return panel.ys.filter((axis, place) => {
    const after = panel.ys.slice(place + 1);
    const end = after.findIndex(({ weight }) => weight > 0);
    const laidOver = end < 0 ? after : after.slice(0, end);
    return axis.weight === 0 || isUsed(axis) || laidOver.some(isUsed);
  });
}

/** Hides or shows what a button of the legend stands for. */
export function toggle(stage: Stage, button: ElementNode): void {
  const chartIndex = Number(button.dataset['chart']);
  const state = stage.states[chartIndex];
  if (state === undefined) return;
  const { platform, kind } = button.dataset;
  const flip = <T>(list: T[], one: T): void => {
    const place = list.indexOf(one);
    if (place < 0) list.push(one);
    else list.splice(place, 1);
  };
  if (kind !== undefined) flip(state.hiddenKinds, kind);
  else flip(state.hiddenPlatforms, Number(platform));
  button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') === 'false'));
  stage.script.drawChart(stage, chartIndex);
}

/** Whether a panel zooms in both directions: one pane of numbers that isn't a course of time. */
export function zoomsY(panel: Panel): boolean {
  const [first, second] = panel.ys;
  return first !== undefined && second === undefined && first.scale !== 'category' && panel.x.unit !== 'time';
}

/** Where a value stands on an axis, 0 at its beginning and 1 at its end. */
export function shareOf({ scale, min, max }: Axis, value: number): number {
  const at = (number: number): number => (scale === 'log' ? Math.log10(number) : number);
  return max > min ? (at(value) - at(min)) / (at(max) - at(min)) : 0;
}

export function valueAt({ scale, min, max }: Axis, share: number): number {
  if (share <= 0) return min;
  if (share >= 1) return max;
  return scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
}

/** What of a chart is seen now. */
export function viewShares({ panels, states, script }: Stage, chartIndex: number): ViewShares {
  const panel = panels.find((drawn) => drawn.chartIndex === chartIndex)?.panel;
  const state = states[chartIndex];
  const shares = (axis: Axis | undefined, range: readonly [number, number] | null): readonly [number, number] =>
    axis === undefined || range === null ? [0, 1] : [script.shareOf(axis, range[0]), script.shareOf(axis, range[1])];
  return { x: shares(panel?.x, state?.x ?? null), y: shares(panel?.ys[0], state?.y ?? null) };
}

/** Shows a part of the whole; what leaves it is moved back, what is nearly all of it is all of it. */
export function setView(stage: Stage, chartIndex: number, wanted: ViewShares): void {
  const { panels, states, script, kit } = stage;
  const own = panels.filter((drawn) => drawn.chartIndex === chartIndex);
  const panel = own[0]?.panel;
  const state = states[chartIndex];
  if (panel === undefined || state === undefined) return;
  const range = (axis: Axis, [from, to]: readonly [number, number]): readonly [number, number] | null => {
    const width = Math.min(1, Math.max(0.002, to - from));
    // Bars begin at zero, however near one looks.
    const low = panel.bars.length > 0 && axis.min >= 0 ? 0 : Math.min(1 - width, Math.max(0, from));
    return width > 0.999 ? null : [script.valueAt(axis, low), script.valueAt(axis, low + width)];
  };
  state.x = range(panel.x, wanted.x);
  state.y = script.zoomsY(panel) && panel.ys[0] !== undefined ? range(panel.ys[0], wanted.y) : null;
  const look = script.lookNow(stage);
  for (const drawn of own) {
    if (drawn.chart === null) continue;
    drawn.shown = script.shownPanel(stage, drawn);
    drawn.chart.options = kit.panelOptions(kit, drawn.shown, look);
    drawn.chart.update('none');
    script.placeMarks(stage, drawn);
  }
}

/** @param factor below 1 nearer, above 1 farther; `at`: what stays in place, as shares of the view, x and y */
export function zoom(stage: Stage, chartIndex: number, factor: number, at: readonly [number, number]): void {
  const { x, y } = stage.script.viewShares(stage, chartIndex);
  const zoomed = ([from, to]: readonly [number, number], fixed: number): readonly [number, number] => {
    const still = from + (to - from) * fixed;
    return [still - (still - from) * factor, still + (to - still) * factor];
  };
  stage.script.setView(stage, chartIndex, { x: zoomed(x, at[0]), y: zoomed(y, at[1]) });
}

/** Moves the view by shares of itself, to the right and upwards. */
export function pan(stage: Stage, chartIndex: number, byX: number, byY: number): void {
  const { x, y } = stage.script.viewShares(stage, chartIndex);
  const moved = ([from, to]: readonly [number, number], by: number): readonly [number, number] => {
    const step = Math.min(1 - to, Math.max(-from, by * (to - from)));
    return [from + step, to + step];
  };
  stage.script.setView(stage, chartIndex, { x: moved(x, byX), y: moved(y, byY) });
}

/** What the buttons and the keys ask for, and what has come of it in words. */
export function command(stage: Stage, chartIndex: number, name: string): void {
  const { script, kit, panels } = stage;
  if (name === 'whole') script.setView(stage, chartIndex, { x: [0, 1], y: [0, 1] });
  if (name === 'in') script.zoom(stage, chartIndex, 0.5, [0.5, 0.5]);
  if (name === 'out') script.zoom(stage, chartIndex, 2, [0.5, 0.5]);
  const steps: Record<string, readonly [number, number]> = {
    left: [-0.25, 0],
    right: [0.25, 0],
    up: [0, 0.25],
    down: [0, -0.25],
  };
  const step = steps[name];
  if (step !== undefined) script.pan(stage, chartIndex, step[0], step[1]);
  const x = panels.find((drawn) => drawn.chartIndex === chartIndex && drawn.chart !== null)?.shown.x;
  if (x !== undefined) script.say(stage, `Shown: ${kit.axisValue(kit, x, x.min)} to ${kit.axisValue(kit, x, x.max)}`);
}

export function say({ document }: Stage, words: string): void {
  const spoken = document.getElementById('spoken');
  if (spoken !== null) spoken.textContent = words;
}

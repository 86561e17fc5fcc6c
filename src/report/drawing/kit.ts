/**
 * The drawing functions as one table, and the same table as source text for the page.
 *
 * Its own file because it is the seam between the two worlds: Node calls `drawingKit`, the page evaluates
 * `kitSource()`.
 * Checked by evaluating the text and comparing what it makes with what the functions make.
 */
import { axisBetween, clockLabel } from '../charts/ticks.js';
import { figure } from '../figures.js';
import { mixed, readable } from './colours.js';
import type { Kit } from './contract.js';
import { barPlugin, dotLabelPlugin, drawSegment, endLabelPlugin } from './labelPlugins.js';
import {
  axisValue,
  barDatasets,
  panelConfig,
  panelOptions,
  roleColour,
  scaleOptions,
  seriesDataset,
  tooltipOptions,
} from './panelConfig.js';
import { backgroundPlugin, intervalPlugin, markPlugin, overlayPlugin } from './plugins.js';

export const drawingKit: Kit = {
  figure,
  clockLabel,
  mixed,
  readable,
  axisValue,
  axisBetween,
  panelConfig,
  panelOptions,
  seriesDataset,
  barDatasets,
  scaleOptions,
  tooltipOptions,
  roleColour,
  backgroundPlugin,
  markPlugin,
  overlayPlugin,
  intervalPlugin,
  endLabelPlugin,
  dotLabelPlugin,
  drawSegment,
  barPlugin,
};

/** An expression in JavaScript whose value is the kit. */
export function kitSource(): string {
  return tableSource(Object.entries(drawingKit));
}

/** Functions under their names as the text of an object. Each must be closed: nothing outside it is carried along. */
export function tableSource(entries: readonly (readonly [string, unknown])[]): string {
  return `{\n${entries.map(([name, closed]) => `${JSON.stringify(name)}: ${String(closed)}`).join(',\n')}\n}`;
}

/**
 * What the drawing functions know of the world: a pen (a canvas context), a chart of chart.js, the look, and each
 * other.
 *
 * Its own file because the same functions run in two places: in the page, which carries their source as text, and in
 * Node, on a canvas. So each is closed: it refers to nothing but its arguments, and finds its fellows in the `Kit`.
 * Types are structural and minimal, for neither the DOM's nor chart.js' are known to this room.
 */
import type { Axis, Clock, Panel, Segment, Series } from '../charts/contract.js';

/** The part of CanvasRenderingContext2D that is used. */
export interface Pen {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  globalAlpha: number;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  clip(): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  setLineDash(dash: readonly number[]): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
}

export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface ScaleLike extends Area {
  getPixelForValue(value: number): number;
}

/** A drawn element: a point, or a horizontal bar with its `base`. */
export interface ElementLike {
  readonly x: number;
  readonly y: number;
  readonly base: number;
  readonly height: number;
  readonly skip: boolean;
}

/** The part of a chart of chart.js that is used. */
export interface ChartLike {
  readonly ctx: Pen;
  readonly chartArea: Area;
  readonly scales: Readonly<Record<string, ScaleLike>>;
  getDatasetMeta(index: number): { readonly data: readonly ElementLike[] };
  isDatasetVisible(index: number): boolean;
}

/** A segment of a bar where chart.js has put it. */
export interface SegmentPlace {
  readonly ctx: Pen;
  readonly element: ElementLike;
  readonly segment: Segment;
  readonly platform: number;
}

/** A plug-in of chart.js: what is drawn before and after the data. */
export interface PluginLike {
  readonly id: string;
  readonly beforeDatasetsDraw?: (chart: ChartLike) => void;
  readonly afterDatasetsDraw?: (chart: ChartLike) => void;
}

/** Colours, type and room: everything that differs between light and dark, wide and narrow, page and picture. */
export interface Look {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly ground: string;
  readonly load: string;
  readonly error: string;
  readonly wanted: string;
  readonly warmUp: string;
  /** Of lines and dots: at least 3:1 against the ground; of surfaces: the palette itself. By place of the platform. */
  readonly strokes: readonly string[];
  readonly fills: readonly string[];
  readonly dashes: readonly (readonly number[])[];
  readonly markers: readonly string[];
  readonly fontFamily: string;
  readonly fontPx: number;
  /** Too narrow for labels at the ends of lines. */
  readonly isNarrow: boolean;
  readonly isInteractive: boolean;
}

export type Options = Readonly<Record<string, unknown>>;

/** The drawing functions, by name; each gets the kit to find the others. */
export interface Kit {
  readonly figure: (value: number | null, unit: string) => string;
  readonly clockLabel: (clock: Clock | null, atS: number) => string;
  readonly mixed: (from: string, to: string, share: number) => string;
  readonly readable: (ground: string) => string;
  readonly axisValue: (kit: Kit, axis: Axis, value: number) => string;
  readonly axisBetween: (kit: Kit, axis: Axis, min: number, max: number) => Axis;
  readonly panelConfig: (kit: Kit, panel: Panel, look: Look) => Options;
  readonly panelOptions: (kit: Kit, panel: Panel, look: Look) => Options;
  readonly seriesDataset: (kit: Kit, series: Series, panel: Panel, look: Look) => Options;
  readonly barDatasets: (kit: Kit, panel: Panel, look: Look) => readonly Options[];
  readonly scaleOptions: (axis: Axis, isHorizontal: boolean, look: Look) => Options;
  readonly tooltipOptions: (kit: Kit, panel: Panel, look: Look) => Options;
  readonly roleColour: (role: Series['role'], look: Look) => string;
  readonly backgroundPlugin: (panel: Panel, look: Look) => PluginLike;
  readonly markPlugin: (panel: Panel, look: Look) => PluginLike;
  readonly overlayPlugin: (kit: Kit, panel: Panel, look: Look) => PluginLike;
  readonly intervalPlugin: (kit: Kit, panel: Panel, look: Look) => PluginLike;
  readonly endLabelPlugin: (kit: Kit, panel: Panel, look: Look) => PluginLike;
  readonly dotLabelPlugin: (kit: Kit, panel: Panel, look: Look) => PluginLike;
  readonly drawSegment: (kit: Kit, place: SegmentPlace, look: Look) => void;
  readonly barPlugin: (kit: Kit, panel: Panel, look: Look) => PluginLike;
}

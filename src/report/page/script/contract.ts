/**
 * What the page's script knows of the browser, and of its own parts. Types only, structural and minimal: the compiler
 * checks the script against them, though this room knows no DOM.
 *
 * The script is made of closed functions like the drawing's (see `drawing/contract.ts`): each finds the others, the
 * document and the charts in the `Stage` it is given.
 */
import type { Axis, ChartDescription, Panel } from '../../charts/contract.js';
import type { Colours } from '../../drawing/colours.js';
import type { Area, ElementLike, Kit, Look, Options, ScaleLike } from '../../drawing/contract.js';

export interface ElementNode {
  textContent: string | null;
  hidden: boolean;
  value: string;
  href: string;
  download: string;
  className: string;
  scope: string;
  width: number;
  height: number;
  readonly clientWidth: number;
  readonly dataset: Record<string, string | undefined>;
  readonly style: Record<string, string>;
  open: boolean;
  disabled: boolean;
  readonly childElementCount: number;
  append(...children: readonly (ElementNode | string)[]): void;
  remove(): void;
  click(): void;
  focus(options?: { readonly preventScroll: boolean }): void;
  closest(selector: string): ElementNode | null;
  scrollIntoView(options: { readonly block: string }): void;
  setPointerCapture(pointerId: number): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  addEventListener(kind: string, listener: (event: EventLike) => void, options?: { readonly passive: boolean }): void;
  querySelector(selector: string): ElementNode | null;
  querySelectorAll(selector: string): Iterable<ElementNode>;
  removeAttribute(name: string): void;
  getBoundingClientRect(): {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  getContext(kind: '2d'): CanvasPen;
  toDataURL(kind: string): string;
}

export interface CanvasPen {
  fillStyle: string;
  font: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  drawImage(image: ElementNode, x: number, y: number): void;
  scale(x: number, y: number): void;
}

export interface EventLike {
  readonly key: string;
  readonly clientX: number;
  readonly clientY: number;
  readonly deltaY: number;
  readonly button: number;
  readonly pointerType: string;
  readonly pointerId: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  preventDefault(): void;
}

export interface DocumentNode {
  readonly documentElement: ElementNode;
  readonly body: ElementNode;
  createElement(name: string): ElementNode;
  getElementById(id: string): ElementNode | null;
  querySelector(selector: string): ElementNode | null;
  querySelectorAll(selector: string): Iterable<ElementNode>;
}

export interface WindowNode {
  readonly document: DocumentNode;
  readonly innerWidth: number;
  readonly devicePixelRatio: number;
  readonly Chart?: new (canvas: ElementNode, config: Options) => LiveChart;
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string };
  matchMedia(query: string): { readonly matches: boolean; addEventListener(kind: string, listener: () => void): void };
  getComputedStyle(element: ElementNode): { readonly fontFamily: string };
  addEventListener(kind: string, listener: () => void): void;
  requestAnimationFrame(draw: () => void): void;
}

export interface LiveChart {
  options: Options;
  readonly canvas: ElementNode;
  readonly chartArea: Area;
  readonly scales: Readonly<Record<string, ScaleLike & { getValueForPixel(pixel: number): number }>>;
  readonly tooltip:
    | { setActiveElements(active: readonly ActivePoint[], at: { x: number; y: number }): void }
    | undefined;
  getDatasetMeta(index: number): { readonly data: readonly ElementLike[] };
  setActiveElements(active: readonly ActivePoint[]): void;
  update(mode?: 'none'): void;
  resize(): void;
  destroy(): void;
}

export interface ActivePoint {
  readonly datasetIndex: number;
  readonly index: number;
}

/** A panel on the page: its element, its description, what of it is shown, and, when drawn, its chart. */
export interface DrawnPanel {
  readonly element: ElementNode;
  readonly chartIndex: number;
  readonly panel: Panel;
  /** Without what is hidden, and as far as it is zoomed. */
  shown: Panel;
  chart: LiveChart | null;
  /** Where the keyboard is: a point of a plot, or a moment of a time axis. */
  position: number;
  /** Whether two fingers hold it. */
  isPinched: boolean;
}

/** What a reader has done to a chart. */
export interface ChartState {
  readonly hiddenPlatforms: number[];
  readonly hiddenKinds: string[];
  /** The range that is shown, where it isn't the whole: of the x axis, and of the y axis where that zooms too. */
  x: readonly [number, number] | null;
  y: readonly [number, number] | null;
}

/** Both axes of a panel as far as they are shown, each from 0 to 1 of its whole length. */
export interface ViewShares {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export type PageChart = Pick<ChartDescription, 'name' | 'title' | 'caption' | 'panels' | 'table'>;

export interface PageData {
  readonly charts: readonly PageChart[];
  readonly themes: { readonly light: Colours; readonly dark: Colours };
}

export interface Stage {
  readonly window: WindowNode;
  readonly document: DocumentNode;
  readonly kit: Kit;
  readonly script: Script;
  readonly data: PageData;
  readonly panels: DrawnPanel[];
  /** By place of the chart. */
  readonly states: ChartState[];
}

type Matrix = readonly [number, number, number, number, number, number];

/** A sheet that a pen writes SVG on, with what the pen has been told. */
export interface SvgSurface {
  readonly prefix: string;
  readonly shapes: string[];
  readonly clips: string[];
  readonly stack: Pick<SvgSurface, 'matrix' | 'clip' | 'dash' | 'style'>[];
  matrix: Matrix;
  /** Place of the clip in force; -1: none. */
  clip: number;
  dash: readonly number[];
  path: string;
  style: Record<string, unknown>;
}

/** The script's functions, by name. */
export interface Script {
  readonly start: (window: WindowNode, kit: Kit, script: Script) => void;
  readonly listen: (stage: Stage) => void;
  readonly listenToPanel: (stage: Stage, drawn: DrawnPanel) => void;
  readonly listenToButtons: (stage: Stage) => void;
  readonly isDark: (stage: Stage) => boolean;
  readonly lookNow: (stage: Stage) => Look;
  readonly drawAll: (stage: Stage) => void;
  readonly drawPanel: (stage: Stage, drawn: DrawnPanel) => void;
  readonly drawChart: (stage: Stage, chartIndex: number) => void;
  readonly switchTheme: (stage: Stage) => void;
  readonly shownPanel: (stage: Stage, drawn: DrawnPanel) => Panel;
  readonly reachOf: (panel: Panel, bars: Panel['bars']) => number;
  readonly panesOf: (panel: Panel, series: Panel['series']) => Panel['ys'];
  readonly toggle: (stage: Stage, button: ElementNode) => void;
  readonly zoomsY: (panel: Panel) => boolean;
  readonly shareOf: (axis: Axis, value: number) => number;
  readonly valueAt: (axis: Axis, share: number) => number;
  readonly viewShares: (stage: Stage, chartIndex: number) => ViewShares;
  readonly setView: (stage: Stage, chartIndex: number, wanted: ViewShares) => void;
  readonly zoom: (stage: Stage, chartIndex: number, factor: number, at: readonly [number, number]) => void;
  readonly pan: (stage: Stage, chartIndex: number, byX: number, byY: number) => void;
  readonly command: (stage: Stage, chartIndex: number, name: string) => void;
  readonly say: (stage: Stage, words: string) => void;
  readonly dragOnPanel: (stage: Stage, drawn: DrawnPanel) => void;
  readonly pinchOnPanel: (stage: Stage, drawn: DrawnPanel) => void;
  readonly sharesAt: (drawn: DrawnPanel, event: EventLike) => readonly [number, number];
  readonly placeMarks: (stage: Stage, drawn: DrawnPanel) => void;
  readonly goToLog: (stage: Stage, anchor: string) => void;
  readonly moveCursor: (stage: Stage, chartIndex: number, at: number | null) => void;
  readonly readout: (stage: Stage, panel: Panel, at: number) => string;
  readonly keyOnPanel: (stage: Stage, drawn: DrawnPanel, event: EventLike) => void;
  readonly stepTime: (stage: Stage, drawn: DrawnPanel, step: number) => void;
  readonly stepPoint: (stage: Stage, drawn: DrawnPanel, step: number) => void;
  readonly buildTable: (stage: Stage, chartIndex: number, into: ElementNode) => void;
  readonly csvOf: (chart: PageChart) => string;
  readonly wrapped: (text: string, fits: (line: string) => boolean) => string[];
  readonly savePng: (stage: Stage, chartIndex: number) => void;
  readonly saveSvg: (stage: Stage, chartIndex: number) => void;
  readonly svgOf: (stage: Stage, chartIndex: number) => string;
  readonly svgSurface: (prefix: string) => SvgSurface;
  readonly svgPen: (script: Script, surface: SvgSurface, real: CanvasPen) => object;
  readonly svgState: (surface: SvgSurface) => object;
  readonly svgPoint: (surface: SvgSurface, x: number, y: number) => string;
  readonly svgPaths: (script: Script, surface: SvgSurface) => object;
  readonly svgBox: (script: Script, surface: SvgSurface, box: readonly [number, number, number, number]) => string;
  readonly svgPaints: (script: Script, surface: SvgSurface) => object;
  readonly svgWords: (
    script: Script,
    surface: SvgSurface,
    words: { readonly text: string; readonly x: number; readonly y: number },
    paint: string,
  ) => string;
  readonly escaped: (text: string) => string;
  readonly save: (stage: Stage, name: string, url: string) => void;
}

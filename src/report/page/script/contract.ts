/**
 * What the page's script knows of the browser, and of its own parts. Types only, structural and minimal: the compiler
 * checks the script against them, though this room knows no DOM.
 *
 * The script is made of closed functions like the drawing's (see `drawing/contract.ts`): each finds the others, the
 * document and the charts in the `Stage` it is given.
 */
import type { ChartDescription, Panel } from '../../charts/contract.js';
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
  readonly open: boolean;
  readonly childElementCount: number;
  append(...children: readonly (ElementNode | string)[]): void;
  remove(): void;
  click(): void;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  addEventListener(kind: string, listener: (event: EventLike) => void): void;
  querySelector(selector: string): ElementNode | null;
  querySelectorAll(selector: string): Iterable<ElementNode>;
  getBoundingClientRect(): { readonly left: number; readonly width: number };
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
}

export interface LiveChart {
  readonly canvas: ElementNode;
  readonly chartArea: Area;
  readonly scales: Readonly<Record<string, ScaleLike & { getValueForPixel(pixel: number): number }>>;
  readonly tooltip:
    | { setActiveElements(active: readonly ActivePoint[], at: { x: number; y: number }): void }
    | undefined;
  getDatasetMeta(index: number): { readonly data: readonly ElementLike[] };
  isDatasetVisible(index: number): boolean;
  setActiveElements(active: readonly ActivePoint[]): void;
  setDatasetVisibility(index: number, isVisible: boolean): void;
  update(): void;
  resize(): void;
  destroy(): void;
}

export interface ActivePoint {
  readonly datasetIndex: number;
  readonly index: number;
}

/** A panel on the page: its element, description and, when drawn, its chart. */
export interface DrawnPanel {
  readonly element: ElementNode;
  readonly chartIndex: number;
  readonly panel: Panel;
  chart: LiveChart | null;
  /** Where the keyboard is: a point of a plot, or a moment of a time axis. */
  position: number;
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
}

/** The script's functions, by name. */
export interface Script {
  readonly start: (window: WindowNode, kit: Kit, script: Script) => void;
  readonly listen: (stage: Stage) => void;
  readonly isDark: (stage: Stage) => boolean;
  readonly lookNow: (stage: Stage) => Look;
  readonly drawAll: (stage: Stage) => void;
  readonly switchTheme: (stage: Stage) => void;
  readonly moveCursor: (stage: Stage, chartIndex: number, at: number | null) => void;
  readonly readout: (stage: Stage, panel: Panel, at: number) => string;
  readonly keyOnPanel: (stage: Stage, drawn: DrawnPanel, event: EventLike) => void;
  readonly stepPoint: (stage: Stage, drawn: DrawnPanel, step: number) => void;
  readonly buildTable: (stage: Stage, chartIndex: number, into: ElementNode) => void;
  readonly csvOf: (chart: PageChart) => string;
  readonly savePng: (stage: Stage, chartIndex: number) => void;
  readonly save: (stage: Stage, name: string, url: string) => void;
}

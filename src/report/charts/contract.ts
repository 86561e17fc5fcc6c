/**
 * What a chart is before anybody draws it: plain data that says what is to be seen, and the sentence that says what
 * it shows.
 *
 * Its own file because three drawers read it: the page (chart.js in a browser), the PNG writer (chart.js on a canvas of
 * Node) and the table that stands behind every chart. A description holds no colour, no pixel and no function.
 */

/** A chart: one panel, or several on one shared x axis (small multiples). */
export interface ChartDescription {
  /** File name and anchor: kebab-case. */
  readonly name: string;
  readonly title: string;
  /** The finding, in one sentence, computed from the data. */
  readonly caption: string;
  /** How to read it: what the axes and patterns are. */
  readonly reading: string;
  /** A sentence instead of panels where there is nothing to draw. */
  readonly empty: string | null;
  readonly panels: readonly Panel[];
  readonly table: ChartTable;
}

export interface ChartTable {
  /** Column titles, units included. */
  readonly columns: readonly string[];
  /** Numbers keep every digit; null is no value. */
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** What the rows leave out, where they leave out something. */
  readonly note: string | null;
}

export interface Panel {
  /** Empty when the chart has one panel. */
  readonly title: string;
  /** Place of the platform the panel is about, for its colour; null when it is about all. */
  readonly platform: number | null;
  readonly heightPx: number;
  readonly x: Axis;
  /** From top to bottom where several are stacked. */
  readonly ys: readonly Axis[];
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
  readonly regions: readonly Region[];
  readonly marks: readonly Mark[];
}

export interface Axis {
  /** Referred to by series; `x` for the x axis. */
  readonly id: string;
  /** With the unit; empty for an axis that isn't shown. */
  readonly title: string;
  readonly scale: 'linear' | 'log' | 'category';
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Unit of values in tooltips: a metric's, or `time` (seconds from clock 0) or `nines` (-log10(1 - share)). */
  readonly unit: string;
  /** For `time`: what clock 0 is called; null: the scenario doesn't say. */
  readonly clock: Clock | null;
  /** Share of the height among stacked axes; 0: laid over the axis before it, and not shown. */
  readonly weight: number;
}

/** A clock for labels: minutes after midnight at clock 0, and the day (0 is Monday) where one is named. */
export interface Clock {
  readonly minuteOfDay: number;
  readonly dayIndex: number | null;
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Series {
  readonly label: string;
  /** A platform's colour, dash and marker by its place; otherwise what the series is. */
  readonly role: number | 'load' | 'quiet' | 'error' | 'error-rejected' | 'error-timed-out' | 'front';
  readonly form: 'line' | 'step' | 'area' | 'strip' | 'points';
  readonly axis: string;
  readonly points: readonly (readonly [number, number | null])[];
  /** Interval of each point: low and high of x, low and high of y. */
  readonly intervals: readonly (readonly [number, number, number, number])[] | null;
  /** Written at the line's end, or beside the points. */
  readonly isLabelled: boolean;
}

/** One horizontal stacked bar. */
export interface Bar {
  readonly label: string;
  readonly platform: number;
  readonly segments: readonly Segment[];
  /** What allowances took off, drawn as an outline behind the bar's end. */
  readonly ghost: number;
}

export interface Segment {
  readonly label: string;
  readonly value: number;
  readonly pattern: 'plain' | 'idle' | 'waiting' | 'light';
  /** Whether it stands beside the compute platform (front door, database …), drawn in grey. */
  readonly isBeside: boolean;
}

/** A shaded part of the plot. */
export interface Region {
  readonly axis: string;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly role: 'warm-up' | 'wanted';
}

/** Something that happened, or a limit: a line across the plot with a word beside it. */
export interface Mark {
  readonly axis: string;
  readonly at: number;
  readonly label: string;
  readonly role: 'event' | 'limit' | 'today';
  /** Where the page tells more of it: an id in the event log. */
  readonly anchor?: string;
}

/**
 * A trace, read: when visitors came, what they asked for, how long their work took. Plain data, made once a scenario
 * and replayed by every replication.
 */
export interface Trace {
  readonly format: TraceFormat;
  readonly rows: StampedRows | CountedRows;
}

export const traceFormats = ['timestamps', 'counts', 'access-log', 'azure-2019', 'azure-2021'] as const;
export type TraceFormat = (typeof traceFormats)[number];

/** One row an arrival, in order of time; rows of equal time in file order. At least one. */
export interface StampedRows {
  readonly kind: 'stamps';
  /** Microseconds from clock 0, whole, not falling. */
  readonly atUs: Float64Array;
  /** Which of the source's entries each row asks for; null: the first, all of them. */
  readonly entryIndices: Int32Array | null;
  /** The duration each row carries, microseconds; null without. */
  readonly waitsUs: Float64Array | null;
}

/** How many came in each minute; minutes that are not listed had none. At least one row. */
export interface CountedRows {
  readonly kind: 'counts';
  /** Rising; minute m is [m, m + 1) minutes from clock 0. */
  readonly minutes: Float64Array;
  /** Whole, >= 0. */
  readonly counts: Float64Array;
}

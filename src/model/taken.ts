/**
 * Where a value comes from, and the list of all that were taken. Its own file because every part of the compiler writes
 * to it, and reports print it: no number of a run is without its origin.
 */
import type { Figure, Preset } from '../platforms/contract.js';
import { sources } from '../platforms/tables/sources.js';
import type { DistributionSpec } from '../random/contract.js';
import { type Path, type Positions, positionOf, printPath } from '../scenario/positions.js';
import type { InputTaken } from './compiled.js';
import { printDistribution } from './printDistribution.js';

/** The source of figures that the language's own table of defaults sets. */
const languageDefaults = 'D';

/** Written in the scenario at a path; a preset's figure; or a default of the language. */
export type Origin =
  | { readonly path: Path }
  | { readonly figure: Figure<unknown>; readonly preset: Preset }
  | 'default';

/** A value and its origin. */
export interface Taken<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

export function byDefault<Value>(value: Value): Taken<Value> {
  return { value, origin: 'default' };
}

export function fromPreset<Value>(figure: Figure<Value>, preset: Preset): Taken<Value> {
  return { value: figure.value, origin: { figure, preset } };
}

export function written<Value>(value: Value, path: Path): Taken<Value> {
  return { value, origin: { path } };
}

/** Where a figure is from, as a citation to stand in brackets behind what it allows; '' for the language's own. */
export function cited(figure: Figure<unknown>): string {
  return figure.source === languageDefaults ? '' : ` (${figure.status}: ${sources[figure.source] ?? figure.source})`;
}

/** `booking.yaml:14`, `preset lambda (verified: docs.aws.amazon.com/…)`, `default`. */
export function printOrigin(origin: Origin, positions: Positions): string {
  if (origin === 'default') return 'default';
  if ('path' in origin) {
    const { file, line } = positionOf(positions, origin.path);
    return `${file}:${line}`;
  }
  const { figure, preset } = origin;
  if (figure.source === languageDefaults) return 'default';
  const citation = sources[figure.source] ?? figure.source;
  return `preset ${preset.name} (${figure.status}: ${citation}${figure.note ? `; ${figure.note}` : ''})`;
}

interface Record {
  readonly path: Path;
  readonly value: string | number | DistributionSpec;
  readonly unit: string;
  readonly origin: Origin;
  readonly note: string | undefined;
}

/**
 * The values taken for one platform, in the order in which they are recorded. They are put into words when somebody
 * reads them: `validate` and the cells of a sweep never do.
 */
export class TakenList {
  private readonly records: Record[] = [];
  private readonly positions: Positions;

  constructor(positions: Positions) {
    this.positions = positions;
  }

  /** `value` as it is to be printed, in `unit` ('' for words); `note`: how it was made of what the origin says. */
  add(path: Path, value: string | number | DistributionSpec, unit: string, origin: Origin, note?: string): void {
    this.records.push({ path, value, unit, origin, note });
  }

  get inputs(): readonly InputTaken[] {
    return this.records.map(({ path, value, unit, origin, note }) => {
      const from = printOrigin(origin, this.positions);
      return {
        path: printPath(path),
        value: printValue(value),
        unit,
        origin: note === undefined ? from : `${from}; ${note}`,
      };
    });
  }
}

function printValue(value: string | number | DistributionSpec): string {
  if (typeof value === 'object') return printDistribution(value);
  return value === Number.POSITIVE_INFINITY ? 'unlimited' : String(value);
}

/**
 * The rhythm of days and weeks: a factor on a rate, constant over each hour.
 *
 * Its own file because every rate-driven process obeys it and none should know how a week is laid out. Weeks have 168
 * equal hours: no time zones, no daylight saving.
 */

const hourUs = 3_600_000_000;
const hoursPerWeek = 168;

export interface CalendarSpec {
  /** 24 factors, from midnight; null without. */
  readonly daily: readonly number[] | null;
  /** 7 factors, from Monday; null without. */
  readonly weekly: readonly number[] | null;
  /** Clock 0, as microseconds after Monday 00:00; any finite number. */
  readonly startsUs: number;
}

/** What is wrong with the factors, in words that tell the mend; nothing when they are right. */
export function modulationFault({ daily, weekly }: CalendarSpec): string | undefined {
  return factorFault('daily', 24, daily) ?? factorFault('weekly', 7, weekly);
}

/**
 * The rhythm, with `daily` and `weekly` each scaled to a mean of 1; null when there is neither.
 *
 * @throws RangeError when `modulationFault` finds something: the caller should have asked first.
 */
export function makeModulation(spec: CalendarSpec): RateModulation | null {
  const fault = modulationFault(spec);
  if (fault !== undefined) throw new RangeError(fault);
  if (spec.daily === null && spec.weekly === null) return null;
  const byHour = toMeanOne(spec.daily ?? new Array<number>(24).fill(1));
  const byDay = toMeanOne(spec.weekly ?? new Array<number>(7).fill(1));
  const factors = Float64Array.from({ length: hoursPerWeek }, (_, h) => byDay[Math.floor(h / 24)]! * byHour[h % 24]!);
  return new RateModulation(factors, spec.startsUs);
}

export class RateModulation {
  private readonly factors: Float64Array;
  private readonly startsUs: number;

  constructor(factors: Float64Array, startsUs: number) {
    this.factors = factors;
    this.startsUs = startsUs;
  }

  /** The factor that holds from `nowUs` (microseconds from clock 0) until `changesUs(nowUs)`. */
  factorAt(nowUs: number): number {
    const hour = Math.floor((nowUs + this.startsUs) / hourUs) % hoursPerWeek;
    return this.factors[hour < 0 ? hour + hoursPerWeek : hour]!;
  }

  /** The first full hour of the week after `nowUs`. */
  changesUs(nowUs: number): number {
    return (Math.floor((nowUs + this.startsUs) / hourUs) + 1) * hourUs - this.startsUs;
  }
}

function factorFault(name: string, count: number, factors: readonly number[] | null): string | undefined {
  if (factors === null) return undefined;
  if (factors.length !== count) return `${name} needs ${count} factors, got ${factors.length}`;
  if (factors.some((factor) => !Number.isFinite(factor))) return `the factors of ${name} must be finite numbers`;
  if (factors.some((factor) => factor < 0)) return `the factors of ${name} must not be negative`;
  return factors.some((factor) => factor > 0) ? undefined : `at least one factor of ${name} must be above 0`;
}

function toMeanOne(factors: readonly number[]): readonly number[] {
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  return factors.map((factor) => factor / mean);
}

/**
 * Reading a usage statement: the fields of a worked example or a forecast, exact and checked. Its own file because
 * every product reads the same kind of plain record, where a number may be written as a number or as text ("0.25").
 */
import { Fraction } from '../fraction.js';

/** A record with named fields; every mistake is a RangeError that names the field. */
export class Fields {
  private readonly record: ReadonlyMap<string, unknown>;
  private readonly path: string;

  /** @throws RangeError unless `value` is a record */
  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError(`${path}: no record`);
    this.record = new Map(Object.entries(value));
    this.path = path;
  }

  has(name: string): boolean {
    return this.record.has(name);
  }

  /** Whether the field is there and not null. */
  isGiven(name: string): boolean {
    return (this.record.get(name) ?? null) !== null;
  }

  isRecord(name: string): boolean {
    const value = this.record.get(name);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  names(): string[] {
    return [...this.record.keys()];
  }

  /** What stands there, unread. */
  raw(name: string): unknown {
    return this.record.get(name);
  }

  /** A number >= 0, exactly as its digits say; `otherwise` where the field is missing. */
  amount(name: string, otherwise?: string | number): Fraction {
    const value = this.record.get(name) ?? otherwise;
    if (typeof value !== 'string' && typeof value !== 'number') throw this.wrong(name, 'a number is missing');
    const amount = this.decimal(name, value);
    if (amount.isNegative) throw this.wrong(name, 'is negative');
    return amount;
  }

  /** A whole number >= 0 that a plain number holds exactly. */
  whole(name: string, otherwise: number): number {
    const value = Number(this.record.get(name) ?? otherwise);
    if (!Number.isSafeInteger(value) || value < 0) throw this.wrong(name, 'is not a whole number');
    return value;
  }

  text(name: string, otherwise?: string): string {
    const value = this.record.get(name) ?? otherwise;
    if (typeof value !== 'string') throw this.wrong(name, 'a text is missing');
    return value;
  }

  /** `false` only when the field says so. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.record.get(name) ?? otherwise;
    if (typeof value !== 'boolean') throw this.wrong(name, 'is neither true nor false');
    return value;
  }

  /** A record; empty where the field is missing. */
  fields(name: string): Fields {
    return new Fields(this.record.get(name) ?? {}, `${this.path}.${name}`);
  }

  /** Records; none where the field is missing. */
  list(name: string): Fields[] {
    return this.values(name).map((item, index) => new Fields(item, `${this.path}.${name}[${index}]`));
  }

  /** Pairs of numbers [from, to] with from <= to; none where the field is missing. */
  pairs(name: string): (readonly [Fraction, Fraction])[] {
    return this.values(name).map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw this.wrong(name, 'is not a list of [from, to]');
      const [from, to] = [this.decimal(name, pair[0]), this.decimal(name, pair[1])];
      if (to.compare(from) < 0) throw this.wrong(name, 'ends before it begins');
      return [from, to] as const;
    });
  }

  private values(name: string): unknown[] {
    const value = this.record.get(name) ?? [];
    if (!Array.isArray(value)) throw this.wrong(name, 'is not a list');
    return value;
  }

  private decimal(name: string, value: unknown): Fraction {
    if (typeof value !== 'string' && typeof value !== 'number') throw this.wrong(name, 'is not a number');
    try {
      return Fraction.of(value);
    } catch {
      throw this.wrong(name, `${JSON.stringify(value)} is not a decimal number`);
    }
  }

  private wrong(name: string, what: string): RangeError {
    return new RangeError(`${this.path}.${name}: ${what}`);
  }
}

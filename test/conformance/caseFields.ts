/**
 * Reading a case: each field by name and kind, and an error that says which one is not as it should be. A malformed
 * case must fail, not be compared as NaN.
 */

type Fallback<T> = readonly [] | readonly [T];

export class CaseFields {
  private readonly value: Readonly<Record<string, unknown>>;
  private readonly where: string;

  /** `where` is the name of `value` in messages. */
  constructor(value: unknown, where: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error(`malformed: ${where} is no object`);
    this.value = value as Readonly<Record<string, unknown>>;
    this.where = where;
  }

  names(): readonly string[] {
    return Object.keys(this.value);
  }

  /** As it stands; undefined when it is missing. */
  raw(name: string): unknown {
    return Object.hasOwn(this.value, name) ? this.value[name] : undefined;
  }

  /** Missing and null are told apart from a value by `fallback`, when there is one. */
  number<T = never>(name: string, ...fallback: Fallback<T>): number | T {
    return this.read(name, 'a number', (raw) => typeof raw === 'number' && Number.isFinite(raw), fallback) as
      | number
      | T;
  }

  text<T = never>(name: string, ...fallback: Fallback<T>): string | T {
    return this.read(name, 'a text', (raw) => typeof raw === 'string', fallback) as string | T;
  }

  flag<T = never>(name: string, ...fallback: Fallback<T>): boolean | T {
    return this.read(name, 'true or false', (raw) => typeof raw === 'boolean', fallback) as boolean | T;
  }

  list<T = never>(name: string, ...fallback: Fallback<T>): readonly unknown[] | T {
    return this.read(name, 'a list', Array.isArray, fallback) as readonly unknown[] | T;
  }

  numbers(name: string): readonly number[] {
    const list = this.list(name);
    if (!list.every((one) => typeof one === 'number')) throw this.fault(name, 'a list of numbers');
    return list as readonly number[];
  }

  /** An object within. */
  fields(name: string): CaseFields {
    return new CaseFields(this.raw(name), `${this.where}.${name}`);
  }

  /** A list of objects; none when it is missing and `isOptional`. */
  all(name: string, isOptional = false): readonly CaseFields[] {
    const list = isOptional ? this.list<readonly unknown[]>(name, []) : this.list(name);
    return list.map((one, index) => new CaseFields(one, `${this.where}.${name}[${index}]`));
  }

  fault(name: string, wanted: string): Error {
    return new Error(`malformed: ${this.where}.${name} is not ${wanted}`);
  }

  private read(name: string, wanted: string, fits: (raw: unknown) => boolean, fallback: Fallback<unknown>): unknown {
    const raw = this.raw(name);
    if (raw === undefined || raw === null) {
      if (fallback.length > 0) return fallback[0];
      throw this.fault(name, wanted);
    }
    if (!fits(raw)) throw this.fault(name, wanted);
    return raw;
  }
}

/** The function a case asks for by its `fn`; throws when there is none of that name. */
export function functionOf<T>(table: ReadonlyMap<string, T>, name: string): T {
  const found = table.get(name);
  if (!found) throw new Error(`malformed: no function ${name}; there are ${[...table.keys()].join(', ')}`);
  return found;
}

/** An operation of a script, `["record", 3, 1.5]` or a bare `"finish"`: its name and its numbers. */
export function operationOf(written: unknown): { readonly name: string; readonly numbers: readonly number[] } {
  const [name, ...numbers] = Array.isArray(written) ? written : [written];
  if (typeof name !== 'string' || !numbers.every((one) => typeof one === 'number'))
    throw new Error(`malformed: operation ${JSON.stringify(written)}`);
  return { name, numbers };
}

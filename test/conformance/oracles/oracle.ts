/**
 * An oracle as its file gives it, read and checked: parameters, the words that say how to express them in the scenario
 * language, what is expected and how sure one must be. Its own file because every other part reads a case through it.
 */
import { CaseFields } from '../caseFields.js';
import type { ConformanceCase } from '../contract.js';

export interface Oracle {
  readonly id: string;
  /** Family and mapping: where the words of the mapping are looked for ("concurrency c", "balancer random"). */
  readonly words: string;
  readonly parameters: CaseFields;
  /** Metric -> number, list of numbers or numbers by name. */
  readonly expected: Readonly<Record<string, unknown>>;
  readonly replicationCount: number;
  /** Per replication, the deleted tenth included; null where something else sets the length. */
  readonly requestCount: number | null;
  /** The 95% half width may be so large a share of the value; null where the case names another rule. */
  readonly relPrecision: number | null;
  readonly note: string;
  readonly acceptance: string;
}

/** Whether a case is an oracle: neutral parameters, and words on how to express them. */
export function isOracle(vector: ConformanceCase): boolean {
  return isObject(vector['parameters']) && typeof vector['mapping'] === 'string' && isObject(vector['expected']);
}

/** @throws Error naming the field that is not as it should be */
export function readOracle(vector: ConformanceCase): Oracle {
  const fields = new CaseFields(vector, 'case');
  const run = new CaseFields(vector['run'] ?? {}, 'run');
  return {
    id: fields.text('id'),
    words: `${fields.text('family', '')}; ${fields.text('mapping')}`,
    parameters: fields.fields('parameters'),
    expected: Object.fromEntries(
      fields
        .fields('expected')
        .names()
        .map((name) => [name, objectOf(vector)[name]]),
    ),
    replicationCount: run.number('replications', 30),
    requestCount: run.number('requests_per_replication', null),
    relPrecision: fields.number('rel_precision', null),
    note: fields.text('note', ''),
    acceptance: fields.text('acceptance', ''),
  };
}

/** Every number of a value by its path: `W`, `utilisation[2]`, `utilisation.booking`. @throws Error for other leaves */
export function leavesOf(value: unknown, path: string): readonly (readonly [path: string, value: number])[] {
  if (typeof value === 'number') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((one, index) => leavesOf(one, `${path}[${index}]`));
  if (!isObject(value)) throw new Error(`malformed: ${path} is no number`);
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, `${path}.${name}`));
}

function objectOf(vector: ConformanceCase): Readonly<Record<string, unknown>> {
  return vector['expected'] as Readonly<Record<string, unknown>>; // `fields` above has looked.
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

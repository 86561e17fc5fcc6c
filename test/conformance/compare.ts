/**
 * Comparing an outcome with a case's expectation: every leaf that is expected, exactly, unless the case allows a
 * tolerance. What the outcome has beyond the expectation is not looked at.
 */
import type { Failure } from './contract.js';

/** How far a number may be off: for a named field an absolute amount, for all of them `relative` to the expectation. */
export type CaseTolerance = ReadonlyMap<string, number>;

/** Reads a case's `tolerance`; throws when it is no map of names to numbers of 0 or more. */
export function readTolerance(written: unknown): CaseTolerance {
  if (written === undefined || written === null) return new Map();
  if (typeof written !== 'object' || Array.isArray(written)) throw new Error('malformed: tolerance is no object');
  const tolerance = new Map<string, number>(Object.entries(written));
  for (const [name, amount] of tolerance)
    if (typeof amount !== 'number' || !(amount >= 0)) throw new Error(`malformed: tolerance.${name} is no amount`);
  return tolerance;
}

/** Every leaf of `expected` that `got` does not meet. Lists must have the same length. */
export function compareLeaves(expected: unknown, got: unknown, tolerance: CaseTolerance): readonly Failure[] {
  return differences(expected, got, { tolerance, path: '', fields: [] });
}

interface Place {
  readonly tolerance: CaseTolerance;
  readonly path: string;
  /** The names of fields on the way here, lists left out. */
  readonly fields: readonly string[];
}

function differences(expected: unknown, got: unknown, place: Place): readonly Failure[] {
  const { path, fields } = place;
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return [{ path, expected, got }];
    return expected.flatMap((one, index) => differences(one, got[index], { ...place, path: `${path}[${index}]` }));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof got !== 'object' || got === null || Array.isArray(got)) return [{ path, expected, got }];
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, Object.hasOwn(got, name) ? (got as Record<string, unknown>)[name] : undefined, {
        ...place,
        path: path === '' ? name : `${path}.${name}`,
        fields: [...fields, name],
      }),
    );
  }
  return isMet(expected, got, place) ? [] : [{ path, expected, got }];
}

function isMet(expected: unknown, got: unknown, { tolerance, fields }: Place): boolean {
  if (expected === got) return true;
  if (typeof expected !== 'number' || typeof got !== 'number') return false;
  const named = fields.map((name) => tolerance.get(name)).find((amount) => amount !== undefined);
  const relative = tolerance.get('relative');
  const allowed = named ?? (relative === undefined ? 0 : relative * Math.abs(expected));
  return Math.abs(expected - got) <= allowed;
}

/**
 * What can be wrong with one parameter of a distribution, in words that tell the mend. Shared by the families so that
 * the same mistake reads the same everywhere; each returns nothing when the parameter is right.
 */

/** `name` is the parameter as scenarios write it. */
export function notNegative(name: string, value: number): string | undefined {
  if (!Number.isFinite(value)) return `${name} must be a finite number`;
  return value < 0 ? `${name} must not be negative` : undefined;
}

export function above(name: string, value: number, limit: number): string | undefined {
  if (!Number.isFinite(value)) return `${name} must be a finite number`;
  return value > limit ? undefined : `${name} must be above ${limit}, got ${value}`;
}

/** The first that is not nothing. */
export function firstFault(...faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}

/** A quantile is asked for at a share in [0, 1]; anything else is a caller's bug. */
export function checkShare(share: number): void {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share ${share}`);
}

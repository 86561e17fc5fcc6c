/**
 * Rounding of decimal text for print, without passing through a binary float.
 *
 * Its own file because the invoice must add up: an amount is rounded once, from its exact digits, half away from zero,
 * as a person with a pencil would.
 */

/**
 * @param decimal digits, an optional fraction, an optional leading minus; no exponent
 * @param places decimals wanted, whole, >= 0
 * @returns the decimal with exactly so many places; text of another form comes back as it is
 */
export function roundedDecimal(decimal: string, places: number): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  if (parts === null) return decimal;
  const [, sign = '', whole = '0', fraction = ''] = parts;
  const padded = fraction.padEnd(places + 1, '0');
  const kept = BigInt(whole + padded.slice(0, places));
  const rounded = kept + ((padded[places] ?? '0') >= '5' ? 1n : 0n);
  const digits = rounded.toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  return rounded === 0n ? text : sign + text;
}

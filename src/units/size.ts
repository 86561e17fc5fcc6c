/**
 * Sizes: `128MB` `0.5GB` `512MiB` `2GiB`. Two readers, because `MB` means two things.
 *
 * In memory `MB` and `GB` are 2^20 and 2^30 bytes, as providers and Docker mean them; for images, disks and transfer
 * they are 10^6 and 10^9. `MiB` and `GiB` are binary in both. Checked by test/units/quantities.test.ts.
 */
import { isNotFinite, notFiniteFault, type Reading, scaled, shown, splitAmount } from './number.js';

const binary: readonly (readonly [string, number])[] = [
  ['B', 1],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40],
];
const bytesInMemory: ReadonlyMap<string, number> = new Map([
  ...binary,
  ['kB', 2 ** 10],
  ['KB', 2 ** 10],
  ['MB', 2 ** 20],
  ['GB', 2 ** 30],
  ['TB', 2 ** 40],
]);
const bytesOfData: ReadonlyMap<string, number> = new Map([
  ...binary,
  ['kB', 1e3],
  ['KB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
]);
const allowed = '0MB to 8388608TB';

/** Bytes in one of each unit, as memory counts them: for ranges, where both ends mean the same thing. */
export const bytesPerUnit: ReadonlyMap<string, number> = bytesInMemory;

/** A memory size in MB of 2^20 bytes, finite, >= 0. */
export function readMemoryMb(text: string): Reading<number> {
  const bytes = readBytes(text, bytesInMemory);
  return bytes.ok ? { ok: true, value: bytes.value / 2 ** 20 } : bytes;
}

/** The size of an image, a disk or a transfer in bytes, finite, >= 0. */
export function readDataBytes(text: string): Reading<number> {
  return readBytes(text, bytesOfData);
}

function readBytes(text: string, units: ReadonlyMap<string, number>): Reading<number> {
  if (isNotFinite(text)) return notFiniteFault(text, allowed);
  const amount = splitAmount(text);
  if (!amount)
    return { ok: false, code: 'type', message: `must be a size, got ${shown(text)}`, hint: 'write as in 512MB' };
  const factor = units.get(amount.unit);
  if (factor === undefined) {
    const hint = nearestUnit(amount.unit);
    return {
      ok: false,
      code: 'unit',
      message: `must be a size with its unit, got ${shown(text)}`,
      hint: hint ? `write ${amount.digits}${hint}` : 'units of size: B kB MB GB TB KiB MiB GiB TiB',
    };
  }
  const bytes = scaled(amount.digits, factor);
  if (!Number.isFinite(bytes)) return notFiniteFault(text, allowed);
  if (amount.isNegative && bytes > 0)
    return {
      ok: false,
      code: 'range',
      message: `must be a size of at least 0MB, got ${text}`,
      hint: `allowed: ${allowed}`,
    };
  if (bytes > 2 ** 63) return { ok: false, code: 'range', message: `must be a size of at most 8388608TB, got ${text}` };
  return { ok: true, value: bytes };
}

/** `512Mi`, `512mb`, `512M` and a bare 512 each have one likely meaning. */
function nearestUnit(unit: string): string | undefined {
  if (unit === '') return 'MB';
  const letter = unit[0]!.toUpperCase();
  if (!/^[kmgt](i|b|ib)?$/i.test(unit)) return undefined;
  if (/i/i.test(unit.slice(1))) return `${letter}iB`;
  return letter === 'K' ? 'kB' : `${letter}B`;
}

/**
 * Reading what was not made for us: fields of parsed YAML and JSON whose form nobody has checked, and quantities of
 * other systems in the words of the scenario language. Its own file because every source of drafts reads so.
 */

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The value at a way of names, `undefined` where a part of it is missing. */
export function at(value: unknown, ...way: readonly string[]): unknown {
  return way.reduce<unknown>((inner, name) => fieldsOf(inner)[name], value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A name of the language: letters, digits, dashes. */
export function plainName(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  return name === '' ? 'unnamed' : name.slice(0, 60);
}

/** Leaves out what is undefined. */
export function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Kubernetes' memory (`512Mi`, `1G`, bytes) in the language's words; its Mi is our MB, as in every memory. */
export function memoryOf(written: unknown): string | undefined {
  return memoryIn(textOf(written), 1000);
}

/** Docker's memory: every unit is a power of 1024, `256M` as `256m` (docker/go-units, RAMInBytes). */
export function dockerMemory(written: unknown): string | undefined {
  return memoryIn(textOf(written)?.replace(/i?[bB]$/, ''), 1024);
}

/** @param capital what a capital letter without an i stands for a power of */
function memoryIn(text: string | undefined, capital: 1000 | 1024): string | undefined {
  const [, digits, unit = ''] = /^([\d.]+(?:[eE]\d+)?)\s*([KMGT]i?|k|m|b|g)?[bB]?$/.exec(text ?? '') ?? [];
  if (digits === undefined) return undefined;
  const powers: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };
  const power = powers[unit.charAt(0).toLowerCase()] ?? 0;
  const isDecimal = unit !== '' && unit.length === 1 && /[KMGT]/.test(unit);
  const mib = (Number(digits) * (isDecimal ? capital : 1024) ** power) / 1024 ** 2;
  return mib > 0 ? `${Number(mib.toPrecision(6))}MB` : undefined;
}

/** `500m`, `0.5`, `2` as Kubernetes and Docker write CPUs: the language's own form. */
export function cpuOf(written: unknown): string | undefined {
  const text = textOf(written);
  return text !== undefined && /^\d+(\.\d+)?m?$/.test(text) && Number.parseFloat(text) > 0 ? text : undefined;
}

export function secondsOf(written: unknown): string | undefined {
  const seconds = numberOf(written);
  return seconds === undefined || seconds < 0 ? undefined : `${seconds}s`;
}

/** Docker's durations (`1m30s`, `10s`) as seconds. */
export function dockerSeconds(written: unknown): string | undefined {
  const text = textOf(written) ?? '';
  const parts = [...text.matchAll(/([\d.]+)(ms|us|h|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined;
  const each: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6 };
  return `${parts.reduce((sum, [, digits, unit]) => sum + Number(digits) * (each[unit ?? ''] ?? 0), 0)}s`;
}

const databaseImages = /(postgres|mysql|mariadb|mongo|redis|valkey|cassandra|mssql|oracle|elasticsearch|dynamodb)/i;

/** Whether an image's name is that of a database. */
export function isDatabaseImage(image: string): boolean {
  return databaseImages.test(image);
}

const runtimes: readonly (readonly [pattern: RegExp, language: string])[] = [
  [/^(provided|go)/i, 'go'],
  [/^java/i, 'java'],
  [/^python/i, 'python'],
  [/^node/i, 'javascript'],
  [/^dotnet/i, 'dotnet'],
  [/^ruby/i, 'ruby'],
];

/** A provider's runtime (`python3.12`) as a language. */
export function languageOf(runtime: string | undefined): string | undefined {
  return runtime === undefined ? undefined : runtimes.find(([pattern]) => pattern.test(runtime))?.[1];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Reading a moment: ISO 8601 (`2015-05-17T10:05:03.5Z`) and the web log's `17/May/2015:10:05:03 +0000`, both to
 * microseconds since 1970, UTC. Own arithmetic: the language's own parser takes a time without a zone for local time,
 * and a run must not depend on where it runs. A time without a zone is UTC here.
 */

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const logPattern = /^(\d{2})\/(\w{3})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-]\d{4})$/;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whole microseconds since 1970-01-01 UTC; null when `text` is no ISO 8601 date. */
export function isoToUs(text: string): number | null {
  const match = isoPattern.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  const us = momentUs({ ...date, ...time, zone });
  return us === null ? null : us + Math.round(Number(`0.${fraction || '0'}`) * 1e6);
}

/** The same of a web log's moment, without its brackets. */
export function logStampToUs(text: string): number | null {
  const match = logPattern.exec(text);
  if (match === null) return null;
  const [, day, monthName, year, hour, minute, second, zone] = match;
  const month = monthNames.indexOf(monthName!.toLowerCase()) + 1;
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  return momentUs({ year: Number(year), month, day: Number(day), ...time, zone: zone! });
}

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** `Z`, `+02`, `+0200`, `+02:00`. */
  readonly zone: string;
}

/** Null when a part is out of its range. Second 60 is let pass: logs have leap seconds. */
function momentUs({ year, month, day, hour, minute, second, zone }: Moment): number | null {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 24 || minute > 59 || second > 60) return null;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '').padEnd(4, '0');
  const zoneMinutes = sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4)));
  const minutes = daysSince1970(year, month, day) * 1440 + hour * 60 + minute - zoneMinutes;
  return (minutes * 60 + second) * 1e6;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil (years count from March). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/**
 * The scalars of the language as forms: quantities, words, switches, references.
 *
 * Its own file because each is used in a dozen places; how a quantity is read is in `units`, what the published schema
 * says of it stands here beside it.
 */
import type { CountRange } from '../units/countRange.js';
import { readCountRange } from '../units/countRange.js';
import { readDurationUs } from '../units/duration.js';
import { readMoneyPerTime, readMoneyUsd } from '../units/money.js';
import { type NumberLimits, type Reading, readNumber, shown } from '../units/number.js';
import { printDuration } from '../units/print.js';
import { readRatePerSecond } from '../units/rate.js';
import { readFactor, readShare, readVcpu } from '../units/share.js';
import { readDataBytes, readMemoryMb } from '../units/size.js';
import type { MoneyPerTime, OperationName } from './contract.js';
import { type Form, leaf, type Reference } from './form.js';
import { resolveOperation } from './names.js';
import { suggest } from './nearest.js';

/** Real microseconds; what clocks count is `clockUs`. */
export const durationUs: Form<number> = leaf(
  'a duration',
  { id: 'duration', type: 'string', description: '250us 20ms 1.5s 10m 2h 7d 1mo' },
  ({ text }) => readDurationUs(text),
);
/** Whole microseconds. */
export const clockUs: Form<number> = leaf(
  'a duration',
  { id: 'clock', type: 'string', description: '250us 20ms 1.5s 10m 2h 7d 1mo' },
  ({ text }) => mapReading(readDurationUs(text), Math.round),
);
/** Whole microseconds, > 0. */
export const positiveUs: Form<number> = leaf(
  'a duration',
  { id: 'positiveDuration', type: 'string', description: 'a duration above 0' },
  ({ text }) => above(mapReading(readDurationUs(text), Math.round), text, 'a duration above 0s'),
);
export const ratePerSecond: Form<number> = leaf(
  'a rate',
  { id: 'rate', type: 'string', description: '40/s 3000/min 90/h 2M/day 5M/mo' },
  ({ text }) => readRatePerSecond(text),
);
export const memoryMb: Form<number> = leaf(
  'a size of memory',
  { id: 'memory', type: 'string', description: '512MB 2GB, of 2^20 and 2^30 bytes' },
  ({ text }) => readMemoryMb(text),
);
export const positiveMemoryMb: Form<number> = leaf(
  'a size of memory',
  { id: 'positiveMemory', type: 'string', description: '512MB 2GB, of 2^20 and 2^30 bytes, above 0' },
  ({ text }) => readPositiveMemoryMb(text),
);
export function readPositiveMemoryMb(text: string): Reading<number> {
  return above(readMemoryMb(text), text, 'above 0MB');
}
export const dataBytes: Form<number> = leaf(
  'a size',
  { id: 'bytes', type: 'string', description: '18kB 310MB, of 10^3 and 10^6 bytes' },
  ({ text }) => readDataBytes(text),
);
export const positiveVcpu: Form<number> = leaf(
  'a number of vCPU',
  { id: 'cpu', type: ['string', 'number'], description: '250m, 0.25 or 2 vCPU, above 0' },
  ({ text }) => readPositiveVcpu(text),
);
export function readPositiveVcpu(text: string): Reading<number> {
  return above(readVcpu(text), text, 'above 0 vCPU');
}
export const share: Form<number> = leaf(
  'a share',
  { id: 'share', type: ['string', 'number'], description: '60% or 0.6' },
  ({ text }) => readShare(text),
);
export const factor: Form<number> = leaf(
  'a factor',
  { id: 'factor', type: ['string', 'number'], description: '120% or 1.2' },
  ({ text }) => readFactor(text),
);
export const moneyUsd: Form<string> = leaf(
  'an amount in USD',
  { id: 'money', type: 'string', description: '$0.20' },
  ({ text }) => readMoneyUsd(text),
);
export const moneyPerTime: Form<MoneyPerTime> = leaf(
  'an amount per time',
  { id: 'moneyPerTime', type: 'string', description: '$58/mo or $0.60/h' },
  ({ text }) => readMoneyPerTime(text),
);
export const countRange: Form<CountRange> = leaf(
  'a whole number or a range',
  { id: 'countRange', type: ['integer', 'string'], description: '10, 2..20, or 2.. without an upper end' },
  ({ text }) => readCountRange(text),
);
export const words: Form<string> = leaf('text', { type: ['string', 'number', 'boolean'] }, ({ text }) =>
  text.trim() === '' ? { ok: false, code: 'range', message: 'must not be empty text' } : { ok: true, value: text },
);
export const flag: Form<boolean> = leaf('true or false', { type: 'boolean' }, ({ text }) => {
  if (text === 'true' || text === 'false') return { ok: true, value: text === 'true' };
  const guess = /^(yes|on|y|no|off|n|true|false)$/i.test(text) ? /^(yes|on|y|true)$/i.test(text) : undefined;
  const hint = guess === undefined ? undefined : `write ${guess}`;
  return { ok: false, code: 'type', message: `must be true or false, got ${shown(text)}`, ...(hint ? { hint } : {}) };
});

/** A whole number within limits, at most 2^53 - 1. */
export function whole(min: number, max: number = Number.MAX_SAFE_INTEGER): Form<number> {
  const limits: NumberLimits = { min, isWhole: true, ...(max < Number.MAX_SAFE_INTEGER ? { max } : {}) };
  return leaf(
    'a whole number',
    { type: 'integer', minimum: min, ...(limits.max ? { maximum: max } : {}) },
    ({ text }) => readNumber(text, limits),
  );
}

/** A finite number within limits. */
export function real(limits: NumberLimits): Form<number> {
  const { min, max, isAbove, isBelow } = limits;
  const schema = {
    type: 'number',
    ...(min === undefined ? {} : { [isAbove ? 'exclusiveMinimum' : 'minimum']: min }),
    ...(max === undefined ? {} : { [isBelow ? 'exclusiveMaximum' : 'maximum']: max }),
  };
  return leaf('a number', schema, ({ text }) => readNumber(text, limits));
}

/** One of a few words that the language itself defines. */
export function oneOf<const Words extends readonly string[]>(...allowed: Words): Form<Words[number]> {
  return leaf(`one of ${allowed.join(', ')}`, { type: 'string', enum: [...allowed] }, ({ text }) =>
    allowed.includes(text)
      ? { ok: true, value: text }
      : {
          ok: false,
          code: 'type',
          message: `must be one of ${allowed.join(', ')}, got ${shown(text)}`,
          hint: suggest(text, allowed),
        },
  );
}

/** `service.operation` that the scenario has. */
export const operationName: Form<OperationName> = leaf(
  'service.operation',
  { id: 'operationName', type: 'string', description: 'service.operation' },
  ({ text }, { names }) => {
    const found = resolveOperation(text, names);
    if ('name' in found) return { ok: true, value: found.name };
    return { ok: false, code: 'type', rule: 'reference', ...found };
  },
);

/** A name that stands elsewhere in the scenario. */
export function nameOf({ kind, known }: Reference, wildcard?: string): Form<string> {
  return leaf(`the name of a ${kind}`, { type: 'string' }, ({ text }, { names }) => {
    const all = [...known(names)];
    if (text === wildcard || all.includes(text)) return { ok: true, value: text };
    const message = `names no ${kind}: ${JSON.stringify(text.slice(0, 80))}`;
    return { ok: false, code: 'type', rule: 'reference', message, hint: suggest(text, all) };
  });
}
export const aService: Reference = { kind: 'service', known: ({ operations }) => operations.keys() };
export const aDatabase: Reference = { kind: 'database', known: ({ databases }) => databases };
export const aQueue: Reference = { kind: 'queue', known: ({ queues }) => queues };
export const aPlatform: Reference = { kind: 'platform', known: ({ platforms }) => platforms };

/** A moment of the run: at or after its end nothing would come of it. */
export const momentUs: Form<number> = leaf(
  'a duration',
  { id: 'moment', type: 'string', description: 'time since the beginning of the warm-up' },
  ({ text }, { names }) => {
    const reading = mapReading(readDurationUs(text), Math.round);
    if (!reading.ok || reading.value < names.endUs) return reading;
    const hint = `warm-up and duration end at ${printDuration(names.endUs)}`;
    return { ok: false, code: 'range', message: `must be before the end of the run, got ${text}`, hint };
  },
);

function mapReading(reading: Reading<number>, change: (value: number) => number): Reading<number> {
  return reading.ok ? { ok: true, value: change(reading.value) } : reading;
}

function above(reading: Reading<number>, text: string, allowed: string): Reading<number> {
  if (!reading.ok || reading.value > 0) return reading;
  return { ok: false, code: 'range', message: `must be ${allowed}, got ${text}` };
}

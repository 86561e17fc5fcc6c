/**
 * `traffic`: who visits, when, and how patiently. Also the timeouts and retries that calls share with visitors.
 *
 * Its own file as the section is its own page of the language. What an arrival process does is in `workload`.
 */

import { choice } from './choice.js';
import type { ArrivalsSpec, EntrySpec, ProfilePoint, RetriesSpec, TimeoutSpec, TrafficSpec } from './contract.js';
import { distribution, gap } from './distributions.js';
import {
  clockUs,
  dataBytes,
  flag,
  oneOf,
  operationName,
  positiveUs,
  ratePerSecond,
  real,
  share,
  whole,
  words,
} from './fields.js';
import { defined, type Form, leaf, list, mapping, named, only, pair } from './form.js';
import { refuse } from './refuse.js';

/** `timeout: DIST`, or in full. */
export const timeout: Form<TimeoutSpec> = choice({
  noun: 'a duration, a distribution or {after, while, cancels}',
  text: distribution.transform((after): TimeoutSpec => ({ after, isWhileQueued: false, cancels: false })),
  maps: {
    after: mapping({
      after: distribution,
      while: oneOf('queued', 'anywhere').exactOptional(),
      cancels: flag.exactOptional(),
    }).transform(
      (full): TimeoutSpec => ({
        after: full.after,
        isWhileQueued: full.while === 'queued',
        cancels: full.cancels ?? false,
      }),
    ),
  },
  otherwise: distribution.transform((after): TimeoutSpec => ({ after, isWhileQueued: false, cancels: false })),
});

export const retries: Form<RetriesSpec> = mapping({
  attempts: whole(0, 1000).exactOptional(),
  backoff: clockUs.exactOptional(),
  jitter: share.exactOptional(),
}).transform(({ attempts = 0, backoff = 100_000, jitter = 0 }) => ({ attempts, backoffUs: backoff, jitter }));

/** A whole number, or `{geometric: N}`: 1, 2, 3 … with mean N. */
export function count(fewest: number): Form<number | { readonly geometricMean: number }> {
  return choice({
    noun: 'a whole number or {geometric: N}',
    text: whole(fewest),
    maps: {
      geometric: only('geometric', real({ min: 1 })).transform((geometricMean) => ({ geometricMean })),
    },
  });
}

const profile: Form<ProfilePoint[]> = list(pair(clockUs, ratePerSecond), 1).transform((points, context) => {
  points.forEach(([atUs], index) => {
    if (index > 0 && atUs < points[index - 1]![0])
      refuse(context, { rule: 'range', message: 'must not be before the point above it', path: [index, 0] });
  });
  return points.map(([atUs, perSecond]) => ({ atUs, ratePerSecond: perSecond }));
});

const poisson: Form<ArrivalsSpec> = choice({
  noun: 'a rate or {rate, profile, period}',
  text: ratePerSecond.transform((perSecond): ArrivalsSpec => ({ kind: 'poisson', ratePerSecond: perSecond })),
  maps: {
    rate: mapping({ rate: ratePerSecond }).transform(
      ({ rate }): ArrivalsSpec => ({ kind: 'poisson', ratePerSecond: rate }),
    ),
    profile: mapping({ profile, period: positiveUs.exactOptional() }).transform((full, context): ArrivalsSpec => {
      const periodUs = full.period ?? null;
      const lastUs = full.profile.at(-1)?.atUs ?? 0;
      if (periodUs !== null && lastUs > periodUs)
        return refuse(context, { rule: 'range', message: 'must not be before the last point', path: ['period'] });
      return { kind: 'poisson-profile', profile: full.profile, periodUs };
    }),
  },
});

interface TraceFile {
  readonly traceFile: string;
  readonly traceText: string;
}
const traceFile: Form<TraceFile> = leaf('the name of a file', { type: 'string' }, (node, { readFile }) => {
  const file = readFile(node);
  return file.ok ? { ok: true, value: { traceFile: file.value.file, traceText: file.value.text } } : file;
});
const traceDefaults = { kind: 'trace', format: null, column: null, speed: 1, repeats: false, spread: 'even' } as const;
const trace: Form<ArrivalsSpec> = choice({
  noun: 'a file or {file, format, column, speed, repeat, spread}',
  text: traceFile.transform((file): ArrivalsSpec => ({ ...traceDefaults, ...file })),
  otherwise: mapping({
    file: traceFile,
    format: oneOf('timestamps', 'counts', 'access-log', 'azure-2019', 'azure-2021').exactOptional(),
    column: words.exactOptional(),
    speed: real({ min: 0, isAbove: true }).exactOptional(),
    repeat: flag.exactOptional(),
    spread: oneOf('even', 'poisson').exactOptional(),
  }).transform(
    ({ file, repeat = false, ...rest }): ArrivalsSpec => ({ ...traceDefaults, ...file, ...rest, repeats: repeat }),
  ),
});

const burstyStates = list(mapping({ rate: ratePerSecond, lasts: gap }), 1).transform((states) =>
  states.map(({ rate, lasts }) => ({ ratePerSecond: rate, lasts })),
);

export const arrivals: Form<ArrivalsSpec> = choice({
  noun: 'a way to arrive',
  maps: {
    poisson: only('poisson', poisson),
    constant: only('constant', ratePerSecond).transform(
      (perSecond): ArrivalsSpec => ({ kind: 'constant', ratePerSecond: perSecond }),
    ),
    renewal: only('renewal', gap).transform((each): ArrivalsSpec => ({ kind: 'renewal', gap: each })),
    bursty: only('bursty', mapping({ states: burstyStates })).transform(
      ({ states }): ArrivalsSpec => ({ kind: 'bursty', states }),
    ),
    batch: only('batch', mapping({ every: gap, size: count(1) })).transform(
      ({ every, size }): ArrivalsSpec => ({ kind: 'batch', every, size }),
    ),
    closed: only('closed', mapping({ users: whole(1), think: distribution })).transform(
      ({ users, think }): ArrivalsSpec => ({ kind: 'closed', users, think }),
    ),
    trace: only('trace', trace),
    none: only('none', mapping({})).transform((): ArrivalsSpec => ({ kind: 'none' })),
  },
});

const entries: Form<EntrySpec[]> = choice({
  noun: 'service.operation, or a mapping from method and path to it',
  text: operationName.transform((target): EntrySpec[] => [{ pattern: null, target }]),
  otherwise: named(operationName).transform((rows, context): EntrySpec[] => {
    if (rows.length === 0) return refuse(context, { rule: 'missing', message: 'names no entry' });
    const patterns = rows.filter(({ name }) => name !== 'else');
    const others = rows.filter(({ name }) => name === 'else');
    return [
      ...patterns.map(({ name, value }) => ({ pattern: name, target: value })),
      ...others.map(({ value }) => ({ pattern: null, target: value })),
    ];
  }),
});

/** Relative weights; scaled to a mean of 1 later, so not all may be 0. */
function factors(length: number): Form<number[]> {
  return list(real({ min: 0 }), length, length).transform((values, context) =>
    values.some((value) => value > 0) ? values : refuse(context, { rule: 'range', message: 'must not be all 0' }),
  );
}

export const traffic: Form<TrafficSpec[]> = named(
  mapping({
    entry: entries,
    arrivals,
    timeout: timeout.exactOptional(),
    retries: retries.exactOptional(),
    client: distribution.exactOptional(),
    bytes: mapping({ in: dataBytes.exactOptional(), out: dataBytes.exactOptional() }).exactOptional(),
    counted: flag.exactOptional(),
    daily: factors(24).exactOptional(),
    weekly: factors(7).exactOptional(),
    key: mapping({ customers: whole(1), zipf: real({ min: 0 }).exactOptional() }).exactOptional(),
  }),
).transform((sources, context): TrafficSpec[] => {
  if (sources.length === 0) {
    const hint = 'for a run without visitors write arrivals: {none: {}}';
    return refuse(context, { rule: 'missing', message: 'names no source', hint });
  }
  return sources.map(({ name, value }) => {
    if (value.entry.some(({ pattern }) => pattern !== null) && value.arrivals.kind !== 'trace')
      refuse(context, { rule: 'conflict', message: 'by path needs arrivals: {trace: ...}', path: [name, 'entry'] });
    return {
      name,
      entries: value.entry,
      arrivals: value.arrivals,
      timeout: value.timeout ?? null,
      retries: value.retries ?? null,
      ...defined({ client: value.client }),
      bytes: { inBytes: value.bytes?.in ?? 1_000, outBytes: value.bytes?.out ?? 4_000 },
      isCounted: value.counted ?? true,
      daily: value.daily ?? null,
      weekly: value.weekly ?? null,
      key: value.key ? { customers: value.key.customers, zipf: value.key.zipf ?? 0 } : null,
    };
  });
});

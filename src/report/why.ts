/**
 * Why: the worst minutes of a comparison, each told as a short story from the timeline and the event log: what arrived,
 * who was not answered, who waited, and what had just happened.
 *
 * Its own file because the page and the terminal tell the same stories. A minute is bad by the visitors it failed and
 * by how much slower it was than the platform's usual one. Checked by test/report/why.test.ts on minutes made by hand.
 */
import type { Comparison, EventRow, PlatformResult, Timeline } from '../experiment/contract.js';
import { clockLabel } from './charts/ticks.js';
import { counted, figure, listNames, shortName } from './figures.js';

export interface Story {
  /** Place of the platform. */
  readonly platform: number;
  readonly platformTitle: string;
  readonly fromS: number;
  readonly toS: number;
  /** `18:45`, by the scenario's clock. */
  readonly clock: string;
  readonly headline: string;
  readonly sentences: readonly string[];
}

export interface Minute {
  readonly fromS: number;
  readonly toS: number;
  /** Windows of the timeline, from and up to. */
  readonly first: number;
  readonly end: number;
  readonly offered: number;
  readonly failed: number;
  readonly rejected: number;
  readonly timedOut: number;
  readonly p99Ms: number | null;
}

/** Before the minute, what may have caused it; after it, what answered it. */
const lookBackS = 180;
const lookAheadS = 120;
/** A minute this many times as slow as the usual one is worth a story. */
const leastSlowness = 1.5;
const minuteS = 60;
/** Two bad minutes of one platform nearer than this are one story. */
const oneStoryS = 600;

/** The worst minutes of all platforms, worst first; several of one platform only where there are few platforms. */
export function worstMinutes(comparison: Comparison, count = 3): readonly Story[] {
  const candidates = comparison.platforms.flatMap((platform, index) =>
    platform.timeline === null ? [] : scored(platform.timeline).map((one) => ({ ...one, platform, index })),
  );
  candidates.sort((a, b) => b.score - a.score || a.index - b.index || a.minute.fromS - b.minute.fromS);
  const perPlatform = Math.ceil(count / Math.max(1, new Set(candidates.map(({ index }) => index)).size));
  const chosen: typeof candidates = [];
  for (const one of candidates) {
    const own = chosen.filter(({ index }) => index === one.index);
    if (chosen.length === count || own.length >= perPlatform) continue;
    if (own.some(({ minute }) => Math.abs(minute.fromS - one.minute.fromS) < oneStoryS)) continue;
    chosen.push(one);
  }
  return chosen.map(({ platform, index, minute, usualMs, usualPerS }) =>
    tell(comparison, platform, { index, minute, usualMs, usualPerS }),
  );
}

/** A service's name as the scenario titles it, short enough for a sentence. */
type Titled = (service: string) => string;

interface Scored {
  readonly minute: Minute;
  readonly score: number;
  readonly usualMs: number | null;
  readonly usualPerS: number;
}

/** Minutes of the measured time that stand out, with how bad each is, in visitors. */
function scored(timeline: Timeline): readonly Scored[] {
  const minutes = minutesOf(timeline);
  const usualMs = median(minutes.flatMap(({ p99Ms }) => (p99Ms === null ? [] : [p99Ms])));
  const usualPerS = median(minutes.map(({ offered, fromS, toS }) => offered / (toS - fromS))) ?? 0;
  return minutes.flatMap((minute) => {
    const lost = minute.failed + minute.rejected + minute.timedOut;
    const slowness = usualMs && minute.p99Ms !== null ? minute.p99Ms / usualMs : 1;
    const isSlow = slowness >= leastSlowness;
    if (lost === 0 && !isSlow) return [];
    // Of the visitors of a slow minute one in a hundred waited that long; twice as long counts for one of them.
    const score = lost + (isSlow ? (minute.offered / 100) * Math.log2(slowness) : 0);
    return [{ minute, score, usualMs, usualPerS }];
  });
}

/** The measured time of a platform, minute by minute. */
export function minutesOf(timeline: Timeline): readonly Minute[] {
  const { startsS, lengthsS, firstMeasuredIndex } = timeline;
  const valuesOf = (metric: string): readonly (number | null)[] =>
    timeline.series.find((one) => one.scope === 'platform' && one.metric === metric)?.values ?? [];
  const metrics = ['requests_offered', 'requests_failed', 'requests_rejected', 'requests_timed_out'].map(valuesOf);
  const p99 = valuesOf('latency_p99');
  const minutes: Minute[] = [];
  let first = firstMeasuredIndex;
  while (first < startsS.length) {
    const fromS = startsS[first] ?? 0;
    let end = first + 1;
    while (end < startsS.length && (startsS[end] ?? 0) < fromS + minuteS - 1e-9) end++;
    const sum = (values: readonly (number | null)[]): number =>
      values.slice(first, end).reduce((total: number, value) => total + (value ?? 0), 0);
    const [offered = 0, failed = 0, rejected = 0, timedOut = 0] = metrics.map(sum);
    const known = p99.slice(first, end).flatMap((value) => (value === null ? [] : [value]));
    const toS = (startsS[end - 1] ?? 0) + (lengthsS[end - 1] ?? 0);
    const p99Ms = known.length === 0 ? null : Math.max(...known);
    minutes.push({ fromS, toS, first, end, offered, failed, rejected, timedOut, p99Ms });
    first = end;
  }
  return minutes;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

type Told = Omit<Scored, 'score'> & { readonly index: number };

function tell({ run }: Comparison, platform: PlatformResult, { index, minute, usualMs, usualPerS }: Told): Story {
  const all = platform.events?.rows ?? [];
  const rows = all.filter(
    (row) => (row.tS >= minute.fromS - lookBackS && row.tS < minute.toS + lookAheadS) || isInForce(row, minute, all),
  );
  const at = (tS: number): string => clockLabel(run.starts, tS);
  const titled: Titled = (name) => shortName(platform.services.find((one) => one.name === name)?.title ?? name, 40);
  const causes = causeSentences(rows, at, titled);
  const clock = at(minute.fromS);
  // Windows longer than a minute are told as what they are.
  const when = minute.toS - minute.fromS > 1.5 * minuteS ? `${clock} to ${at(minute.toS)}` : clock;
  const name = shortName(platform.title, 40);
  return {
    platform: index,
    platformTitle: platform.title,
    fromS: minute.fromS,
    toS: minute.toS,
    clock,
    headline: `${when} on ${name}: ${headlineOf(minute, usualMs)}`,
    sentences: [
      arrivedSentence(minute, usualPerS),
      ...lostSentence(minute),
      ...waitedSentence(platform, minute, titled),
      ...causes,
      ...(causes.length === 0 ? ['The event log has nothing within three minutes before: chance, or load alone.'] : []),
      ...startedSentences(rows, at, titled),
    ],
  };
}

/** Whether the row is of a fault that struck long before the minute and is over only after its beginning. */
function isInForce({ kind, tS, service, detail }: EventRow, { fromS }: Minute, all: readonly EventRow[]): boolean {
  const ends = (row: EventRow): boolean =>
    row.kind === 'fault-over' && row.service === service && row.detail === detail;
  return kind === 'fault' && tS < fromS && all.some((row) => ends(row) && row.tS >= fromS);
}

function headlineOf({ failed, rejected, timedOut, p99Ms }: Minute, usualMs: number | null): string {
  const lost = failed + rejected + timedOut;
  const visitors = `${counted(lost, 'visitor was', 'visitors were')} not answered well`;
  if (p99Ms === null || usualMs === null) return visitors;
  const slow = `p99 ${figure(p99Ms, 'ms')}, ${figure(p99Ms / usualMs, '1')} times the usual`;
  if (lost === 0) return slow;
  return p99Ms / usualMs < leastSlowness ? visitors : `${visitors}; ${slow}`;
}

function arrivedSentence({ offered, fromS, toS }: Minute, usualPerS: number): string {
  const perS = offered / (toS - fromS);
  return `${counted(offered, 'visitor')} came, ${figure(perS, '1/s')}${besideUsual(perS, usualPerS)}.`;
}

/** A minute within a tenth of the usual one is as usual: no reader asks for its third digit. */
function besideUsual(perS: number, usualPerS: number): string {
  if (usualPerS <= 0) return '';
  const times = perS / usualPerS;
  return times > 0.9 && times < 1.1 ? ', as usual' : `, ${figure(times, '1')} times the usual`;
}

function lostSentence({ failed, rejected, timedOut, p99Ms }: Minute): string[] {
  const kinds = [
    [failed, 'got an error'],
    [rejected, 'were refused'],
    [timedOut, 'gave up waiting'],
  ] as const;
  const told = kinds.filter(([count]) => count > 0).map(([count, words]) => `${figure(count, '1')} ${words}`);
  return told.length === 0 ? [lateSentence(p99Ms)] : [`${sentence(listNames(told))}.`];
}

function lateSentence(p99Ms: number | null): string {
  if (p99Ms === null) return 'Everybody was answered.';
  return `Everybody was answered; one in a hundred waited ${figure(p99Ms, 'ms')} or more.`;
}

/** The service in whose line most stood, and where most environments were started. */
function waitedSentence({ timeline }: PlatformResult, { first, end }: Minute, titled: Titled): string[] {
  const most = (metric: string): { readonly name: string; readonly value: number } | null => {
    let best: { readonly name: string; readonly value: number } | null = null;
    for (const series of timeline?.series ?? []) {
      if (series.scope !== 'service' || series.metric !== metric) continue;
      const value = Math.max(0, ...series.values.slice(first, end).map((one) => one ?? 0));
      if (value > (best?.value ?? 0)) best = { name: series.name, value };
    }
    return best;
  };
  const queue = most('queue_mean');
  const cold = most('cold_starts');
  return [
    ...(queue !== null && queue.value >= 0.05
      ? [`The longest line was at ${titled(queue.name)}: ${figure(queue.value, '1')} waiting on average.`]
      : []),
    ...(cold === null
      ? []
      : [`${titled(cold.name)} started cold for ${counted(cold.value, 'request')} in one window.`]),
  ];
}

const causeWords: readonly (readonly [RegExp, string])[] = [
  [/^fault$/, 'a fault struck'],
  [/^fault-over$/, 'a fault was over'],
  [/^release-begins|^release$/, 'a release began'],
  [/^release-aborted|^rollback/, 'a release was taken back'],
  [/^crash$/, 'an instance crashed'],
  [/^oom|^memory/, 'an instance ran out of memory'],
  [/^scale-out/, 'the scaler asked for more'],
  [/^scale-in/, 'the scaler asked for fewer'],
  [/^node-booting/, 'a node was added'],
  [/^pending/, 'an instance found no room'],
];

/** The first event of each kind, in order of time, with how often it came and what the scaler saw. */
function causeSentences(rows: readonly EventRow[], at: (tS: number) => string, titled: Titled): string[] {
  const first = new Map<string, { readonly row: EventRow; readonly words: string; count: number }>();
  for (const row of rows) {
    const words = causeWords.find(([kind]) => kind.test(row.kind))?.[1];
    if (words === undefined) continue;
    const key = `${words} ${row.service}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, { row, words, count: 1 });
    else known.count++;
  }
  return [...first.values()].slice(0, 6).map(({ row, words, count }) => {
    const where = row.service === '' ? '' : ` at ${titled(row.service)}`;
    const told = detailOf(row, rows);
    const detail = told === '' ? '' : ` (${shortName(told, 120)})`;
    const more = count > 1 ? `, ${count} times in all` : '';
    return `${at(row.tS)}: ${words}${where}${detail}${more}.`;
  });
}

/** What the log says beside the kind: not the name of the fault again, no version twice, no loss of nothing. */
function detailOf({ kind, detail }: EventRow, rows: readonly EventRow[]): string {
  const faults = kind.startsWith('fault') ? [] : rows.filter((row) => row.kind === 'fault').map((row) => row.detail);
  return detail
    .split('; ')
    .filter((part) => !faults.includes(part) && part !== '0 requests lost')
    .join('; ')
    .replace(/^(.*\b(\S+)): \2$/, '$1');
}

/** How long instances took from being wanted to being ready, by service. */
function startedSentences(rows: readonly EventRow[], at: (tS: number) => string, titled: Titled): string[] {
  const wanted = new Map<string, number>();
  const took = new Map<string, { seconds: number[]; readyS: number }>();
  for (const { tS, kind, service, instance } of rows) {
    const key = `${service} ${instance}`;
    if (kind === 'requested' || (kind === 'starting' && !wanted.has(key))) wanted.set(key, tS);
    const from = wanted.get(key);
    if (kind !== 'ready' || from === undefined) continue;
    const known = took.get(service) ?? { seconds: [], readyS: tS };
    known.seconds.push(tS - from);
    known.readyS = tS;
    took.set(service, known);
  }
  return [...took].slice(0, 3).map(([service, { seconds, readyS }]) => {
    const many = seconds.length === 1 ? 'One instance' : `${figure(seconds.length, '1')} instances`;
    const middle = median(seconds) ?? 0;
    const time = middle < 1 ? figure(middle * 1000, 'ms') : figure(middle, 's');
    const last = `, the last at ${at(readyS)}`;
    return `${many} of ${titled(service)} started, ready ${time} after being wanted${last}.`;
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

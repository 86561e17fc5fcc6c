/** The worst minutes told as stories: chosen by what they cost visitors, explained by what the event log says. */
import { expect, test } from 'vitest';
import type { EventRow, PlatformResult, Timeline, TimelineSeries } from '../../src/experiment/contract.js';
import { worstMinutes } from '../../src/report/why.js';
import { movieComparison } from './fixtures/comparison.js';

const windowCount = 60;
/** An hour of minutes: 600 visitors each at a p99 of 100 ms, save what is said. */
function hour(changes: Readonly<Record<string, Readonly<Record<number, number>>>>): Timeline {
  const usual: Record<string, number> = {
    requests_offered: 600,
    requests_failed: 0,
    requests_rejected: 0,
    requests_timed_out: 0,
    latency_p99: 100,
  };
  const series = Object.entries(usual).map(
    ([metric, value]): TimelineSeries => ({
      scope: 'platform',
      name: '',
      metric,
      unit: '1',
      values: Array.from({ length: windowCount }, (_, window) => changes[metric]?.[window] ?? value),
    }),
  );
  return {
    replication: 1,
    windowMs: 60_000,
    firstMeasuredIndex: 0,
    startsS: Array.from({ length: windowCount }, (_, window) => 60 * window),
    lengthsS: Array.from({ length: windowCount }, () => 60),
    series,
  };
}

const base = movieComparison({ platformCount: 1 });
const told = (timeline: Timeline, rows: readonly EventRow[] = []) => {
  const platform: PlatformResult = {
    ...base.platforms[0]!,
    timeline,
    events: { replication: 1, rows, omittedCount: 0 },
  };
  return worstMinutes({ ...base, platforms: [platform] });
};

test('a quiet hour has no story', () => expect(told(hour({}))).toEqual([]));

test('the worst minute is the one that cost most visitors; its neighbours are the same story', () => {
  const stories = told(hour({ requests_failed: { 20: 30, 21: 90, 22: 10 }, latency_p99: { 50: 400 } }));
  expect(stories.map(({ fromS }) => fromS)).toEqual([21 * 60, 50 * 60]);
  expect(stories[0]?.headline).toContain('90 visitors were not answered well');
  expect(stories[1]?.headline).toContain('p99 400\u00a0ms, 4 times the usual');
});

test('a story names what struck shortly before, what the scaler asked for, and how long starting took', () => {
  const row = (tS: number, kind: string, instance: number | null, detail = ''): EventRow => {
    return { tS, kind, service: 'movie', instance, detail };
  };
  const rows = [
    row(100, 'scale-out', null, 'long before'),
    row(1190, 'fault', null, 'crash movie'),
    row(1215, 'scale-out', null, 'cpu 0.92 of 0.7: 3 wanted'),
    row(1215, 'requested', 4),
    row(1263, 'ready', 4),
  ];
  const [story] = told(hour({ requests_rejected: { 20: 5 } }), rows);
  const text = story?.sentences.join(' ') ?? '';
  expect(text).toContain('5 were refused');
  expect(text).toContain('a fault struck at MovieService (crash movie)');
  expect(text).toContain('the scaler asked for more at MovieService (cpu 0.92 of 0.7: 3 wanted)');
  expect(text).toContain('One instance of MovieService started, ready 48\u00a0s after being wanted');
  expect(text).not.toContain('long before');
});

test('a story counts as people count, names services by their titles, and says nothing twice', () => {
  const row = (kind: string, detail: string): EventRow => ({ tS: 1190, kind, service: 'movie', instance: 0, detail });
  const quiet = hour({ latency_p99: { 20: 400 } });
  const cold: TimelineSeries = {
    scope: 'service',
    name: 'movie',
    metric: 'cold_starts',
    unit: '1',
    values: quiet.startsS.map((_, window) => (window === 20 ? 1 : 0)),
  };
  const rows = [
    row('fault', 'crash movie'),
    row('crash', 'crash movie; 0 requests lost'),
    row('release-begins', 'movie v2: v2'),
  ];
  const [story] = told({ ...quiet, series: [...quiet.series, cold] }, rows);
  expect(story?.sentences).toEqual([
    '600 visitors came, 10/s, as usual.',
    'Everybody was answered; one in a hundred waited 400\u00a0ms or more.',
    'MovieService started cold for 1 request in one window.',
    '18:19: a fault struck at MovieService (crash movie).',
    '18:19: an instance crashed at MovieService.',
    '18:19: a release began at MovieService (movie v2).',
  ]);
});

test('a fault that struck long before and lasts is told, and when it was over; its account is no second fault', () => {
  const row = (tS: number, kind: string, detail = 'hang movie'): EventRow => ({
    tS,
    kind,
    service: 'movie',
    instance: null,
    detail,
  });
  const rows = [row(300, 'fault'), row(1300, 'fault-over'), row(1310, 'fault-total', 'hang movie: 9 requests lost')];
  const [story] = told(hour({ requests_timed_out: { 20: 30 } }), rows);
  const causes = story?.sentences.filter((sentence) => sentence.includes('fault'));
  expect(causes).toEqual([
    '18:05: a fault struck at MovieService (hang movie).',
    '18:21: a fault was over at MovieService (hang movie).',
  ]);
});

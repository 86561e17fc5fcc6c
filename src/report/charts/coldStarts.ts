/**
 * Cold starts: of the calls on each platform, the share for which an environment was started, and the share that waited
 * for one still starting. Its own file because it stands under the latencies, as what their tails are often made of.
 */

import type { Comparison } from '../../experiment/contract.js';
import { figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import type { Bar, ChartDescription, Panel, Segment } from './contract.js';
import { namesAxis, zeroAxis } from './ticks.js';

interface Counted {
  readonly title: string;
  readonly colour: number;
  readonly startedCount: number;
  readonly startedShare: number;
  readonly joinedShare: number;
  readonly joinedCount: number;
  readonly interval: readonly [number, number] | null;
}

/** Platforms that never start cold have an empty bar; when none does the chart is a sentence. */
export function coldStarts(comparison: Comparison): ChartDescription {
  const counted = comparison.platforms.map(({ title, metrics }, index): Counted => {
    const started = metrics['cold_starts']?.mean ?? 0;
    const share = metrics['cold_start_ratio']?.mean ?? 0;
    const joined = metrics['cold_waits']?.mean ?? 0;
    return {
      title,
      colour: colourPlace(comparison.platforms, index),
      startedCount: started,
      startedShare: share,
      joinedCount: joined,
      // Both are of the same calls: how many there were follows from the first.
      joinedShare: started > 0 && share > 0 ? (joined * share) / started : 0,
      interval: metrics['cold_start_ratio']?.ci ?? null,
    };
  });
  const isWarm = counted.every(({ startedShare, startedCount }) => startedShare === 0 && startedCount === 0);
  return {
    name: 'cold-starts',
    title: 'Share of calls that met a cold start',
    caption: isWarm ? 'No cold starts: every instance was already running.' : caption(counted),
    reading:
      'One bar a platform, of all its calls. Full: an environment was started for it. Dotted: it waited for one.',
    empty: isWarm ? 'No cold starts: every instance was already running.' : null,
    panels: isWarm ? [] : [panel(counted)],
    table: {
      columns: ['platform', 'cold starts', 'share of calls', 'interval low', 'interval high', 'joined one starting'],
      rows: counted.map(({ title, startedCount, startedShare, interval, joinedCount }) => [
        title,
        startedCount,
        startedShare,
        interval?.[0] ?? null,
        interval?.[1] ?? null,
        joinedCount,
      ]),
      note: null,
    },
  };
}

function panel(counted: readonly Counted[]): Panel {
  const bars = counted.map(({ title, colour, startedShare, joinedShare }): Bar => {
    const segments = [
      { label: 'started', value: startedShare, pattern: 'plain', isBeside: false },
      { label: 'waited for one', value: joinedShare, pattern: 'waiting', isBeside: false },
    ] as const satisfies readonly Segment[];
    return {
      label: shortName(title, 24),
      platform: colour,
      segments: segments.filter(({ value }) => value > 0),
      ghost: 0,
    };
  });
  const longest = Math.max(...counted.map(({ startedShare, joinedShare }) => startedShare + joinedShare));
  return {
    title: '',
    platform: null,
    heightPx: 90 + 32 * bars.length,
    x: zeroAxis('x', 'share of calls', 'share', longest * 1.08, 6),
    ys: [namesAxis(bars.map(({ label }) => label))],
    series: [],
    bars,
    regions: [],
    marks: [],
  };
}

function times(count: number): string {
  const text = figure(count, '1');
  return text === '1' ? 'once' : `${text} times`;
}

function caption(counted: readonly Counted[]): string {
  const most = counted.reduce((a, b) => (b.startedShare > a.startedShare ? b : a));
  const warmCount = counted.filter(({ startedCount }) => startedCount === 0).length;
  const never =
    warmCount === 0
      ? 'every platform does'
      : `${warmCount} of ${counted.length} ${warmCount === 1 ? 'platforms never does' : 'platforms never do'}`;
  return (
    `${shortName(most.title, 40)} starts cold most often, for ${figure(most.startedShare, 'share')} of its calls ` +
    `(${times(most.startedCount)} in a replication); ${never}.`
  );
}

/**
 * What became of the visitors over time: the share that failed, was refused or gave up, one row a platform that lost
 * any.
 */

import type { Comparison, PlatformResult } from '../../experiment/contract.js';
import { figure, listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import type { ChartDescription, Series } from './contract.js';
import { eventMarks, saidOnce } from './eventMarks.js';
import { highestPoint, measured, type PlatformDay, platformDay } from './platformDay.js';
import { type Point, thinned } from './thinning.js';
import { clockLabel, quietAxis, timeAxis, zeroAxis } from './ticks.js';

const bucketCount = 300;

interface Row {
  readonly platform: PlatformResult;
  readonly index: number;
  readonly colour: number;
  readonly day: PlatformDay;
  readonly worst: readonly [number, number];
}

/** Platforms that answered every visitor of the measured time have no row; the caption names them. */
export function outcomesOverTime(comparison: Comparison): ChartDescription {
  const recorded = comparison.platforms.flatMap((platform, index): Row[] => {
    const day = platformDay(platform);
    return day === null
      ? []
      : [
          {
            platform,
            index,
            colour: colourPlace(comparison.platforms, index),
            day,
            worst: highestPoint(measured(day, day.unansweredShare)) ?? [0, 0],
          },
        ];
  });
  const rows = recorded.filter(({ worst }) => worst[1] > 0);
  const clean = recorded.filter(({ worst }) => worst[1] === 0).map(({ platform }) => shortName(platform.title, 40));
  const fromS = Math.min(...recorded.map(({ day }) => day.fromS));
  const toS = Math.max(...recorded.map(({ day }) => day.toS));
  const most = Math.max(0, ...rows.map(({ day }) => highestPoint(day.unansweredShare)?.[1] ?? 0));
  const time = timeAxis(comparison.run, fromS, toS);
  const firstMarks = rows[0] === undefined ? [] : eventMarks(rows[0].platform, rows[0].index);
  return {
    name: 'outcomes-over-time',
    title: 'Visitors who were not answered well',
    caption: caption(comparison, recorded, rows, clean),
    reading:
      'One row a platform that lost visitors; share of the visitors of each window, stacked: failed (solid), ' +
      'refused (dashed edge), gave up (dotted edge). The rest was answered well.',
    empty:
      recorded.length === 0
        ? 'There is no timeline to draw: none was recorded.'
        : rows.length === 0
          ? 'Nothing to draw: every visitor of the measured time was answered well, on every platform.'
          : null,
    panels: rows.map((row, place) => ({
      title: shortName(row.platform.title, 60),
      platform: row.colour,
      heightPx: place === rows.length - 1 ? 128 : 84,
      x: place === rows.length - 1 ? time : quietAxis(time),
      ys: [zeroAxis('y', 'share', 'share', most, 2)],
      series: stacked(row.day),
      bars: [],
      regions:
        row.day.measuredFromS > fromS
          ? [{ axis: 'x', from: fromS, to: row.day.measuredFromS, label: 'warm-up', role: 'warm-up' as const }]
          : [],
      marks: place === 0 ? firstMarks : saidOnce(eventMarks(row.platform, row.index), firstMarks),
    })),
    table: {
      columns: ['platform', 'time', 'failed (share)', 'refused (share)', 'gave up (share)'],
      rows: rows.flatMap((row) => tableRows(comparison, row)),
      note: 'Windows in which every visitor was answered well are left out.',
    },
  };
}

function tableRows({ run }: Comparison, { platform, day }: Row): (string | number | null)[][] {
  return day.unansweredShare.flatMap(([atS, share], index) => {
    if (share === null || share === 0) return [];
    const parts = [day.failedShare, day.rejectedShare, day.timedOutShare];
    return [[platform.title, clockLabel(run.starts, atS), ...parts.map((part) => part[index]?.[1] ?? null)]];
  });
}

function caption(
  comparison: Comparison,
  recorded: readonly Row[],
  rows: readonly Row[],
  clean: readonly string[],
): string {
  if (recorded.length === 0) return 'No timeline was recorded.';
  if (rows.length === 0) return 'Every visitor of the measured time was answered well, on every platform.';
  const worst = rows.reduce((a, b) => (b.worst[1] > a.worst[1] ? b : a));
  const others = clean.length === 0 ? 'no platform answered everybody' : `${listNames(clean)} answered everybody`;
  return (
    `The worst window is on ${shortName(worst.platform.title, 40)} at ` +
    `${clockLabel(comparison.run.starts, worst.worst[0])}: ` +
    `${figure(worst.worst[1], 'share')} of its visitors were not answered well; ${others}.`
  );
}

/** Drawn from the back: the sum of all three, then of the first two, then failures alone. */
function stacked(day: PlatformDay): Series[] {
  const sum = (...parts: (readonly Point[])[]): Point[] =>
    day.unansweredShare.map(([x, all], index) => [
      x,
      all === null ? null : parts.reduce((total, part) => total + (part[index]?.[1] ?? 0), 0),
    ]);
  const series = (label: string, role: Series['role'], points: readonly Point[]): Series => ({
    label,
    role,
    form: 'area',
    axis: 'y',
    points: withoutGround(thinned(points, bucketCount)),
    intervals: null,
    isLabelled: false,
  });
  return [
    series('gave up', 'error-timed-out', sum(day.failedShare, day.rejectedShare, day.timedOutShare)),
    series('refused', 'error-rejected', sum(day.failedShare, day.rejectedShare)),
    series('failed', 'error', sum(day.failedShare)),
  ];
}

/** Zeros between zeros are no points, so that no line runs along the ground; five significant digits are enough. */
function withoutGround(points: readonly Point[]): Point[] {
  return points.map(([x, y], index) => {
    const isLost = (neighbour: Point | undefined): boolean => (neighbour?.[1] ?? 0) > 0;
    const isGround = y === 0 && !isLost(points[index - 1]) && !isLost(points[index + 1]);
    return [x, y === null || isGround ? null : Number(y.toPrecision(5))];
  });
}

/**
 * The day: visitors, instances and p99 over time, one row a platform on one time axis.
 *
 * Rows share their axes, so that they can be compared by eye; only when the fleets differ more than eightfold has each
 * row an instance axis of its own, and the chart says so.
 */

import type { Comparison, PlatformResult } from '../../experiment/contract.js';
import { counted, figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import type { Axis, ChartDescription, ChartTable, Panel, Series } from './contract.js';
import { eventMarks, leastLagS, saidOnce } from './eventMarks.js';
import { highestPoint, measured, type PlatformDay, platformDay } from './platformDay.js';
import { type Point, thinned } from './thinning.js';
import { clockLabel, decadesOnly, logAxis, quietAxis, timeAxis, zeroAxis } from './ticks.js';

const bucketCount = 400;
const tableRowsPerPlatform = 60;

interface Row {
  readonly platform: PlatformResult;
  readonly index: number;
  readonly colour: number;
  readonly day: PlatformDay;
  readonly mostInstances: number;
}

/** @param comparison any; without a single timeline the chart is a sentence. */
export function loadAndInstances(comparison: Comparison): ChartDescription {
  const rows = comparison.platforms.flatMap((platform, index): Row[] => {
    const day = platformDay(platform);
    return day === null
      ? []
      : [
          {
            platform,
            index,
            colour: colourPlace(comparison.platforms, index),
            day,
            mostInstances: highestPoint(day.instances)?.[1] ?? 0,
          },
        ];
  });
  const fleets = rows.map((row) => row.mostInstances).filter((count) => count > 0);
  const isShared = fleets.length === 0 || Math.max(...fleets) <= 8 * Math.min(...fleets);
  const hasVisitors = rows.some(({ day }) => (highestPoint(day.visitorsPerSecond)?.[1] ?? 0) > 0);
  return {
    name: 'load-and-instances',
    title: 'The day: visitors, instances and the slowest hundredth',
    caption: rows.length === 0 ? 'No timeline was recorded.' : caption(comparison, rows, hasVisitors),
    reading:
      'One row a platform. Above: p99 of each window on a logarithmic axis. Below: instances as steps, ' +
      'in front of visitors/s in grey. Red strip at the foot: share of visitors not answered well. ' +
      'Shaded at the left: warm-up, not measured. Marks at the foot lead to the log: releases, faults, crashes, and ' +
      `scale-outs that took ${leastLagS} s or longer.${isShared ? '' : ' Instance axes differ from row to row.'}`,
    empty: rows.length === 0 ? 'There is no timeline to draw: none was recorded.' : null,
    panels: panels(comparison, rows, isShared),
    table: table(comparison, rows),
  };
}

function caption(comparison: Comparison, rows: readonly Row[], hasVisitors: boolean): string {
  if (!hasVisitors) return 'Nobody came: what is drawn is what stands ready.';
  const load = rows.reduce<readonly [number, number]>(
    (most, { day }) => {
      const point = highestPoint(measured(day, day.visitorsPerSecond));
      return point !== null && point[1] > most[1] ? point : most;
    },
    [0, 0],
  );
  const bySize = [...rows].sort((a, b) => a.mostInstances - b.mostInstances);
  const smallest = bySize[0];
  const largest = bySize[bySize.length - 1];
  const worst = rows
    .map((row) => ({ row, point: highestPoint(measured(row.day, row.day.latencyP99Ms)) }))
    .reduce((a, b) => ((b.point?.[1] ?? -1) > (a.point?.[1] ?? -1) ? b : a));
  const name = (row: Row | undefined): string => shortName(row?.platform.title ?? '', 40);
  const fleet =
    largest === smallest
      ? `${name(largest)} has at most ${fleetSize(largest)}`
      : figure(smallest?.mostInstances, '1') === figure(largest?.mostInstances, '1')
        ? `${rows.length === 2 ? 'both' : `all ${rows.length}`} have at most ${fleetSize(largest)}`
        : `fleets grow to between ${fleetSize(smallest)} (${name(smallest)}) and ` +
          `${figure(largest?.mostInstances, '1')} (${name(largest)})`;
  const slow =
    worst.point === null
      ? ''
      : `; the slowest window is on ${name(worst.row)} at ${clockLabel(comparison.run.starts, worst.point[0])}, ` +
        `with a p99 of ${figure(worst.point[1], 'ms')}`;
  return (
    `Visitors peak at ${figure(load[1], '1/s')} (${clockLabel(comparison.run.starts, load[0])}); ` + `${fleet}${slow}.`
  );
}

function fleetSize(row: Row | undefined): string {
  return counted(row?.mostInstances ?? 0, 'instance');
}

function panels(comparison: Comparison, rows: readonly Row[], isShared: boolean): Panel[] {
  const fromS = Math.min(...rows.map(({ day }) => day.fromS));
  const toS = Math.max(...rows.map(({ day }) => day.toS));
  const mostLoad = Math.max(...rows.map(({ day }) => highestPoint(day.visitorsPerSecond)?.[1] ?? 0));
  const mostInstances = Math.max(...rows.map((row) => row.mostInstances));
  const latencies = rows.flatMap(({ day }) =>
    day.latencyP99Ms.flatMap(([, ms]) => (ms !== null && ms > 0 ? [ms] : [])),
  );
  const latency =
    latencies.length === 0
      ? null
      : decadesOnly(logAxis('latency', 'p99, ms', 'ms', lowestOf(latencies), highestOf(latencies)));
  const time = timeAxis(comparison.run, fromS, toS);
  const firstMarks = rows[0] === undefined ? [] : eventMarks(rows[0].platform, rows[0].index);
  return rows.map((row, place): Panel => {
    const isLast = place === rows.length - 1;
    const instances = zeroAxis('instances', 'instances', '1', isShared ? mostInstances : row.mostInstances, 3);
    // The highest label would touch the lowest of the pane above.
    const ticks = latency === null ? instances.ticks : instances.ticks.filter(({ value }) => value < instances.max);
    const load: Axis = { ...zeroAxis('load', '', '1/s', mostLoad), weight: 0 };
    const errors: Axis = { ...zeroAxis('errors', '', 'share', 1), weight: 0 };
    return {
      title: shortName(row.platform.title, 60),
      platform: row.colour,
      heightPx: isLast ? 204 : 160,
      x: isLast ? time : quietAxis(time),
      ys: [...(latency === null ? [] : [latency]), { ...instances, ticks, weight: 1.4 }, load, errors],
      series: series(row, latency !== null),
      bars: [],
      regions:
        row.day.measuredFromS > fromS
          ? [{ axis: 'x', from: fromS, to: row.day.measuredFromS, label: 'warm-up', role: 'warm-up' }]
          : [],
      marks: place === 0 ? firstMarks : saidOnce(eventMarks(row.platform, row.index), firstMarks),
    };
  });
}

function series({ colour, day }: Row, hasLatency: boolean): Series[] {
  const base = { intervals: null, isLabelled: false };
  const drawn: Series[] = [
    { ...base, label: 'visitors', role: 'load', form: 'area', axis: 'load', points: brief(day.visitorsPerSecond) },
    { ...base, label: 'instances', role: colour, form: 'step', axis: 'instances', points: brief(day.instances) },
    {
      ...base,
      label: 'not answered well',
      role: 'error',
      form: 'strip',
      axis: 'errors',
      points: brief(day.unansweredShare),
    },
  ];
  if (hasLatency)
    drawn.push({
      ...base,
      label: 'p99',
      role: 'quiet',
      form: 'line',
      axis: 'latency',
      points: brief(day.latencyP99Ms),
    });
  return drawn;
}

/** Thinned, and cut to five significant digits: a pixel shows fewer. */
function brief(points: readonly Point[]): readonly Point[] {
  return thinned(points, bucketCount).map(([x, y]) => [x, y === null ? null : Number(y.toPrecision(5))]);
}

function table(comparison: Comparison, rows: readonly Row[]): ChartTable {
  const windowCount = rows[0]?.day.instances.length ?? 0;
  const perRow = Math.max(1, Math.ceil(windowCount / tableRowsPerPlatform));
  const cells = rows.flatMap(({ platform, day }) => {
    const lines: (string | number | null)[][] = [];
    for (let from = 0; from < day.instances.length; from += perRow) {
      const part = (points: readonly Point[]): readonly Point[] => points.slice(from, from + perRow);
      lines.push([
        platform.title,
        clockLabel(comparison.run.starts, day.instances[from]?.[0] ?? 0),
        meanOf(part(day.visitorsPerSecond)),
        meanOf(part(day.instances)),
        highestPoint(part(day.latencyP99Ms))?.[1] ?? null,
        highestPoint(part(day.unansweredShare))?.[1] ?? null,
      ]);
    }
    return lines;
  });
  return {
    columns: ['platform', 'time', 'visitors (1/s)', 'instances', 'p99 (ms)', 'not answered well (share)'],
    rows: cells,
    note:
      perRow === 1
        ? null
        : `Each row covers ${perRow} windows: means, and for p99 and errors the worst. timeline.csv has every window.`,
  };
}

function meanOf(points: readonly Point[]): number | null {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function lowestOf(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value));
}

function highestOf(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value));
}

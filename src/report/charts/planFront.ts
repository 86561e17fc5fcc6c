/**
 * Cost against p99 latency of every candidate of a plan: what misses, what meets, the front that nothing beats on both,
 * and the winner. Its own file: its dots are settings, where a comparison's are platforms. Checked by
 * test/report/sweepCharts.test.ts.
 */
import type { PlanResult } from '../../experiment/planDocument.js';
import type { Candidate } from '../../experiment/planSpace.js';
import { paretoFront, rejectionOf } from '../../experiment/planWords.js';
import { counted, figure } from '../figures.js';
import { floorUsd } from './cheapest.js';
import type { ChartDescription, Series } from './contract.js';
import { logAxis } from './ticks.js';

const room = 1.3;

export function planFront(result: PlanResult): ChartDescription {
  const { space, found } = result;
  const { winner, candidates } = found;
  const dots = candidates.flatMap((candidate) => dotOf(candidate) ?? []);
  const front = paretoFront(found);
  const won = dots.find(({ candidate }) => candidate === winner);
  const best = won
    ? `The winner costs ${figure(won.cost, costUnit(winner))} with a p99 of ${figure(won.p99, 'ms')}. `
    : '';
  const axis = { cost: dots.map(({ cost }) => cost), p99: dots.map(({ p99 }) => p99) };
  return {
    name: 'cost-against-latency',
    title: 'Every candidate: cost against latency',
    caption: `${best}Nothing is cheaper and faster than ${front.length} of ${counted(candidates.length, 'candidate')}.`,
    reading: 'To the left is cheaper, below is faster; grey ones miss an objective or are in doubt. Logarithmic axes.',
    empty: dots.length === 0 ? 'No candidate was answered and billed.' : null,
    panels:
      dots.length === 0
        ? []
        : [
            {
              title: '',
              platform: null,
              heightPx: 420,
              x: logAxis(
                'x',
                `${space.minimise === 'cost_month' ? 'US dollars a month' : space.minimise} (log)`,
                costUnit(winner),
                low(axis.cost),
                high(axis.cost),
              ),
              ys: [logAxis('y', 'p99 latency, ms (log)', 'ms', low(axis.p99), high(axis.p99))],
              series: seriesOf(result, dots, front),
              bars: [],
              regions: [],
              marks: [],
            },
          ],
    table: {
      columns: [
        'platform',
        ...space.varied.map(({ path }) => path),
        space.minimise,
        'p99 (ms)',
        'on the front',
        'why not',
      ],
      rows: dots.map(({ candidate, cost, p99 }) => [
        candidate.platform,
        ...candidate.settings.map(({ value }) => value),
        cost,
        p99,
        front.includes(candidate) ? 'yes' : 'no',
        rejectionOf(space, found, candidate) || 'the winner',
      ]),
      note: null,
    },
  };
}

interface Dot {
  readonly candidate: Candidate;
  readonly cost: number;
  readonly p99: number;
}

function dotOf(candidate: Candidate): Dot | null {
  const p99 = candidate.result?.metrics['latency_p99']?.mean;
  return candidate.cost && p99 ? { candidate, cost: Math.max(floorUsd, candidate.cost.mean), p99 } : null;
}

function seriesOf({ found: { winner } }: PlanResult, dots: readonly Dot[], front: readonly Candidate[]): Series[] {
  const points = (list: readonly Dot[]): (readonly [number, number])[] => list.map(({ cost, p99 }) => [cost, p99]);
  const base = { axis: 'y', intervals: null, isLabelled: false } as const;
  const isMeeting = ({ candidate }: Dot): boolean => candidate.standing === 'meets';
  const won = dots.filter(({ candidate }) => candidate === winner);
  const onFront = front.flatMap((candidate) => dots.find((dot) => dot.candidate === candidate) ?? []);
  const all: Series[] = [
    { ...base, label: 'nothing is cheaper and faster', role: 'front', form: 'line', points: points(onFront) },
    {
      ...base,
      label: 'misses, or is in doubt',
      role: 'quiet',
      form: 'points',
      points: points(dots.filter((dot) => !isMeeting(dot))),
    },
    { ...base, label: 'meets', role: 'load', form: 'points', points: points(dots.filter(isMeeting)) },
    { ...base, label: 'the winner', role: 0, form: 'points', points: points(won), isLabelled: true },
  ];
  return all.filter((series) => series.points.length > 0);
}

function costUnit(winner: Candidate | null): string {
  return winner?.cost?.unit ?? 'USD';
}

function low(values: readonly number[]): number {
  return Math.min(...values) / room;
}

function high(values: readonly number[]): number {
  return Math.max(...values) * room;
}

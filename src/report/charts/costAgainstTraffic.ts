/**
 * What a month costs at other traffic, one curve a platform on logarithmic axes: who is cheapest where, and where
 * they cross.
 */

import type { Comparison } from '../../experiment/contract.js';
import { figure, listNames, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type CheapestRange, type CostLine, cheapestRanges, floorUsd } from './cheapest.js';
import type { ChartDescription, Panel, Series } from './contract.js';
import { inPanels, mostLabelled } from './crowds.js';
import { logAxis } from './ticks.js';

/**
 * Platforms without a cost curve have no line. Costs below a cent are drawn at a cent: a logarithmic axis has no
 * zero.
 */
export function costAgainstTraffic(comparison: Comparison): ChartDescription {
  const curves = comparison.platforms.flatMap(({ title, costCurve }, index): Curve[] => {
    const points = costCurve?.points.filter(({ requestsPerMonth }) => requestsPerMonth > 0) ?? [];
    const colour = colourPlace(comparison.platforms, index);
    return points.length === 0 ? [] : [{ title: shortName(title, 40), colour, points }];
  });
  const known = comparison.platforms.find(({ costCurve }) => costCurve !== null)?.costCurve;
  const today = known?.todayRequestsPerMonth ?? 0;
  const ranges = cheapestRanges(curves);
  const basis = known === undefined || known === null ? '' : `${known.basis} `;
  return {
    name: 'cost-against-traffic',
    title: 'Traffic against cost',
    caption: curves.length === 0 ? 'No cost curve was made.' : caption(ranges, today),
    reading:
      `${basis}Both axes are logarithmic; what costs a cent or less is drawn at the foot. ` +
      'Rings: where the cheapest changes.',
    empty: curves.length === 0 ? 'There is no cost curve: none was asked for.' : null,
    panels: inPanels(curves, (group) => panel(group, { curves, ranges, today })),
    table: {
      columns: ['platform', 'requests a month', 'cost a month (USD)'],
      rows: curves.flatMap(({ title, points }) => points.map((p) => [title, p.requestsPerMonth, p.costMonthUsd])),
      note: null,
    },
  };
}

interface Curve extends CostLine {
  readonly colour: number;
}

interface Whole {
  readonly curves: readonly Curve[];
  readonly ranges: readonly CheapestRange[];
  readonly today: number;
}

/** Axes, crossings and today's traffic are of all curves, in every panel. */
function panel(group: readonly Curve[], { curves, ranges, today }: Whole): Panel {
  const costs = curves.flatMap(({ points }) => points.map(({ costMonthUsd }) => Math.max(floorUsd, costMonthUsd)));
  const traffics = curves.flatMap(({ points }) => points.map(({ requestsPerMonth }) => requestsPerMonth));
  const [least, most] = [Math.min(...traffics), Math.max(...traffics)];
  const x = logAxis('x', 'requests a month (log)', '1', least, most);
  const y = logAxis('y', 'US dollars a month (log)', 'USD', Math.min(...costs), Math.max(...costs));
  const atFloor = y.ticks.map((tick) => (tick.value === floorUsd ? { ...tick, label: '≤ $0.01' } : tick));
  const words = `this scenario: ${figure(today, '1')}`;
  return {
    title: '',
    platform: null,
    heightPx: 420,
    x: least < most ? { ...x, min: least, max: most } : x,
    ys: [{ ...y, ticks: atFloor }],
    series: [
      ...group.map(
        ({ title, colour, points }): Series => ({
          label: shortName(title, 24),
          role: colour,
          form: 'line',
          axis: 'y',
          points: points.map((point) => [point.requestsPerMonth, Math.max(floorUsd, point.costMonthUsd)]),
          intervals: null,
          isLabelled: curves.length <= mostLabelled,
        }),
      ),
      ...ranges.slice(0, -1).map(crossing),
    ],
    bars: [],
    regions: [],
    marks: today > 0 ? [{ axis: 'x', at: today, label: words, role: 'today' }] : [],
  };
}

/** Where one range of the cheapest ends and the next begins: a ring, with the traffic beside it. */
function crossing({ toRequests, costUsdAtEnd }: CheapestRange): Series {
  return {
    label: figure(toRequests, '1'),
    role: 'quiet',
    form: 'points',
    axis: 'y',
    points: [[toRequests, Math.max(floorUsd, costUsdAtEnd)]],
    intervals: null,
    isLabelled: true,
  };
}

function caption(ranges: readonly CheapestRange[], today: number): string {
  const named = ranges.map(({ names, isFree, fromRequests, toRequests }, position) => {
    const bound =
      ranges.length === 1
        ? 'at any traffic drawn'
        : position === ranges.length - 1
          ? `above ${figure(fromRequests, '1')}`
          : `up to ${figure(toRequests, '1')}`;
    const who = names.length > 3 ? `${names.length} platforms` : listNames(names);
    if (isFree) return `${who} ${names.length === 1 ? 'costs' : 'cost'} nothing ${bound} requests a month`;
    return `${who} ${names.length === 1 ? 'is' : 'are'} cheapest ${bound}`;
  });
  const here = ranges.find(({ fromRequests, toRequests }) => today >= fromRequests && today <= toRequests);
  const now =
    here === undefined || today <= 0
      ? ''
      : ` This scenario (${figure(today, '1')}) lies with ${listNames(here.names.slice(0, 3))}.`;
  const text = named
    .join('; ')
    .replace('nothing at any traffic drawn requests a month', 'nothing at any traffic drawn');
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.${now}`;
}

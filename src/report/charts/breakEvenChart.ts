/**
 * Cost against what was varied, for the two platforms of a break-even, on logarithmic axes with the crossings marked.
 * Its own file: it draws another question than a comparison's charts, and is not among them.
 */
import type { BreakEvenResult } from '../../experiment/breakEvenDocument.js';
import { breakEvenWords, crossingWords, valueWords } from '../breakEvenWords.js';
import { shortName } from '../figures.js';
import { floorUsd } from './cheapest.js';
import type { ChartDescription, Panel, Series } from './contract.js';
import { logAxis } from './ticks.js';

export function breakEvenChart(result: BreakEvenResult): ChartDescription {
  const { question, found } = result;
  const { axis, between } = question;
  const sentences = found.crossings.map((crossing) => `${crossingWords(question, crossing)}.`);
  const valueTitle = axis.vary === 'traffic' ? 'requests a second' : `${axis.vary} (${axis.unit})`;
  return {
    name: 'break-even',
    title: `Break-even of ${shortName(between[0], 30)} and ${shortName(between[1], 30)}`,
    caption: [breakEvenWords(result), ...sentences].join(' '),
    reading:
      'Each point is one short run. Both axes are logarithmic; what costs a cent or less is drawn at the foot; ' +
      'a line ends where its platform no longer serves the traffic.',
    empty: found.points.length === 0 ? 'Nothing could be simulated in this range.' : null,
    panels: found.points.length === 0 ? [] : [panel(result, valueTitle)],
    table: {
      columns: [valueTitle, ...between.map((name) => `${name} (USD a month)`), 'served by both'],
      rows: found.points.map(({ value, costsUsd, isServed }) => [value, ...costsUsd, isServed ? 'yes' : 'no']),
      note: null,
    },
  };
}

function panel({ question: { axis, between }, found: { points, crossings } }: BreakEvenResult, title: string): Panel {
  const costs = points.flatMap(({ costsUsd }) => costsUsd.map((usd) => Math.max(floorUsd, usd)));
  const x = logAxis('x', `${title} (log)`, '1', axis.low, axis.high);
  const y = logAxis('y', 'US dollars a month (log)', 'USD', Math.min(...costs), Math.max(...costs));
  const atFloor = y.ticks.map((tick) => (tick.value === floorUsd ? { ...tick, label: '≤ $0.01' } : tick));
  return {
    title: '',
    platform: null,
    heightPx: 420,
    x: { ...x, min: axis.low, max: axis.high },
    ys: [{ ...y, ticks: atFloor }],
    series: between.map(
      (name, side): Series => ({
        label: shortName(name, 24),
        role: side,
        form: 'line',
        axis: 'y',
        points: points
          .filter(({ isServed }) => isServed)
          .map(({ value, costsUsd }) => [value, Math.max(floorUsd, costsUsd[side]!)]),
        intervals: null,
        isLabelled: true,
      }),
    ),
    bars: [],
    regions: [],
    marks: crossings.map(({ value }) => ({ axis: 'x', at: value, label: valueWords(axis, value), role: 'limit' })),
  };
}

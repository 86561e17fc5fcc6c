/** What a break-even found, in sentences. Its own file: the terminal and the chart say the same. */
import type { BreakEvenResult } from '../experiment/breakEvenDocument.js';
import type { BreakEvenQuestion, Crossing } from '../experiment/breakEvenSearch.js';
import { figure } from './figures.js';

const secondsPerMonth = 2_628_000;

/** `lambda and fargate cost the same once between 1/s and 1000/s.` */
export function breakEvenWords({ question: { axis, between }, found }: BreakEvenResult): string {
  const subject = `${between[0]} and ${between[1]}`;
  const bounds = `between ${valueWords(axis, axis.low)} and ${valueWords(axis, axis.high)}`;
  const { length } = found.crossings;
  if (length > 0) return `${subject} cost the same ${length === 1 ? 'once' : `${length} times`} ${bounds}.`;
  const known = found.points.filter(({ isServed }) => isServed);
  if (known.length === 0) return `${subject} have no cost to compare ${bounds}.`;
  const sides = new Set(known.map(({ costsUsd: [first, second] }) => Math.sign(second - first)).filter(Boolean));
  const [side] = sides;
  if (side === undefined) return `${subject} cost the same everywhere ${bounds}.`;
  return `${subject} nowhere cost the same ${bounds}: ${between[side > 0 ? 0 : 1]} is cheaper throughout.`;
}

/** `lambda is cheaper below 18.5/s, fargate above.` */
export function crossingVerdict({ axis }: BreakEvenQuestion, crossing: Crossing): string {
  const { value, cheaperBelow, cheaperAbove } = crossing;
  const at = axis.vary === 'traffic' ? `${figure(value, '1')} requests/s` : valueWords(axis, value);
  return `${cheaperBelow} is cheaper below ${at}, ${cheaperAbove} above.`;
}

/** `18.5/s [18.1, 18.9], 48.6M a month: lambda is cheaper below, fargate above; $402 a month`. */
export function crossingWords({ axis }: BreakEvenQuestion, crossing: Crossing): string {
  const { value, ci, cheaperBelow, cheaperAbove, costMonthUsd } = crossing;
  const interval = ci ? ` [${ci.map((end) => figure(end, '1')).join(', ')}]` : '';
  const month = axis.vary === 'traffic' ? `, ${figure(value * secondsPerMonth, '1')} requests a month` : '';
  const sides = `${cheaperBelow} is cheaper below, ${cheaperAbove} above`;
  return `${valueWords(axis, value)}${interval}${month}: ${sides}; both cost ${figure(costMonthUsd, 'USD')} a month`;
}

/** A value of the axis with its unit: `62.7/s`, `1 024MB`. */
export function valueWords({ vary, unit }: BreakEvenQuestion['axis'], value: number): string {
  return vary === 'traffic' ? `${figure(value, '1')}/s` : `${figure(value, '1')}${unit}`;
}

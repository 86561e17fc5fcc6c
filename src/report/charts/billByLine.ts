/**
 * The month's bill, one stacked bar a platform: what was bought, line by line, and which part of it paid for idling
 * or for waiting. Drawn from the invoice lines, so that the bar is as long as the bill.
 */

import type { BillResult, Comparison } from '../../experiment/contract.js';
import { figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import type { Bar, ChartDescription, Panel, Segment } from './contract.js';
import { namesAxis, zeroAxis } from './ticks.js';

/** Lines of the same name are one run of segments, whichever service they are for; order is the invoice's. */
export function billByLine(comparison: Comparison): ChartDescription {
  const bars = comparison.platforms.map(
    ({ title, bill }, index): Bar => ({
      label: shortName(title, 24),
      platform: colourPlace(comparison.platforms, index),
      segments: segments(bill),
      ghost: bill.lines.reduce((sum, line) => sum + Number(line.grossMonthUsd) - Number(line.amountMonthUsd), 0),
    }),
  );
  const longest = Math.max(
    0,
    ...bars.map((bar) => bar.ghost + bar.segments.reduce((sum, { value }) => sum + value, 0)),
  );
  const isFree = longest === 0;
  return {
    name: 'bill-by-line',
    title: 'The bill of a month',
    caption: isFree ? 'Nothing was billed on any platform.' : caption(comparison),
    reading:
      'One bar a platform, in US dollars a month. Hatched: paid for idling. Dotted: paid while waiting for others. ' +
      'Grey: beside the compute platform (front door, database, transfer). Outline: what the free tier took off.',
    empty: isFree ? 'There is no bill to draw: nothing was billed on any platform.' : null,
    panels: isFree ? [] : [panel(bars, longest)],
    table: {
      columns: [
        'platform',
        'service',
        'part',
        'line',
        'month (USD)',
        'idle (USD)',
        'waiting (USD)',
        'without free tier (USD)',
      ],
      rows: comparison.platforms.flatMap(({ title, bill }) =>
        bill.lines.map((line) => [
          title,
          line.service,
          line.part,
          line.line,
          Number(line.amountMonthUsd),
          Number(line.idleMonthUsd),
          Number(line.waitingMonthUsd),
          Number(line.grossMonthUsd),
        ]),
      ),
      note: null,
    },
  };
}

function panel(bars: readonly Bar[], longestUsd: number): Panel {
  return {
    title: '',
    platform: null,
    heightPx: 90 + 44 * bars.length,
    x: zeroAxis('x', 'US dollars a month', 'USD', longestUsd * 1.08, 6),
    ys: [namesAxis(bars.map(({ label }) => label))],
    series: [],
    bars,
    regions: [],
    marks: [],
  };
}

function segments(bill: BillResult): Segment[] {
  const sums = new Map<string, { label: string; isBeside: boolean; plain: number; idle: number; waiting: number }>();
  for (const line of bill.lines) {
    const isBeside = line.part !== 'compute' && line.part !== 'other';
    const key = `${isBeside ? line.part : ''}/${line.line}`;
    const label = isBeside ? `${line.part}: ${line.line}` : line.line;
    const sum = sums.get(key) ?? { label, isBeside, plain: 0, idle: 0, waiting: 0 };
    const idle = Number(line.idleMonthUsd);
    const waiting = Number(line.waitingMonthUsd);
    sum.plain += Math.max(0, Number(line.amountMonthUsd) - idle - waiting);
    sum.idle += idle;
    sum.waiting += waiting;
    sums.set(key, sum);
  }
  const inOrder = [...sums.values()].sort((a, b) => Number(a.isBeside) - Number(b.isBeside));
  return inOrder.flatMap(({ label, isBeside, plain, idle, waiting }) =>
    (
      [
        { label, isBeside, value: plain, pattern: 'plain' },
        { label: `${label}, waiting`, isBeside, value: waiting, pattern: 'waiting' },
        { label: `${label}, idle`, isBeside, value: idle, pattern: 'idle' },
      ] as const
    ).filter(({ value }) => value > 0),
  );
}

function caption(comparison: Comparison): string {
  const bills = comparison.platforms.map(({ title, bill }) => {
    const monthUsd = Number(bill.monthUsd);
    const idleShare = monthUsd > 0 ? Number(bill.monthIdleUsd) / monthUsd : 0;
    return { title: shortName(title, 40), monthUsd, idleShare };
  });
  const cheapest = bills.reduce((a, b) => (b.monthUsd < a.monthUsd ? b : a));
  const dearest = bills.reduce((a, b) => (b.monthUsd > a.monthUsd ? b : a));
  const idlest = bills.reduce((a, b) => (b.idleShare > a.idleShare ? b : a));
  const range =
    figure(cheapest.monthUsd, 'USD') === figure(dearest.monthUsd, 'USD')
      ? `The month costs ${figure(cheapest.monthUsd, 'USD')}${bills.length > 1 ? ' on every platform' : ''}`
      : `The month costs from ${figure(cheapest.monthUsd, 'USD')} (${cheapest.title}) to ` +
        `${figure(dearest.monthUsd, 'USD')} (${dearest.title})`;
  if (idlest.idleShare <= 0) return `${range}; no part of it paid for idling.`;
  return `${range}; idling is ${figure(idlest.idleShare, 'share')} of the bill on ${idlest.title}.`;
}

/**
 * `requests.csv`: one row a visitor of the measured time of replication 1; only where `--requests` asked for it.
 * `request` is the name that `windtunnel trace --request` takes. Rows in the order of coming.
 * Who was still inside when the run ended is `in_flight`, without a latency.
 */
import type { Comparison, RequestRows } from '../../experiment/contract.js';
import { csvText, numberCell, textCell } from './cells.js';

export const requestsColumns = [
  'platform',
  'replication',
  'request',
  'source',
  't_s',
  'latency_ms',
  'outcome',
  'attempts',
] as const;

const outcomeNames = ['completed', 'failed', 'rejected', 'timed_out', 'in_flight'];
const inFlight = outcomeNames.length - 1;

export function requestsCsv(comparison: Comparison): string {
  return csvText(
    requestsColumns,
    comparison.platforms.flatMap(({ name, requests }) => (requests ? rowsOf(textCell(name), requests) : [])),
  );
}

function rowsOf(platform: string, { sourceNames, columns }: RequestRows): string[][] {
  const { source, number, beganUs, endedUs, outcome, attemptCount } = columns;
  const order = source.map((_, place) => place);
  order.sort((a, b) => (beganUs[a] ?? 0) - (beganUs[b] ?? 0) || (source[a] ?? 0) - (source[b] ?? 0) || a - b);
  return order.map((place) => {
    const name = sourceNames[source[place] ?? 0] ?? '';
    const began = beganUs[place] ?? 0;
    return [
      platform,
      '1',
      textCell(`${name}/${number[place]}`),
      textCell(name),
      numberCell(began / 1e6),
      outcome[place] === inFlight ? '' : numberCell(((endedUs[place] ?? 0) - began) / 1000),
      outcomeNames[outcome[place] ?? 0] ?? '',
      numberCell(attemptCount[place]),
    ];
  });
}

/**
 * A trace as a person reads it in a terminal: one visitor moment by moment, or a window's events and slowest visitors.
 * Its own file because it is a table of times, not of metrics. Checked by test/cli/trace.test.ts.
 */
import type { EventRow, RequestRows, RunFacts, VisitResult, VisitSpan } from '../../experiment/contract.js';
import type { TracedBill } from '../../experiment/traceBill.js';
import { clockLabel } from '../charts/ticks.js';
import { roundedDecimal } from '../decimals.js';
import { figure } from '../figures.js';
import { countedPlainly, gridLines, plainText } from './grid.js';

interface Moment {
  readonly atMs: number;
  readonly order: number;
  readonly text: string;
}

/** The visitor's coming, every arrival, wait, start and end below him, and his leaving, in order of time. */
export function visitText(visit: VisitResult, run: Pick<RunFacts, 'starts'>): string {
  const moments: Moment[] = [];
  const add = (atMs: number, text: string, order = moments.length): void => {
    moments.push({ atMs, order, text });
  };
  add(0, `visitor ${visit.source}/${visit.number} comes`);
  for (const span of visit.spans) {
    const told = momentsOf(span);
    // Of what happens at one instant ends come first, the innermost before its caller's.
    for (const [place, [atMs, text]] of told.entries())
      if (place === told.length - 1 && span.endedMs > span.beganMs) add(atMs, text, -1 - span.depth);
      else add(atMs, text);
  }
  const attempts = visit.attemptCount > 1 ? ` after ${visit.attemptCount} attempts` : '';
  add(visit.latencyMs, `visitor leaves: ${visit.outcome.replace('_', ' ')}${attempts}`, Number.MAX_SAFE_INTEGER);
  moments.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  const width = Math.max(...moments.map(({ atMs }) => timeText(atMs).length));
  const name = `${visit.source}/${visit.number}`;
  const came = clockLabel(run.starts, visit.beganS);
  return [
    ` ${plainText(name)}  came at ${came} (${visit.beganS} s)  ${figureText(visit.latencyMs)}`,
    ...moments.map(({ atMs, text }) => ` ${timeText(atMs).padStart(width)}  ${plainText(text)}`),
  ].join('\n');
}

function momentsOf(span: VisitSpan): (readonly [number, string])[] {
  const { kind, title, operation, attempt, beganMs, arrivedMs, startedMs, endedMs, cold, instance, outcome } = span;
  const room = '  '.repeat(span.depth + 1);
  const name = kind === 'query' ? `query of ${title}` : `${title} ${operation}`;
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  const where = instance === null ? '' : ` on instance ${instance}`;
  const told: (readonly [number, string])[] = [[beganMs, `${room}${name} is asked${again}`]];
  if (arrivedMs !== null && arrivedMs > beganMs) told.push([arrivedMs, `${room}${name} arrives`]);
  if (startedMs !== null && arrivedMs !== null) {
    const waited = startedMs - arrivedMs;
    const why = { warm: 'in line', started: 'for a cold start', joined: 'for one that was starting' }[cold];
    const wait = waited > 0 ? ` after ${figureText(waited)} ${why}` : '';
    told.push([startedMs, `${room}${name} starts${where}${wait}`]);
  }
  const cpu = span.cpuMs > 0 ? `, ${figureText(span.cpuMs)} of CPU` : '';
  told.push([endedMs, `${room}${name}: ${outcome.replace('_', ' ')}${cpu}`]);
  return told;
}

/** What it cost, line by line: at list prices, for allowances belong to a month. */
export function billText({ totalUsd, lines, shared }: TracedBill, whose: 'visitor' | 'window'): string {
  const others = shared.length === 0 ? '' : `billed by time, whoever comes: ${shared.join(', ')}`;
  if (lines.length === 0) {
    const nothing = whose === 'visitor' ? 'Nothing is billed for him alone' : 'Nothing is billed in this time';
    return ['', ` COST  ${nothing}${others === '' ? '' : `; ${others}`}.`].join('\n');
  }
  const columns = [
    { title: 'COST', align: 'left' as const },
    { title: '', align: 'right' as const },
    { title: '', align: 'left' as const },
    { title: 'USD', align: 'right' as const },
  ];
  const amount = (usd: string): string => roundedDecimal(usd, 12).replace(/(\.\d\d\d*?)0+$/, '$1');
  const rows = lines.map(({ service, line, quantity, unit, unitPriceUsd, usd }) => [
    { text: plainText(service === '' ? line : `${line} (${service})`) },
    { text: quantity.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') },
    { text: `${unit} x $${unitPriceUsd}` },
    { text: amount(usd) },
  ]);
  const total = [{ text: 'TOTAL' }, { text: '' }, { text: '' }, { text: amount(totalUsd) }];
  const table = gridLines(columns, [...rows, total], (_, text) => text);
  const note = others === '' ? [] : [` Also ${others}.`];
  return ['', ...table, ' At list prices, before allowances.', ...note].join('\n');
}

/** Rows of the event log between two moments, then the slowest visitors who came between them. */
export function windowText(options: {
  readonly fromS: number;
  readonly toS: number;
  readonly events: readonly EventRow[];
  readonly requests: RequestRows['columns'];
  readonly sourceNames: readonly string[];
}): string {
  const { fromS, toS, events, requests, sourceNames } = options;
  const { source, number, beganUs, endedUs, outcome } = requests;
  const places = beganUs.flatMap((us, place) => (us >= fromS * 1e6 && us < toS * 1e6 ? [place] : []));
  const lateness = (place: number): number => (endedUs[place] ?? 0) - (beganUs[place] ?? 0);
  const slowest = [...places].sort((a, b) => lateness(b) - lateness(a) || a - b).slice(0, 10);
  const words = ['completed', 'failed', 'rejected', 'timed out', 'still inside'];
  const counts = words.map((word, kind) => `${places.filter((place) => outcome[place] === kind).length} ${word}`);
  const rows = events.filter(({ tS }) => tS >= fromS && tS < toS);
  const shown = rows.slice(0, 500);
  return [
    ` ${countedPlainly(places.length, 'visitor')} came: ${counts.join(', ')}`,
    '',
    ...shown.map(({ tS, kind, service, instance, detail }) => {
      const where = [service, instance === null ? '' : String(instance)].filter((word) => word !== '').join('.');
      return ` ${`${tS.toFixed(3)} s`.padStart(13)}  ${plainText([kind, where, detail].filter(Boolean).join('  '))}`;
    }),
    ...(rows.length > shown.length ? [` … and ${countedPlainly(rows.length - shown.length, 'more event')}`] : []),
    ...(rows.length === 0 ? [' nothing happened but visitors'] : []),
    '',
    ' SLOWEST',
    ...slowest.map((place) => {
      const name = `${sourceNames[source[place] ?? 0]}/${number[place]}`;
      return ` ${plainText(name)}  ${figureText(lateness(place) / 1000)}  ${words[outcome[place] ?? 0]}`;
    }),
  ].join('\n');
}

function timeText(ms: number): string {
  return `${ms.toFixed(3)} ms`;
}

function figureText(ms: number): string {
  return plainText(figure(ms, 'ms'));
}

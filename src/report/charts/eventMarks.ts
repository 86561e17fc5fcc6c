/**
 * What happened, as marks on a time axis: releases, faults, crashes, and scale-outs whose instances came late.
 *
 * Its own file because two charts draw the marks and the event log must hold the rows that they lead to.
 */
import type { EventRow, PlatformResult } from '../../experiment/contract.js';
import { figure, shortName } from '../figures.js';
import type { Mark } from './contract.js';

/** A scale-out is worth a mark when its first instance was ready so much later. */
export const leastLagS = 5;
const mostMarks = 40;
/** Two of a kind nearer than this are one mark. */
const oneMarkS = 600;

/** The id of a row of the event log on the page. @param platform, row places in the result */
export function eventAnchor(platform: number, row: number): string {
  return `event-${platform}-${row}`;
}

/** Places in the log of the recorded replication that deserve a mark, with their words, in order of time. */
export function markedEvents({ events }: PlatformResult): readonly { readonly row: number; readonly label: string }[] {
  const rows = events?.rows ?? [];
  const marked: { readonly row: number; readonly label: string; readonly kind: string; readonly atS: number }[] = [];
  for (const [row, { tS, kind, service }] of rows.entries()) {
    const told = wordOf(rows, row);
    if (told === null || marked.length >= mostMarks) continue;
    const key = `${kind} ${service}`;
    const before = marked.findLast((mark) => mark.kind === key);
    if (before === undefined || tS - before.atS > oneMarkS) marked.push({ row, label: told, kind: key, atS: tS });
  }
  return marked;
}

/** @param index place of the platform in the comparison */
export function eventMarks(platform: PlatformResult, index: number): Mark[] {
  return markedEvents(platform).map(({ row, label }) => ({
    axis: 'x',
    at: platform.events?.rows[row]?.tS ?? 0,
    label,
    role: 'event',
    anchor: eventAnchor(index, row),
  }));
}

/** The marks of a row, without the words that the first row already says at the same moment. */
export function saidOnce(marks: readonly Mark[], first: readonly Mark[]): Mark[] {
  return marks.map((mark) =>
    first.some(({ at, label }) => at === mark.at && label === mark.label) ? { ...mark, label: '' } : mark,
  );
}

function wordOf(rows: readonly EventRow[], row: number): string | null {
  const event = rows[row];
  if (event === undefined) return null;
  const word = ['release-begins', 'fault', 'crash'].find((known) => event.kind === known);
  if (word !== undefined) return shortName(`${word.replace('-begins', '')} ${event.service}`.trim(), 24);
  if (event.kind === 'release') return shortName(`release ${event.service}`.trim(), 24);
  if (event.kind !== 'scale-out') return null;
  const ready = rows.slice(row).find((later) => later.kind === 'ready' && later.service === event.service);
  const lagS = ready === undefined ? 0 : ready.tS - event.tS;
  return lagS < leastLagS ? null : `${shortName(event.service, 16)} scaled out, ${figure(lagS, 's')} late`;
}

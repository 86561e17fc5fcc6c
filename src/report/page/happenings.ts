/** Releases and faults, one row each and platform; and the log of what happened, to which the day's marks refer. */

import type { Comparison, PlatformResult, ScopeResult } from '../../experiment/contract.js';
import { eventAnchor, markedEvents } from '../charts/eventMarks.js';
import { clockLabel } from '../charts/ticks.js';
import { counted, figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Hole, type Html, html } from './html.js';
import { beginningOf } from './incidents.js';
import { type Column, dataTable, disclosure, metricFigure, nameOf, swatch } from './parts.js';

/** Rows of the log shown for each platform; events.csv has all. */
const loggedRows = 60;

/** @param outcomes the chart of who was not answered, and when: where releases and faults are paid for */
export function happeningsSection(comparison: Comparison, outcomes: Html): Html {
  const { platforms } = comparison;
  const releases = rowsOf(comparison, 'release');
  const faults = rowsOf(comparison, 'fault');
  const { replications } = comparison;
  const ofWhat = replications === 1 ? '' : `, means of ${figure(replications, '1')} replications`;
  return html`<section id="happenings"><h2>Releases and faults</h2><p class="finding">${finding(platforms)}</p>
${releases.length === 0 ? null : dataTable(`Releases${ofWhat}`, releaseColumns, releases)}
${faults.length === 0 ? null : dataTable(`Faults${ofWhat}`, faultColumns, faults)}
<h3>Visitors who were not answered well</h3>${outcomes}</section>`;
}

const number = (title: string): Column => ({ title, isNumber: true });
const short = (title: string): Column => ({ title, isShort: true });

const releaseColumns: readonly Column[] = [
  { title: 'platform' },
  { title: 'release' },
  short('when'),
  number('took'),
  number('lowest capacity'),
  number('requests lost'),
  number('of all visitors'),
  { title: 'rolled back' },
  { title: 'zero downtime' },
];
const faultColumns: readonly Column[] = [
  { title: 'platform' },
  { title: 'fault' },
  short('when'),
  { title: 'noticed by' },
  number('noticed after'),
  number('recovered after'),
  number('who paid: requests lost'),
  number('of all visitors'),
];

function rowsOf(comparison: Comparison, kind: 'release' | 'fault'): Hole[][] {
  const { platforms, run } = comparison;
  return platforms.flatMap((platform, index) =>
    (kind === 'release' ? platform.releases : platform.faults).map((one) => {
      const show = (metric: string): Html =>
        metricFigure(one.metrics[metric], comparison.confidence, platform.warnings);
      const beginning = beginningOf(platform, kind, one.title);
      const offered = platform.metrics['requests_offered']?.mean ?? 0;
      const lost = one.metrics['requests_lost']?.mean ?? 0;
      const head = [
        html`${swatch(colourPlace(platforms, index))} ${nameOf(platform)}`,
        nameOf(one),
        beginning === null ? '–' : clockLabel(run.starts, beginning.tS),
      ];
      const share = offered > 0 ? figure(lost / offered, 'share') : '–';
      return kind === 'release'
        ? [
            ...head,
            ...['duration', 'capacity_min', 'requests_lost'].map(show),
            share,
            yesOrNo(one, 'aborted'),
            yesOrNo(one, 'zero_downtime'),
          ]
        : [
            ...head,
            one.noticedBy ?? html`<span class="muted">nobody</span>`,
            ...['time_to_detect', 'time_to_recover', 'requests_lost'].map(show),
            share,
          ];
    }),
  );
}

/** A metric that is 0 or 1 in each replication. */
function yesOrNo({ metrics }: ScopeResult, name: string): string {
  const share = metrics[name]?.mean;
  if (share === undefined) return '–';
  return share === 0 ? 'no' : share === 1 ? 'yes' : `in ${figure(share, 'share')} of replications`;
}

function finding(platforms: readonly PlatformResult[]): string {
  const lost = platforms.map(({ title, releases, faults }) => ({
    title,
    count: releases.length + faults.length,
    requests: [...releases, ...faults].reduce((sum, one) => sum + (one.metrics['requests_lost']?.mean ?? 0), 0),
  }));
  if (lost.every(({ count }) => count === 0))
    return 'Nothing was released and nothing broke: the scenario has no releases and no faults.';
  const most = lost.reduce((a, b) => (b.requests > a.requests ? b : a));
  if (most.requests === 0) return 'No request was lost to a release or a fault.';
  return `${shortName(most.title, 40)} lost the most requests to releases and faults: ${figure(most.requests, '1')}.`;
}

/** The recorded replication's events, platform by platform, closed until asked for. */
export function eventLog(comparison: Comparison): Html {
  const logs = comparison.platforms.map((platform, index) => {
    const { events } = platform;
    if (events === null || events.rows.length === 0)
      return html`<p class="muted">${nameOf(platform)}: no event was recorded.</p>`;
    const kinds = new Map<string, number>();
    for (const { kind } of events.rows) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const marked = new Set(markedEvents(platform).map(({ row }) => row));
    const shown = notable(events.rows, kinds, marked);
    const left = events.rows.length + events.omittedCount - shown.length;
    const rows = shown.map(({ row: { tS, kind, service, instance, detail } }) => [
      clockLabel(comparison.run.starts, tS),
      kind,
      html`<bdi>${service}</bdi>`,
      instance === null ? '' : String(instance),
      detail,
    ]);
    const columns = [
      { title: 'time' },
      { title: 'what' },
      { title: 'service' },
      { title: 'instance' },
      { title: 'detail' },
    ];
    const total = counted(events.rows.length + events.omittedCount, 'event');
    const counts = [...kinds].map(([kind, count]) => `${figure(count, '1')} ${kind}`).join(', ');
    const more = left > 0 ? html`<p class="muted">${figure(left, '1')} more in events.csv.</p>` : null;
    return disclosure(html`${swatch(colourPlace(comparison.platforms, index))} ${nameOf(platform)}: ${total}`, [
      html`<p class="muted">${counts}</p>`,
      dataTable(
        `Events on ${shortName(platform.title, 60)}`,
        columns,
        rows,
        shown.map(({ place }) => eventAnchor(index, place)),
      ),
      more,
    ]);
  });
  return html`<h3 id="events">What happened</h3>${logs}`;
}

/**
 * What is rare first says more than what is common: the rows that marks lead to, then kinds in increasing number until
 * the room is used; told by time.
 */
function notable<Row extends { readonly kind: string }>(
  rows: readonly Row[],
  kinds: ReadonlyMap<string, number>,
  marked: ReadonlySet<number>,
): readonly { readonly row: Row; readonly place: number }[] {
  const order = rows.map((row, place) => ({ row, place, count: marked.has(place) ? 0 : (kinds.get(row.kind) ?? 0) }));
  const rarest = [...order].sort((a, b) => a.count - b.count || a.place - b.place).slice(0, loggedRows);
  return rarest.sort((a, b) => a.place - b.place);
}

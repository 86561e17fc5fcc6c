/**
 * One visitor: the median and the slowest request of each platform as a waterfall of spans, each part of a span in a
 * pattern of its own: on the way, in line, starting cold, at work, waiting for others.
 *
 * Its own file because it draws boxes in HTML and not on a canvas: a row is a span, and a reader's eye, a printer and a
 * screen reader get the same rows. Checked by test/report/waterfall.test.ts.
 */

import type { Comparison, PlatformResult, VisitResult, VisitSpan } from '../../experiment/contract.js';
import { clockLabel } from '../charts/ticks.js';
import { figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { type Html, html } from './html.js';
import { dataTable, disclosure, nameOf, ranked, swatch } from './parts.js';

export type PartKind = 'hop' | 'queue' | 'cold' | 'work' | 'others';

export interface SpanPart {
  readonly kind: PartKind;
  readonly fromMs: number;
  readonly toMs: number;
}

const partWords: Readonly<Record<PartKind, string>> = {
  hop: 'on the way',
  queue: 'in line',
  cold: 'starting cold',
  work: 'at work',
  others: 'waiting for others',
};

/** Spans drawn of one visitor at most. */
const mostSpans = 60;

export function visitsSection(comparison: Comparison): Html {
  const shown = ranked(comparison.platforms, comparison.ranking).filter(({ platform }) => platform.visits?.length);
  if (shown.length === 0)
    return html`<section id="visits"><h2>One visitor</h2>
<p class="empty">No single visitor was recorded: nobody was answered, or no timeline was asked for.</p></section>`;
  const legend = (Object.keys(partWords) as PartKind[]).map(
    (kind) => html`<li><span class="key part-${kind}"></span>${partWords[kind]}</li>`,
  );
  return html`<section id="visits"><h2>One visitor</h2>
<p class="finding">${visitsFinding(shown.map(({ platform }) => platform))}</p>
<p class="muted">A row is a call or a query, indented beneath its caller; left to right is time since the visitor
came.</p>
<ul class="legend parts" style="--own: var(--muted)">${legend}</ul>
${shown.map(({ platform, index }, place) => {
  const visits = (platform.visits ?? []).map((visit) => waterfall(comparison, platform, visit));
  const [median, slowest] = ['median', 'slowest'].map((which) => platform.visits?.find((one) => one.which === which));
  const colour = colourPlace(comparison.platforms, index);
  const summary = html`${swatch(colour)} ${nameOf(platform)}: median ${figure(median?.latencyMs, 'ms')}, slowest
${figure(slowest?.latencyMs, 'ms')}`;
  const own = `--own: var(--platform-${colour % 8})`;
  return disclosure(summary, html`<div style="${own}">${visits}</div>`, place === 0);
})}</section>`;
}

/** Which platform's slowest visitor waited longest, and what for. */
function visitsFinding(platforms: readonly PlatformResult[]): string {
  const slowest = platforms.flatMap(({ title, visits = [] }) =>
    visits.filter(({ which }) => which === 'slowest').map((visit) => ({ title, visit })),
  );
  const [first] = slowest;
  if (first === undefined) return 'Nobody was answered.';
  const worst = slowest.reduce((a, b) => (b.visit.latencyMs > a.visit.latencyMs ? b : a));
  const longest = longestPart(worst.visit);
  const why =
    longest === null
      ? ''
      : `, ${figure(longest.ms, 'ms')} of it ${partWords[longest.kind]} at ${shortName(longest.title, 40)}`;
  const waited = figure(worst.visit.latencyMs, 'ms');
  return `The slowest visitor of all waited ${waited} on ${shortName(worst.title, 40)}${why}.`;
}

function waterfall({ run }: Comparison, platform: PlatformResult, visit: VisitResult): Html {
  const longest = longestPart(visit);
  const why =
    longest === null
      ? ''
      : ` The longest part: ${figure(longest.ms, 'ms')} ${partWords[longest.kind]} at ${shortName(longest.title, 40)}.`;
  const name = `${visit.source}/${visit.number}`;
  const attempts = visit.attemptCount > 1 ? `, ${visit.attemptCount} attempts` : '';
  const which = visit.which === 'median' ? 'A median visitor' : 'The slowest visitor';
  const shown = visit.spans.slice(0, mostSpans);
  const rows = shown.map((span, place) => spanRow(visit, span, spanParts(visit, place)));
  const cells = shown.map((span, place) => [
    `${'· '.repeat(span.depth)}${span.title}${span.operation === '' ? '' : ` ${span.operation}`}`,
    figure(span.beganMs, 'ms'),
    figure(span.endedMs - span.beganMs, 'ms'),
    ...(['hop', 'queue', 'cold', 'work', 'others'] as const).map((kind) => partSum(spanParts(visit, place), kind)),
    span.outcome,
  ]);
  const number = (title: string): { title: string; isNumber: boolean } => ({ title, isNumber: true });
  const columns = [
    { title: 'span' },
    number('began'),
    number('took'),
    ...Object.values(partWords).map(number),
    { title: 'ended' },
  ];
  const left = visit.spans.length - shown.length;
  const label = `${which} on ${shortName(platform.title, 60)}`;
  return html`<div class="visit"><h3>${which}: ${figure(visit.latencyMs, 'ms')}</h3>
<p class="muted">Request <bdi><code>${name}</code></bdi>, came at ${clockLabel(run.starts, visit.beganS)}${attempts}.
${why}</p><div class="waterfall" role="img" aria-label="${`${label}: ${figure(visit.latencyMs, 'ms')}.${why}`}">
${visitorRow(visit)}${rows}</div>
${left > 0 ? html`<p class="muted">${figure(left, '1')} more spans.</p>` : null}
${disclosure('Show data', dataTable(label, columns, cells))}</div>`;
}

function spanRow(visit: VisitResult, span: VisitSpan, parts: readonly SpanPart[]): Html {
  const whole = Math.max(visit.latencyMs, ...visit.spans.map(({ endedMs }) => endedMs), 1e-9);
  const percent = (ms: number): string => `${Number(((100 * ms) / whole).toFixed(3))}%`;
  const bars = parts.map(
    ({ kind, fromMs, toMs }) =>
      html`<i class="part-${kind}" style="left:${percent(fromMs)};width:${percent(toMs - fromMs)}"></i>`,
  );
  const kind = span.kind === 'query' ? 'query' : span.operation;
  const end = span.outcome === 'completed' ? '' : ` · ${span.outcome.replace('_', ' ')}`;
  const again = span.attempt > 1 ? ` · attempt ${span.attempt}` : '';
  return html`<div class="span"><span class="name" style="padding-left:${Math.min(span.depth + 1, 12)}em">
<bdi>${span.title}</bdi> <small>${kind}${again}${end}</small></span><span class="track">${bars}</span></div>`;
}

/** The visitor himself: on the way to the first call and home from the last; between them he waits for others. */
function visitorRow(visit: VisitResult): Html {
  const roots = visit.spans.filter(({ depth, kind }) => depth === 0 && kind === 'span');
  const firstMs = Math.min(visit.latencyMs, ...roots.map(({ beganMs }) => beganMs));
  const lastMs = Math.min(visit.latencyMs, Math.max(firstMs, ...roots.map(({ endedMs }) => endedMs)));
  const span: VisitSpan = { ...nobody, title: visit.source, endedMs: visit.latencyMs };
  return spanRow(
    visit,
    span,
    nonEmpty([
      { kind: 'hop', fromMs: 0, toMs: firstMs },
      { kind: 'others', fromMs: firstMs, toMs: lastMs },
      { kind: 'hop', fromMs: lastMs, toMs: visit.latencyMs },
    ]),
  );
}

/** A row that is no span. */
const nobody: Omit<VisitSpan, 'title' | 'endedMs'> = {
  kind: 'span',
  service: '',
  operation: 'visitor',
  parent: -1,
  depth: -1,
  attempt: 1,
  instance: null,
  outcome: 'completed',
  cold: 'warm',
  beganMs: 0,
  arrivedMs: 0,
  startedMs: 0,
  cpuMs: 0,
};

/**
 * A span cut into its parts, in order of time. At work is what is left of its time in service when calls and queries
 * below it are taken out; what its CPU did not use of the end is the answer's way home.
 */
export function spanParts({ spans }: VisitResult, place: number): readonly SpanPart[] {
  const span = spans[place];
  if (span === undefined) return [];
  const { beganMs, arrivedMs, startedMs, endedMs, cold, kind } = span;
  if (arrivedMs === null) return nonEmpty([{ kind: 'hop', fromMs: beganMs, toMs: endedMs }]);
  const waited: PartKind = cold === 'warm' ? 'queue' : 'cold';
  const way: SpanPart[] = [
    { kind: 'hop', fromMs: beganMs, toMs: arrivedMs },
    { kind: waited, fromMs: arrivedMs, toMs: startedMs ?? endedMs },
  ];
  if (startedMs === null) return nonEmpty(way);
  if (kind === 'query') return nonEmpty([...way, { kind: 'work', fromMs: startedMs, toMs: endedMs }]);
  const below = spans
    .filter(({ parent }) => parent === place)
    .map((child) => [Math.max(startedMs, child.beganMs), Math.min(endedMs, child.endedMs)] as const)
    .sort((a, b) => a[0] - b[0]);
  const parts: SpanPart[] = [];
  let atMs = startedMs;
  for (const [fromMs, toMs] of below) {
    if (toMs <= atMs) continue;
    parts.push({ kind: 'work', fromMs: atMs, toMs: Math.max(atMs, fromMs) });
    parts.push({ kind: 'others', fromMs: Math.max(atMs, fromMs), toMs });
    atMs = toMs;
  }
  const workedMs = parts.reduce((sum, one) => sum + (one.kind === 'work' ? one.toMs - one.fromMs : 0), 0);
  const homeMs = Math.min(endedMs - atMs, Math.max(0, workedMs + endedMs - atMs - span.cpuMs));
  parts.push({ kind: 'work', fromMs: atMs, toMs: endedMs - homeMs });
  parts.push({ kind: 'hop', fromMs: endedMs - homeMs, toMs: endedMs });
  return nonEmpty([...way, ...parts]);
}

function nonEmpty(parts: readonly SpanPart[]): readonly SpanPart[] {
  return parts.filter(({ fromMs, toMs }) => toMs - fromMs > 1e-9);
}

function partSum(parts: readonly SpanPart[], kind: PartKind): string {
  const ms = parts.reduce((sum, one) => sum + (one.kind === kind ? one.toMs - one.fromMs : 0), 0);
  return ms === 0 ? '–' : figure(ms, 'ms');
}

/** The longest stretch that no span below explains. */
function longestPart(
  visit: VisitResult,
): { readonly kind: PartKind; readonly ms: number; readonly title: string } | null {
  let best: { readonly kind: PartKind; readonly ms: number; readonly title: string } | null = null;
  for (const [place, span] of visit.spans.entries())
    for (const { kind, fromMs, toMs } of spanParts(visit, place))
      if (kind !== 'others' && toMs - fromMs > (best?.ms ?? 0))
        best = { kind, ms: toMs - fromMs, title: shortName(span.title, 40) };
  return best;
}

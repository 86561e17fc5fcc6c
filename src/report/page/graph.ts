/** The service graph: boxes filled by utilisation, arrows as wide as they are used, the busiest ringed. */
import type { Comparison, PlatformResult } from '../../experiment/contract.js';
import type { GraphEdge, ServiceGraph } from '../../experiment/graphFacts.js';
import { figure, shortName } from '../figures.js';
import { colourPlace } from '../platformColour.js';
import { boxSize, type GraphBox, type GraphLayout, layOutGraph, type Ports } from './graphLayout.js';
import { type Html, html } from './html.js';
import { dataTable } from './parts.js';

/** More boxes than this are a table: a drawing of two hundred would say nothing. */
const mostBoxes = 60;

export function graphSection(comparison: Comparison): Html {
  const { platforms, verdict } = comparison;
  const shown = Math.max(
    0,
    platforms.findIndex(({ name }) => name === verdict.winner),
  );
  const first = platforms[shown];
  if (first === undefined || first.graph.services.length === 0)
    return html`<section id="graph"><h2>The services</h2><p class="empty">There is no service to draw.</p></section>`;
  const isDrawn = first.graph.services.length + first.graph.databases.length <= mostBoxes;
  const picker =
    platforms.length > 1 && isDrawn
      ? html`<p class="tools"><label>Platform <select id="graph-platform">${platforms.map(
          ({ title }, index) =>
            html`<option value="${index}"${index === shown ? html` selected` : null}>${shortName(title, 60)}</option>`,
        )}</select></label></p>`
      : null;
  const drawings = isDrawn
    ? platforms.map(
        (platform, index) =>
          html`<div class="graph" data-graph="${index}"${index === shown ? null : html` hidden`} tabindex="0"
role="region" aria-label="${`Service graph on ${platform.title}`}"><p
class="finding">${graphFinding(platform)}</p>${drawing(platform, colourPlace(platforms, index))}</div>`,
      )
    : html`<p class="empty">${first.graph.services.length} services are too many to draw; the table has them.</p>`;
  return html`<section id="graph"><h2>The services</h2>
<p class="muted">On an arrow, and as its width: calls per second, expected from the scenario; beside it the p99 of
those calls, as the first replication timed them. Dashed: messages nobody waits for. Filled part of a box: utilisation.
Ringed in red: what saturates first, were all traffic to grow alike.<span class="narrow"> The picture may be wider
than this screen: draw it sideways.</span></p>
${picker}${drawings}<details><summary>Show data</summary>${edgeTable(first.graph)}</details></section>`;
}

function graphFinding({ title, graph }: PlatformResult): string {
  const all = [...graph.services, ...graph.databases];
  const named = (one: { readonly name: string } | null): string =>
    shortName(all.find(({ name }) => name === one?.name)?.title ?? one?.name ?? '', 60);
  const name = shortName(title, 60);
  const share = all.find((one) => one.name === graph.busiest?.name)?.utilisation ?? null;
  if (share === 0 && graph.firstToSaturate === null) return `On ${name} nothing is at work.`;
  const busiest = share === null ? '' : `the busiest is ${named(graph.busiest)}, at ${figure(share, 'share')}`;
  const { firstToSaturate } = graph;
  if (firstToSaturate === null)
    return busiest === '' ? `On ${name} no utilisation is known.` : `On ${name} ${busiest}.`;
  const { times } = firstToSaturate;
  const when =
    times <= 1
      ? 'is at its limit already'
      : `saturates first, at about ${figure(Number(times.toPrecision(2)), '1')} times this load`;
  return `On ${name} ${named(firstToSaturate)} ${when}${busiest === '' ? '' : `; ${busiest}`}.`;
}

function drawing({ graph, title }: PlatformResult, colour: number): Html {
  const layout = layOutGraph(graph);
  const find = (kind: string, name: string): GraphBox | undefined =>
    layout.boxes.find((box) => box.kind === kind && box.name === name);
  const most = Math.max(0, ...graph.edges.map(({ callsPerSecond }) => callsPerSecond ?? 0));
  const arrows = graph.edges.map((edge, index) => {
    const from = find(edge.from.kind, edge.from.name);
    const to = find(edge.to.kind, edge.to.name);
    const ports = layout.ports[index];
    return from === undefined || to === undefined || !ports
      ? null
      : arrow(edge, { from, to, ports, lanes: layout.lanes[index] ?? [] }, most);
  });
  const boxes = layout.boxes.map((box) => boxOf(box, graph));
  const [lines, labels] = [arrows.map((one) => one?.line), arrows.map((one) => one?.label)];
  return html`<svg role="img" aria-label="${`Services and databases on ${shortName(title, 60)}`}"
style="--own: var(--platform-${colour % 8})" width="${layout.widthPx}" height="${layout.heightPx}"
 viewBox="0 0 ${layout.widthPx} ${layout.heightPx}">${lines}${labels}${boxes}</svg>`;
}

interface Way {
  readonly from: GraphBox;
  readonly to: GraphBox;
  readonly ports: Ports;
  readonly lanes: GraphLayout['lanes'][number];
}

/** Of the gap between two columns, the part in which an arrow bends; on the rest it carries its words. */
const bendPx = 44;

/** The line, and its words apart: they are written above all lines. */
function arrow(
  edge: GraphEdge,
  { from, to, ports, lanes }: Way,
  most: number,
): { readonly line: Html; readonly label: Html | null } {
  const { width } = boxSize;
  const rate = edge.callsPerSecond;
  const stroke = most > 0 && rate !== null ? 1 + 5 * Math.sqrt(rate / most) : 1.5;
  const isForward = to.left > from.left;
  const tip = isForward ? 8 : -8;
  const [endX, endY] = [(isForward ? to.left : to.left + width) - tip, ports.toY];
  let [x, y] = [from.left + width, ports.fromY];
  let path = `M${x} ${y}`;
  const bend = (toY: number): string => `C${x + bendPx / 2} ${y} ${x + bendPx / 2} ${toY} ${x + bendPx} ${toY}`;
  for (const lane of lanes) {
    path += `${bend(lane.y)}H${lane.left + width}`;
    [x, y] = [lane.left + width, lane.y];
  }
  path += isForward ? `${bend(endY)}H${endX}` : `C${x + bendPx} ${y} ${endX + bendPx} ${endY} ${endX} ${endY}`;
  const words = edgeWords(edge);
  const description = `${edge.from.name} → ${edge.to.name}: ${edge.kind}${words === '' ? '' : `, ${words}`}`;
  const label = isForward
    ? html`<text class="label" x="${endX - 2}" y="${endY - 4 - stroke / 2}" text-anchor="end">${words}</text>`
    : null;
  const line = html`<g><title>${description}</title>
<path class="edge ${edge.kind}" d="${path}" stroke-width="${Number(stroke.toFixed(2))}"/>
<path class="head" d="M${endX + tip} ${endY}l${-tip} -5v10z"/></g>`;
  return { line, label };
}

/** How often, and how long who is asked takes; of a message nobody waits for, how often alone. */
function edgeWords({ callsPerSecond, latencyP99Ms, kind }: GraphEdge): string {
  return [
    callsPerSecond === null ? '' : figure(callsPerSecond, '1/s'),
    latencyP99Ms === null || kind === 'send' ? '' : figure(latencyP99Ms, 'ms'),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

function boxOf(box: GraphBox, graph: ServiceGraph): Html {
  const { width } = boxSize;
  const { left, top, height, title: lines } = box;
  const list = box.kind === 'service' ? graph.services : box.kind === 'database' ? graph.databases : [];
  const known = list.find(({ name }) => name === box.name);
  const title = known?.title ?? box.name;
  const words = subtitle(box, graph, known?.utilisation ?? null);
  const filled = Number((width * Math.min(1, Math.max(0, known?.utilisation ?? 0))).toFixed(1));
  const corner = box.kind === 'database' ? 14 : 3;
  const dash = box.kind === 'traffic' ? html` stroke-dasharray="2 3"` : null;
  const firstY = top + height / 2 + 5 - 9 * lines.length;
  const place = html`y="${top}" height="${height}"`;
  const fill =
    filled > 0
      ? html`<rect class="fill" x="${left}" ${place} width="${filled}" rx="${Math.min(corner, filled / 2)}"/>`
      : null;
  return html`<g><title>${title}</title>
<rect class="box" x="${left}" ${place} width="${width}" rx="${corner}"${dash}/>${fill}${ring(box, graph, corner)}
${lines.map((text, line) => html`<text x="${left + 10}" y="${firstY + 18 * line}">${text}</text>`)}
<text class="quiet" x="${left + 10}" y="${firstY + 18 * lines.length}">${words}</text></g>`;
}

/** What saturates first; where nothing has a limit, the busiest. */
function ringed({ firstToSaturate, busiest }: ServiceGraph): ServiceGraph['busiest'] {
  return firstToSaturate ?? busiest;
}

function ring({ kind, name, left, top, height }: GraphBox, graph: ServiceGraph, corner: number): Html | null {
  const one = ringed(graph);
  if (one?.kind !== kind || one.name !== name) return null;
  const { width } = boxSize;
  return html`<rect class="busiest" x="${left - 3}" y="${top - 3}" width="${width + 6}" height="${height + 6}"
 rx="${corner + 3}"/>`;
}

function subtitle({ kind, name }: GraphBox, { edges }: ServiceGraph, utilisation: number | null): string {
  if (kind !== 'traffic') return utilisation === null ? kind : `${figure(utilisation, 'share')} busy`;
  const own = edges.filter(({ from }) => from.kind === kind && from.name === name);
  const visits = own.reduce((sum, { callsPerSecond }) => sum + (callsPerSecond ?? 0), 0);
  return own.some(({ callsPerSecond }) => callsPerSecond === null) ? 'visitors' : `visitors, ${figure(visits, '1/s')}`;
}

function edgeTable(graph: ServiceGraph): Html {
  const rows = graph.edges.map(({ from, to, kind, callsPerSecond, latencyP99Ms }) => [
    html`<bdi>${from.name}</bdi>`,
    html`<bdi>${to.name}</bdi>`,
    kind,
    callsPerSecond === null ? '–' : figure(callsPerSecond, '1/s'),
    latencyP99Ms === null ? '–' : figure(latencyP99Ms, 'ms'),
  ]);
  const number = (title: string): { title: string; isNumber: boolean } => ({ title, isNumber: true });
  const columns = [
    { title: 'from' },
    { title: 'to' },
    { title: 'kind' },
    number('calls'),
    number('p99 of who is asked'),
  ];
  return dataTable('Who calls whom', columns, rows);
}

/** The service graph: boxes filled by utilisation, arrows as wide as they are used, the busiest ringed. */
import type { Comparison, GraphEdge, PlatformResult, ServiceGraph } from '../../experiment/contract.js';
import { figure, shortName } from '../figures.js';
import { boxSize, type GraphBox, type GraphLayout, layOutGraph } from './graphLayout.js';
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
class="finding">${graphFinding(platform)}</p>${drawing(platform)}</div>`,
      )
    : html`<p class="empty">${first.graph.services.length} services are too many to draw; the table has them.</p>`;
  return html`<section id="graph"><h2>The services</h2>
<p class="muted">Width of an arrow: calls per second, expected from the scenario; dashed: messages nobody waits for.
Filled part of a box: utilisation. Ringed: the busiest.</p>
${picker}${drawings}<details><summary>Show data</summary>${edgeTable(first.graph)}</details></section>`;
}

function graphFinding({ title, graph }: PlatformResult): string {
  const busiest = [...graph.services, ...graph.databases].find(({ name }) => name === graph.busiest?.name);
  const name = shortName(title, 60);
  if (busiest === undefined || busiest.utilisation === null) return `On ${name} no utilisation is known.`;
  return `On ${name} the busiest is ${shortName(busiest.title, 60)}, at ${figure(busiest.utilisation, 'share')}.`;
}

function drawing({ graph, title }: PlatformResult): Html {
  const layout = layOutGraph(graph);
  const find = (kind: string, name: string): GraphBox | undefined =>
    layout.boxes.find((box) => box.kind === kind && box.name === name);
  const most = Math.max(0, ...graph.edges.map(({ callsPerSecond }) => callsPerSecond ?? 0));
  const arrows = graph.edges.map((edge, index) => {
    const from = find(edge.from.kind, edge.from.name);
    const to = find(edge.to.kind, edge.to.name);
    const twins = graph.edges.slice(0, index).filter((other) => isSameWay(other, edge)).length;
    return from === undefined || to === undefined
      ? null
      : arrow(edge, { from, to, lanes: layout.lanes[index] ?? [] }, most, twins);
  });
  const boxes = layout.boxes.map((box) => boxOf(box, graph));
  return html`<svg role="img" aria-label="${`Services and databases on ${shortName(title, 60)}`}"
width="${layout.widthPx}" height="${layout.heightPx}"
 viewBox="0 0 ${layout.widthPx} ${layout.heightPx}">${arrows}${boxes}</svg>`;
}

function isSameWay(a: GraphEdge, b: GraphEdge): boolean {
  return (
    a.from.kind === b.from.kind && a.from.name === b.from.name && a.to.kind === b.to.kind && a.to.name === b.to.name
  );
}

interface Way {
  readonly from: GraphBox;
  readonly to: GraphBox;
  readonly lanes: GraphLayout['lanes'][number];
}

function arrow(edge: GraphEdge, { from, to, lanes }: Way, most: number, twins: number): Html {
  const { width, height } = boxSize;
  const rate = edge.callsPerSecond;
  const stroke = most > 0 && rate !== null ? 1 + 5 * Math.sqrt(rate / most) : 1.5;
  const isForward = to.left > from.left;
  const tip = isForward ? 8 : -8;
  const middle = height / 2 + 9 * twins;
  const [endX, endY] = [(isForward ? to.left : to.left + width) - tip, to.top + middle];
  const bow = (x: number, y: number, toX: number, toY: number): string => {
    const bend = isForward ? (toX - x) / 2 : 44;
    return `C${x + bend} ${y} ${toX + (isForward ? -bend : bend)} ${toY} ${toX} ${toY}`;
  };
  let [x, y] = [from.left + width, from.top + middle];
  let path = `M${x} ${y}`;
  for (const lane of lanes) {
    path += `${bow(x, y, lane.left, lane.y)}H${lane.left + width}`;
    [x, y] = [lane.left + width, lane.y];
  }
  path += bow(x, y, endX, endY);
  const words = rate === null ? '' : `, ${figure(rate, '1/s')}`;
  const description = `${edge.from.name} → ${edge.to.name}: ${edge.kind}${words}`;
  return html`<g><title>${description}</title>
<path class="edge ${edge.kind}" d="${path}" stroke-width="${Number(stroke.toFixed(2))}"/>
<path class="head" d="M${endX + tip} ${endY}l${-tip} -5v10z"/></g>`;
}

function boxOf(box: GraphBox, graph: ServiceGraph): Html {
  const { width, height } = boxSize;
  const { left, top } = box;
  const list = box.kind === 'service' ? graph.services : box.kind === 'database' ? graph.databases : [];
  const known = list.find(({ name }) => name === box.name);
  const title = known?.title ?? box.name;
  const filled = Number((width * Math.min(1, Math.max(0, known?.utilisation ?? 0))).toFixed(1));
  const corner = box.kind === 'database' ? 14 : 3;
  const dash = box.kind === 'traffic' ? html` stroke-dasharray="2 3"` : null;
  const place = html`y="${top}" height="${height}"`;
  const fill =
    filled > 0
      ? html`<rect class="fill" x="${left}" ${place} width="${filled}" rx="${Math.min(corner, filled / 2)}"/>`
      : null;
  return html`<g><title>${title}</title>
<rect class="box" x="${left}" ${place} width="${width}" rx="${corner}"${dash}/>${fill}${ring(box, graph, corner)}
<text x="${left + 10}" y="${top + 20}">${shortName(title, 22)}</text>
<text class="quiet" x="${left + 10}" y="${top + 38}">${subtitle(box, graph, known?.utilisation ?? null)}</text></g>`;
}

function ring({ kind, name, left, top }: GraphBox, { busiest }: ServiceGraph, corner: number): Html | null {
  if (busiest?.kind !== kind || busiest.name !== name) return null;
  const { width, height } = boxSize;
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
  const rows = graph.edges.map(({ from, to, kind, callsPerSecond }) => [
    html`<bdi>${from.name}</bdi>`,
    html`<bdi>${to.name}</bdi>`,
    kind,
    callsPerSecond === null ? '–' : figure(callsPerSecond, '1/s'),
  ]);
  const columns = [{ title: 'from' }, { title: 'to' }, { title: 'kind' }, { title: 'calls', isNumber: true }];
  return dataTable('Who calls whom', columns, rows);
}

/**
 * The stage: the running system as a person would draw it on a whiteboard. Draws one frame of the run onto a canvas,
 * again and again, with the dots under way between the last frame and the next.
 *
 * Its own file because it puts together what the others know: where things stand (`stageLayout.ts`), instances
 * (`cells.ts`), dots (`movers.ts`).
 */
import {
  databaseFields,
  databaseRowLength,
  instanceFields,
  instanceRowLength,
  type LiveFrame,
  type LiveStage,
  type PlatformFrame,
  serviceFields,
  serviceRowLength,
} from '../experiment/live.js';
import type { Colours } from '../report/drawing/colours.js';
import { cellCentre, drawInstances } from './cells.js';
import { flightMs, Movers, mostDotsPerSecond, type Point } from './movers.js';
import { type Band, type Box, columnHeadPx, type Layout, layoutOf } from './stageLayout.js';

export class StageDrawing {
  private readonly canvas: HTMLCanvasElement;
  private readonly pen: CanvasRenderingContext2D;
  private readonly movers = new Movers();
  private stage: LiveStage | null = null;
  private layout: Layout | null = null;
  private frame: LiveFrame | null = null;
  private frameAtMs = 0;
  /** Requests a second of the watcher's time on each arrow of each platform, smoothed; drawn as flows. */
  private flows: number[][] = [];
  private isFlowing = false;
  private turn = 0;
  private isCurtainClosed = false;
  /** Visitors who asked for less motion see states, not flights. */
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

  constructor(canvas: HTMLCanvasElement) {
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('this browser draws no canvas');
    this.canvas = canvas;
    this.pen = pen;
  }

  open(stage: LiveStage): void {
    this.stage = stage;
    this.frame = null;
    this.movers.clear();
    this.flows = stage.shown.map(() => stage.edges.map(() => 0));
    this.resize();
  }

  /** Closed, the machinery of platforms without servers of the user's own is hidden. */
  drawCurtain(isClosed: boolean): void {
    this.isCurtainClosed = isClosed;
  }

  /** To the width the page gives it, sharp on any screen. */
  resize(): void {
    if (!this.stage) return;
    const width = this.canvas.parentElement?.clientWidth ?? 600;
    this.layout = layoutOf(this.stage, width);
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.layout.height * ratio);
    this.canvas.style.height = `${this.layout.height}px`;
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** What is new: the state, and who went where since the last one. */
  show(frame: LiveFrame, nowMs: number): void {
    const sinceMs = Math.max(16, nowMs - this.frameAtMs);
    this.frameAtMs = nowMs;
    this.frame = frame;
    if (!this.stage || !this.layout) return;
    frame.platforms.forEach((platform, place) => {
      this.follow(platform, place, nowMs, sinceMs);
    });
  }

  private follow(platform: PlatformFrame, place: number, nowMs: number, sinceMs: number): void {
    const { stage, layout } = this;
    const flows = this.flows[place];
    const band = layout?.bands[place];
    if (!stage || !band || !flows || !layout) return;
    const dots: (() => void)[] = [];
    const counts = stage.edges.map(() => 0);
    const targetCount = stage.services.length + stage.databases.length;
    for (let source = 0; source < stage.sources.length; source++) {
      for (let target = 0; target < targetCount; target++) {
        const count = platform.moves[source * targetCount + target]!;
        for (let one = 0; one < Math.min(count, 60); one++) {
          const edge = this.arrowInto(stage, source, target, one);
          if (edge < 0) continue;
          counts[edge]! += count / Math.min(count, 60);
          dots.push(() => this.fly(platform, band, { edge, source, atMs: nowMs + (one / count) * sinceMs }));
        }
      }
    }
    const perSecond = (counts.reduce((sum, count) => sum + count, 0) * 1000) / sinceMs;
    this.isFlowing = perSecond > mostDotsPerSecond;
    counts.forEach((count, edge) => {
      flows[edge] = 0.8 * flows[edge]! + (0.2 * count * 1000) / sinceMs;
    });
    if (!this.isFlowing && !this.isStill) for (const start of dots) start();
  }

  /** An arrow into a target: the source's own where it visits; else each of those that lead there in turn. */
  private arrowInto(
    { edges, sources, services, databases }: LiveStage,
    source: number,
    target: number,
    one: number,
  ): number {
    const isService = target < services.length;
    const name = isService ? services[target]!.name : databases[target - services.length]!.name;
    const into = edges.flatMap(({ from, to }, place) => {
      const fits = to.name === name && (to.kind === 'service') === isService;
      return fits && (from.kind === 'service' || from.name === sources[source]!.name) ? [place] : [];
    });
    const own = into.find((place) => edges[place]!.from.kind === 'traffic');
    return own ?? into[one % Math.max(1, into.length)] ?? -1;
  }

  private fly(
    platform: PlatformFrame,
    band: Band,
    { edge, source, atMs }: { edge: number; source: number; atMs: number },
  ): void {
    const { stage } = this;
    if (!stage) return;
    const { from, to } = stage.edges[edge]!;
    const start = this.endOf(platform, band, from.kind, from.name);
    const end = this.endOf(platform, band, to.kind, to.name);
    if (start && end) this.movers.start(atMs, start, end, { colour: source, isBad: false });
  }

  private endOf(platform: PlatformFrame, band: Band, kind: string, name: string): Point | null {
    const { stage, layout } = this;
    if (!stage || !layout) return null;
    if (kind === 'traffic') {
      const source = layout.sources[stage.sources.findIndex((one) => one.name === name)];
      return source ? [source.x, source.y] : null;
    }
    if (kind === 'database') {
      const box = band.databases[stage.databases.findIndex((one) => one.name === name)];
      return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
    }
    const service = stage.services.findIndex((one) => one.name === name);
    const box = band.columns[service];
    if (!box) return null;
    const { from, to } = rowsOf(platform, service);
    return to === from
      ? [box.x + box.width / 2, box.y + columnHeadPx]
      : cellCentre(box, to - from, this.turn++ % (to - from));
  }

  draw(nowMs: number, colours: Colours): void {
    const { pen, layout, stage, frame } = this;
    if (!layout || !stage) return;
    pen.clearRect(0, 0, layout.width, layout.height);
    pen.font = '12px system-ui, sans-serif';
    for (const [place, band] of layout.bands.entries())
      this.drawBand(place, band, frame?.platforms[place] ?? null, nowMs, colours);
    this.drawSources(colours);
    if (!this.isStill) this.movers.draw(pen, nowMs, colours.strokes, colours.error);
  }

  private drawBand(place: number, band: Band, platform: PlatformFrame | null, nowMs: number, colours: Colours): void {
    const { pen, stage } = this;
    if (!stage) return;
    this.drawArrows(place, band, nowMs, colours);
    if (place > 0) {
      pen.fillStyle = colours.grid;
      pen.fillRect(0, band.y - 5, band.width, 1);
    }
    stage.services.forEach(({ title }, service) => {
      const box = band.columns[service]!;
      drawHead(pen, box, title, { platform, service }, colours);
      if (!platform) return;
      const concurrency = stage.shown[place]?.services[service]?.concurrency ?? null;
      const view = {
        frame: platform,
        ...rowsOf(platform, service),
        sourceCount: stage.sources.length,
        concurrency,
        nowMs,
      };
      drawInstances(pen, box, view, colours);
    });
    if (this.isCurtainClosed && stage.shown[place]?.ownsServers === false) drawCurtain(pen, band, colours);
    stage.databases.forEach(({ title }, database) => {
      const limit = stage.shown[place]?.connections[database] ?? null;
      drawDatabase(pen, band.databases[database]!, { title, limit, platform, database }, colours);
    });
  }

  /** Flows: the thicker the more, moving; a hair line where dots fly one by one. */
  private drawArrows(place: number, band: Band, nowMs: number, colours: Colours): void {
    const { pen, stage, layout } = this;
    if (!stage || !layout) return;
    stage.edges.forEach(({ from, to }, edge) => {
      const start = this.portOf(band, from.kind, from.name, 'right');
      const end = this.portOf(band, to.kind, to.name, 'left');
      if (!start || !end) return;
      const rate = this.flows[place]?.[edge] ?? 0;
      const isFlow = this.isFlowing && rate > 1;
      pen.strokeStyle = isFlow ? colours.muted : colours.grid;
      pen.lineWidth = isFlow ? Math.min(7, 1 + Math.log10(rate)) : 1;
      pen.setLineDash(isFlow && !this.isStill ? [6, 8] : []);
      pen.lineDashOffset = isFlow ? -(nowMs / flightMs) * 40 : 0;
      pen.beginPath();
      pen.moveTo(start[0], start[1]);
      const middle = (start[0] + end[0]) / 2;
      pen.bezierCurveTo(middle, start[1], middle, end[1], end[0], end[1]);
      pen.stroke();
    });
    pen.setLineDash([]);
  }

  private portOf(band: Band, kind: string, name: string, side: 'left' | 'right'): Point | null {
    const { stage, layout } = this;
    if (!stage || !layout) return null;
    if (kind === 'traffic') {
      const source = layout.sources[stage.sources.findIndex((one) => one.name === name)];
      return source ? [source.x, source.y] : null;
    }
    const list = kind === 'database' ? stage.databases : stage.services;
    const box = (kind === 'database' ? band.databases : band.columns)[list.findIndex((one) => one.name === name)];
    if (!box) return null;
    const y = kind === 'database' ? box.y + box.height / 2 : box.y + columnHeadPx - 6;
    return [side === 'left' ? box.x : box.x + Math.min(box.width, 56), y];
  }

  private drawSources(colours: Colours): void {
    const { pen, stage, layout } = this;
    if (!stage || !layout) return;
    stage.sources.forEach(({ title }, source) => {
      const at = layout.sources[source]!;
      pen.fillStyle = colours.strokes[source % colours.strokes.length] ?? colours.ink;
      pen.beginPath();
      pen.arc(at.x, at.y, 6, 0, 2 * Math.PI);
      pen.fill();
      pen.fillStyle = colours.ink;
      pen.textAlign = 'right';
      pen.textBaseline = 'middle';
      pen.fillText(fitted(pen, title, at.x - 12), at.x - 10, at.y);
    });
  }
}

/** Requests go in, answers come out; what is behind is the provider's. */
function drawCurtain(pen: CanvasRenderingContext2D, band: Band, colours: Colours): void {
  const first = Math.min(...band.columns.map(({ x }) => x)) - 6;
  const last = Math.max(...band.columns.map(({ x, width }) => x + width)) + 4;
  pen.fillStyle = colours.warmUp;
  pen.fillRect(first, band.y, last - first, band.height);
  pen.strokeStyle = colours.grid;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = first + 10; x < last; x += 14) {
    pen.moveTo(x, band.y);
    pen.lineTo(x, band.y + band.height);
  }
  pen.stroke();
  pen.fillStyle = colours.ink;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('Requests go in, answers come out.', (first + last) / 2, band.y + band.height / 2);
}

/** The service's rows in the frame: instances come by service. */
export function rowsOf({ instances }: PlatformFrame, service: number): { readonly from: number; readonly to: number } {
  const count = instances.length / instanceRowLength;
  let from = 0;
  while (from < count && instances[from * instanceRowLength + instanceFields.service]! < service) from++;
  let to = from;
  while (to < count && instances[to * instanceRowLength + instanceFields.service] === service) to++;
  return { from, to };
}

/** A column's name, how many instances, and those who wait for one as dots above. */
function drawHead(
  pen: CanvasRenderingContext2D,
  box: Box,
  title: string,
  { platform, service }: { readonly platform: PlatformFrame | null; readonly service: number },
  colours: Colours,
): void {
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillStyle = colours.ink;
  pen.fillText(fitted(pen, title, box.width), box.x, box.y + 2);
  if (!platform) return;
  const at = service * serviceRowLength;
  const live = platform.services[at + serviceFields.live]!;
  const starting = platform.services[at + serviceFields.starting]!;
  const waiting = platform.services[at + serviceFields.waiting]!;
  pen.fillStyle = colours.muted;
  const words = `${live}${starting > 0 ? `, ${starting} starting` : ''}`;
  pen.fillText(fitted(pen, words, box.width), box.x, box.y + 17);
  if (waiting === 0) return;
  pen.fillStyle = colours.error;
  const shown = Math.min(waiting, Math.floor((box.width - 30) / 6));
  for (let dot = 0; dot < shown; dot++) pen.fillRect(box.x + dot * 6, box.y + 34, 4, 4);
  if (waiting > shown) pen.fillText(String(waiting), box.x + shown * 6 + 3, box.y + 30);
}

interface DatabaseView {
  readonly title: string;
  readonly limit: number | null;
  readonly platform: PlatformFrame | null;
  readonly database: number;
}

/** A cylinder that fills with connections in use. */
function drawDatabase(pen: CanvasRenderingContext2D, box: Box, view: DatabaseView, colours: Colours): void {
  const { title, limit, platform, database } = view;
  const at = database * databaseRowLength;
  const inUse = platform?.databases[at + databaseFields.inUse] ?? 0;
  const waiting = platform?.databases[at + databaseFields.waiting] ?? 0;
  const isLost = platform?.databases[at + databaseFields.isLost] === 1;
  const share = Math.min(1, inUse / (limit ?? Math.max(20, inUse)));
  const lip = Math.min(6, box.height / 6);
  pen.strokeStyle = isLost ? colours.error : colours.muted;
  pen.lineWidth = 1;
  pen.fillStyle = colours.warmUp;
  cylinder(pen, box, lip, 1);
  pen.fillStyle = waiting > 0 ? colours.error : colours.load;
  if (share > 0) cylinder(pen, box, lip, share);
  pen.beginPath();
  pen.ellipse(box.x + box.width / 2, box.y + lip, box.width / 2, lip, 0, 0, 2 * Math.PI);
  pen.stroke();
  pen.fillStyle = colours.ink;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const words = waiting > 0 ? `${title} ${inUse}+${waiting}` : inUse > 0 ? `${title} ${inUse}` : title;
  pen.fillText(fitted(pen, words, box.width - 4), box.x + box.width / 2, box.y + box.height / 2 + lip / 2);
}

/** Filled from the bottom up to a share of its height, with its outline. */
function cylinder(pen: CanvasRenderingContext2D, { x, y, width, height }: Box, lip: number, share: number): void {
  const top = y + lip + (height - 2 * lip) * (1 - share);
  pen.beginPath();
  pen.ellipse(x + width / 2, top, width / 2, lip, 0, Math.PI, 2 * Math.PI);
  pen.lineTo(x + width, y + height - lip);
  pen.ellipse(x + width / 2, y + height - lip, width / 2, lip, 0, 0, Math.PI);
  pen.closePath();
  pen.fill();
  if (share === 1) pen.stroke();
}

/** The text, shortened until it fits. */
function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

/**
 * The stage: the running system as a person would draw it on a whiteboard, on two canvases, one above the other. The
 * lower one is drawn anew when something has changed, thirty times a second at most; the upper one holds the dots under
 * way and is drawn with every picture of the screen, for it has nothing but dots.
 *
 * Its own file because it puts together what the others know: where things stand (`stageLayout.ts`), instances
 * (`cells.ts`), names, counts and queues (`columnHead.ts`), databases, arrows, dots and flows (`flights.ts`).
 */
import type { LiveFrame, LiveStage, PlatformFrame } from '../experiment/live.js';
import type { Colours } from '../report/drawing/colours.js';
import { drawArrow } from './arrows.js';
import { drawInstances } from './cells.js';
import { drawHead } from './columnHead.js';
import { drawDatabase } from './databases.js';
import { Flights } from './flights.js';
import { Movers } from './movers.js';
import { rowsOf } from './places.js';
import { type Band, type Box, type Layout, layoutOf } from './stageLayout.js';
import { fitted } from './words.js';

const fontFamily = 'system-ui, sans-serif';

export class StageDrawing {
  private readonly canvas: HTMLCanvasElement;
  private readonly pen: CanvasRenderingContext2D;
  private readonly upper: HTMLCanvasElement;
  private readonly upperPen: CanvasRenderingContext2D;
  private readonly movers = new Movers();
  private stage: LiveStage | null = null;
  private layout: Layout | null = null;
  /** What a closed one covers of each band. */
  private curtains: readonly Box[] = [];
  private frame: LiveFrame | null = null;
  private frameAtMs = 0;
  /** Of each platform shown. */
  private flights: readonly Flights[] = [];
  private isCurtainClosed = false;
  private isStale = true;
  private drawnIn: Colours | null = null;
  private hasDots = false;
  private wasSeeking = false;
  /** Visitors who asked for less motion see states, not flights. */
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

  /** @param upper lies above `canvas` and is as large */
  constructor(canvas: HTMLCanvasElement, upper: HTMLCanvasElement) {
    this.canvas = canvas;
    this.upper = upper;
    this.pen = penOf(canvas);
    this.upperPen = penOf(upper);
  }

  open(stage: LiveStage): void {
    this.stage = stage;
    this.frame = null;
    this.flights = stage.shown.map((_, place) => new Flights(stage, this.movers, place * stage.edges.length));
    this.resize();
  }

  /** Closed, the machinery of platforms without servers of the user's own is hidden. */
  drawCurtain(isClosed: boolean): void {
    this.isCurtainClosed = isClosed;
    this.isStale = true;
  }

  /** To the width the page gives it, sharp on any screen. */
  resize(): void {
    if (!this.stage) return;
    const width = this.canvas.parentElement?.clientWidth ?? 600;
    const layout = layoutOf(this.stage, width);
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const [canvas, pen] of [
      [this.canvas, this.pen],
      [this.upper, this.upperPen],
    ] as const) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(layout.height * ratio);
      canvas.style.height = `${layout.height}px`;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.layout = layout;
    this.curtains = layout.bands.map(curtainOf);
    this.movers.follow(layout.bands.flatMap(({ routes }) => routes));
    this.isStale = true;
  }

  /**
   * What is new: the state, and who went where since the last one.
   *
   * @param isSeeking on its way to another moment: nobody can follow who goes where
   */
  show(frame: LiveFrame, nowMs: number, isSeeking: boolean): void {
    const isJump = isSeeking || this.wasSeeking;
    this.wasSeeking = isSeeking;
    const sinceMs = Math.max(16, nowMs - this.frameAtMs);
    this.frameAtMs = nowMs;
    this.frame = frame;
    this.isStale = true;
    const { stage, layout } = this;
    if (!stage || !layout || this.isStill) return;
    frame.platforms.forEach((platform, place) => {
      const band = layout.bands[place];
      if (isJump) this.flights[place]?.rest();
      else if (band) this.flights[place]?.follow({ stage, layout, band }, platform, { nowMs, sinceMs });
    });
  }

  draw(nowMs: number, colours: Colours): void {
    const { layout, stage, frame } = this;
    if (!layout || !stage) return;
    if (this.isStale || this.drawnIn !== colours) {
      this.isStale = false;
      this.drawnIn = colours;
      const { pen } = this;
      pen.clearRect(0, 0, layout.width, layout.height);
      pen.font = `${layout.fontPx}px ${fontFamily}`;
      for (const [place, band] of layout.bands.entries())
        this.drawBand(place, band, frame?.platforms[place] ?? null, nowMs, colours);
      this.drawSources(colours);
    }
    this.drawDots(nowMs, colours);
  }

  private isHidden(place: number): boolean {
    return this.isCurtainClosed && this.stage?.shown[place]?.ownsServers === false;
  }

  private drawDots(nowMs: number, colours: Colours): void {
    const { upperPen, layout, movers } = this;
    if (!layout || this.isStill) return;
    if (this.hasDots) upperPen.clearRect(0, 0, layout.width, layout.height);
    this.hasDots = movers.count > 0;
    if (!this.hasDots) return;
    movers.draw(upperPen, nowMs, colours.strokes, colours.error);
    this.curtains.forEach(({ x, y, width, height }, place) => {
      if (this.isHidden(place)) upperPen.clearRect(x, y, width, height);
    });
  }

  private drawBand(place: number, band: Band, platform: PlatformFrame | null, nowMs: number, colours: Colours): void {
    const { pen, stage } = this;
    if (!stage) return;
    if (place > 0) {
      pen.fillStyle = colours.grid;
      pen.fillRect(0, band.y - 5, band.width, 1);
    }
    if (stage.shown.length > 1) this.drawTitle(place, band, colours);
    this.drawArrows(place, band, nowMs, colours);
    band.columns.forEach((column, service) => {
      drawBox(pen, column, colours);
      const rows = platform ? rowsOf(platform, service) : { from: 0, to: 0 };
      drawHead(pen, column, { stage, platform, service, ...rows }, colours);
      if (!platform) return;
      const concurrency = stage.shown[place]?.services[service]?.concurrency ?? null;
      const view = { frame: platform, ...rows, sourceCount: stage.sources.length, concurrency, nowMs };
      drawInstances(pen, column.cells, view, colours);
    });
    const curtain = this.curtains[place];
    if (curtain && this.isHidden(place)) drawCurtain(pen, curtain, colours);
    stage.databases.forEach(({ title }, database) => {
      const box = band.databases[database];
      const limit = stage.shown[place]?.connections[database] ?? null;
      if (box) drawDatabase(pen, box, { title, limit, platform, database }, colours);
    });
  }

  /** Which platform the band is, in its colour. */
  private drawTitle(place: number, band: Band, colours: Colours): void {
    const { pen } = this;
    const { title = '', colourIndex = place } = this.stage?.shown[place] ?? {};
    pen.fillStyle = colours.strokes[colourIndex % colours.strokes.length] ?? colours.ink;
    const x = Math.min(...band.columns.map((column) => column.x));
    pen.fillRect(x, band.y + 3, 10, 10);
    pen.fillStyle = colours.ink;
    const { font } = pen;
    pen.font = `600 ${font}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'top';
    pen.fillText(fitted(pen, title, band.width - x - 24), x + 16, band.y + 2);
    pen.font = font;
  }

  private drawArrows(place: number, band: Band, nowMs: number, colours: Colours): void {
    const { pen, stage, isStill } = this;
    const flights = this.flights[place];
    stage?.edges.forEach(({ kind }, edge) => {
      const flowPerSecond = flights?.isFlowing ? (flights.flows[edge] ?? 0) : null;
      const view = { flowPerSecond, isMessage: kind === 'send', isStill, nowMs };
      drawArrow(pen, band.routes[edge] ?? [], view, colours);
    });
  }

  private drawSources(colours: Colours): void {
    const { pen, stage, layout } = this;
    if (!stage || !layout) return;
    stage.sources.forEach(({ title }, source) => {
      const at = layout.sources[source];
      if (!at) return;
      pen.fillStyle = colours.strokes[source % colours.strokes.length] ?? colours.ink;
      pen.beginPath();
      pen.arc(at.x, at.y, 6, 0, 2 * Math.PI);
      pen.fill();
      pen.fillStyle = colours.ink;
      pen.textAlign = 'right';
      pen.textBaseline = 'middle';
      pen.fillText(fitted(pen, title, at.x - 9), at.x - 9, at.y);
    });
  }
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser draws no canvas');
  return pen;
}

/** A service's outline, on the ground: arrows go to it, and its containers stand in it. */
function drawBox(pen: CanvasRenderingContext2D, { x, y, width, height }: Box, colours: Colours): void {
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.strokeStyle = colours.grid;
  pen.fillStyle = colours.ground;
  pen.beginPath();
  pen.roundRect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1, Math.min(6, width / 4));
  pen.fill();
  pen.stroke();
}

/** From the uppermost way to the lowest: how services are joined is behind it, too. */
function curtainOf({ columns, routes, y, height }: Band): Box {
  const left = Math.min(...columns.map((column) => column.x)) - 6;
  const right = Math.max(...columns.map((column) => column.x + column.width)) + 4;
  const heights = routes.flatMap((route) => route.filter(({ x }) => x > left && x < right).map((corner) => corner.y));
  const top = Math.min(columns[0]?.y ?? y, ...heights) - 3;
  const foot = Math.max(columns[0] ? columns[0].y + columns[0].height : y + height, ...heights) + 3;
  return { x: left, y: top, width: right - left, height: foot - top };
}

/** Requests go in, answers come out; what is behind is the provider's. */
function drawCurtain(pen: CanvasRenderingContext2D, { x: left, y: top, width, height }: Box, colours: Colours): void {
  pen.fillStyle = colours.warmUp;
  pen.fillRect(left, top, width, height);
  pen.strokeStyle = colours.grid;
  pen.lineWidth = 1;
  pen.beginPath();
  for (let x = left + 10; x < left + width; x += 14) {
    pen.moveTo(x, top);
    pen.lineTo(x, top + height);
  }
  pen.stroke();
  pen.fillStyle = colours.ink;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText('Requests go in, answers come out.', left + width / 2, top + height / 2);
}

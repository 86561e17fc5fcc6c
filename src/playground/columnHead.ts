/**
 * The head of a column on the stage: the service's name, how many instances there are, who waits for one, and the
 * queues that deliver to it. Its own file because all of it is words and counts, while cells are drawings.
 */
import {
  instanceFields,
  instanceRowLength,
  type LiveStage,
  type PlatformFrame,
  queueFields,
  queueRowLength,
  serviceFields,
  serviceRowLength,
} from '../experiment/live.js';
import type { Colours } from '../report/drawing/colours.js';
import { state } from './cells.js';
import { type Column, insetPx, titleLinePx, trayPx } from './stageLayout.js';
import { fitted, fittedLines } from './words.js';

const narrowestPx = 20;

export interface HeadView {
  readonly stage: LiveStage;
  readonly platform: PlatformFrame | null;
  readonly service: number;
  /** Places of its instances in the frame. */
  readonly from: number;
  readonly to: number;
}

/** The column's name, how many instances, and those who wait for one as dots above. */
export function drawHead(pen: CanvasRenderingContext2D, box: Column, view: HeadView, colours: Colours): void {
  const { stage, platform, service } = view;
  // Names of columns as narrow as a letter would lie on each other.
  if (box.width < narrowestPx) return;
  const inner = { x: box.x + insetPx, width: box.width - 2 * insetPx };
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.fillStyle = colours.ink;
  const lines = fittedLines(pen, stage.services[service]?.title ?? '', inner.width, box.titleLines);
  lines.forEach((line, place) => {
    pen.fillText(line, inner.x, box.y + 4 + place * titleLinePx);
  });
  if (!platform) return;
  const countsY = box.y + 4 + box.titleLines * titleLinePx;
  pen.fillStyle = colours.muted;
  pen.fillText(fitted(pen, countWords(platform, view), inner.width), inner.x, countsY);
  const waiting = platform.services[service * serviceRowLength + serviceFields.waiting] ?? 0;
  if (waiting > 0) drawWaiting(pen, { ...inner, y: countsY + 18 }, waiting, colours.error);
  drawTrays(pen, { ...inner, y: box.trayY }, { stage, platform, service }, colours);
}

/** `4`, or `1 of 4, 3 crashed`. */
function countWords({ services, instances }: PlatformFrame, { service, from, to }: HeadView): string {
  const at = service * serviceRowLength;
  const [live, ready] = [services[at + serviceFields.live] ?? 0, services[at + serviceFields.ready] ?? 0];
  let [starting, crashed] = [0, 0];
  for (let place = from; place < to; place++) {
    const phase = instances[place * instanceRowLength + instanceFields.state] ?? 0;
    if (phase < state.ready) starting++;
    else if (phase === state.crashed) crashed++;
  }
  const parts = [
    crashed > 0 ? `${ready} of ${live}` : String(live),
    ...(starting > 0 ? [`${starting} starting`] : []),
    ...(crashed > 0 ? [`${crashed} crashed`] : []),
  ];
  return parts.join(', ');
}

interface Row {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** As many dots as there is room for, then how many there are. */
function drawWaiting(pen: CanvasRenderingContext2D, { x, y, width }: Row, waiting: number, colour: string): void {
  pen.fillStyle = colour;
  const room = Math.max(0, Math.floor((width - 34) / 6));
  const shown = Math.min(waiting, room);
  for (let dot = 0; dot < shown; dot++) pen.fillRect(x + dot * 6, y, 4, 4);
  if (waiting > shown) pen.fillText(String(waiting), x + shown * 6 + 3, y - 4);
}

/** A queue is a pipe before its consumers: its name, its messages by number and as dots. */
function drawTrays(
  pen: CanvasRenderingContext2D,
  box: Row,
  {
    stage,
    platform,
    service,
  }: { readonly stage: LiveStage; readonly platform: PlatformFrame; readonly service: number },
  colours: Colours,
): void {
  const { queues } = platform;
  let { y } = box;
  for (let at = 0; at < queues.length; at += queueRowLength) {
    if (queues[at + queueFields.service] !== service) continue;
    const name = stage.queues[queues[at + queueFields.queue] ?? 0]?.name ?? '';
    const waiting = queues[at + queueFields.waiting] ?? 0;
    pen.strokeStyle = colours.muted;
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.beginPath();
    for (const edge of [0.5, trayPx - 6.5]) {
      pen.moveTo(box.x, y + edge);
      pen.lineTo(box.x + box.width, y + edge);
    }
    pen.stroke();
    const words = fitted(pen, waiting === 0 ? name : `${name} ${waiting}`, box.width - 8);
    pen.fillStyle = colours.ink;
    pen.textBaseline = 'top';
    pen.fillText(words, box.x + 2, y + 3);
    const room = Math.max(0, Math.floor((box.width - pen.measureText(words).width - 10) / 6));
    pen.fillStyle = colours.muted;
    for (let dot = 0; dot < Math.min(waiting, room); dot++)
      pen.fillRect(box.x + box.width - 6 - dot * 6, y + trayPx / 2 - 5, 4, 4);
    y += trayPx;
  }
}

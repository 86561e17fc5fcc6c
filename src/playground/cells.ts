/**
 * Instances on the stage: cells that fill with the requests they hold, or a heat strip where there are too many.
 *
 * Its own file because it is the busiest drawing: two hundred instances, fifty times a second. Nothing is allocated
 * for a dot; colours are looked up, not mixed.
 */
import { instanceFields as field, instanceBits, instanceRowLength, type PlatformFrame } from '../experiment/live.js';
import type { Colours } from '../report/drawing/colours.js';
import { type Box, cellGrid, mostCells, type Point } from './stageLayout.js';

/** What is drawn of one service on one platform. */
export interface ColumnView {
  readonly frame: PlatformFrame;
  /** Places in `frame.instances`: its first instance and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly sourceCount: number;
  /** Requests one instance works on at once; null: no limit. */
  readonly concurrency: number | null;
  /** Milliseconds of the watcher's time, for what pulses. */
  readonly nowMs: number;
}

/** As in the engine's table of instances. */
export const state = { ready: 4, draining: 5, crashed: 6, gone: 7 } as const;

/** @param inner room for the instances of one service */
export function drawInstances(pen: CanvasRenderingContext2D, inner: Box, view: ColumnView, colours: Colours): void {
  const count = view.to - view.from;
  if (count > mostCells) {
    drawHeat(pen, inner, view, colours);
    return;
  }
  const { columnCount, size } = cellGrid(inner, count);
  for (let cell = 0; cell < count; cell++) {
    const x = inner.x + (cell % columnCount) * size;
    const y = inner.y + Math.floor(cell / columnCount) * size;
    drawCell(pen, { x, y, width: size - 3, height: size - 3 }, view, view.from + cell, colours);
  }
}

function drawCell(pen: CanvasRenderingContext2D, box: Box, view: ColumnView, place: number, colours: Colours): void {
  const { instances } = view.frame;
  const at = place * instanceRowLength;
  const phase = instances[at + field.state]!;
  const bits = instances[at + field.bits]!;
  pen.globalAlpha = phase === state.draining ? 0.4 : 1;
  pen.lineWidth = 1;
  pen.setLineDash(phase < state.ready ? [3, 3] : []);
  pen.strokeStyle = (bits & instanceBits.hung) !== 0 || phase === state.crashed ? colours.error : colours.muted;
  pen.fillStyle = instances[at + field.version]! > 0 ? colours.wanted : colours.warmUp;
  pen.beginPath();
  if (box.width < 16) pen.rect(box.x + 0.5, box.y + 0.5, box.width, box.height);
  else pen.roundRect(box.x + 0.5, box.y + 0.5, box.width, box.height, Math.min(4, box.width / 4));
  pen.fill();
  pen.stroke();
  pen.setLineDash([]);
  if (phase < state.ready) drawStart(pen, box, view, at, colours);
  else if (phase === state.crashed) drawCrash(pen, box, instances[at + field.leftS]!, colours);
  if (phase >= state.ready || instances[at + field.queued]! > 0) drawHeld(pen, box, view, place, colours);
  pen.globalAlpha = 1;
}

/** Grows from the bottom as its start goes on, and pulses; the seconds left stand in it. */
function drawStart(pen: CanvasRenderingContext2D, box: Box, view: ColumnView, at: number, colours: Colours): void {
  const ageS = view.frame.instances[at + field.ageS]!;
  const leftS = view.frame.instances[at + field.leftS]!;
  const share = Number.isFinite(leftS) && ageS + leftS > 0 ? Math.min(1, ageS / (ageS + leftS)) : 0;
  pen.globalAlpha = 0.35 + 0.25 * Math.sin(view.nowMs / 160);
  pen.fillStyle = colours.strokes[1] ?? colours.ink;
  pen.fillRect(box.x + 1, box.y + box.height * (1 - share), box.width - 1, box.height * share);
  pen.globalAlpha = 1;
  if (box.width >= 24 && Number.isFinite(leftS)) writeIn(pen, box, seconds(leftS), colours.ink);
}

function drawCrash(pen: CanvasRenderingContext2D, box: Box, leftS: number, colours: Colours): void {
  pen.strokeStyle = colours.error;
  pen.beginPath();
  pen.moveTo(box.x + 4, box.y + 4);
  pen.lineTo(box.x + box.width - 3, box.y + box.height - 3);
  pen.moveTo(box.x + box.width - 3, box.y + 4);
  pen.lineTo(box.x + 4, box.y + box.height - 3);
  pen.stroke();
  if (box.width >= 24 && leftS > 0) writeIn(pen, box, seconds(leftS), colours.error);
}

function seconds(leftS: number): string {
  return leftS < 10 ? `${leftS.toFixed(1)}s` : `${Math.round(leftS)}s`;
}

function writeIn(pen: CanvasRenderingContext2D, box: Box, text: string, colour: string): void {
  pen.fillStyle = colour;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(text, box.x + box.width / 2, box.y + box.height / 2);
}

/** A dot is a request, its colour the visitor's journey; those in its line are hollow. */
function drawHeld(pen: CanvasRenderingContext2D, box: Box, view: ColumnView, place: number, colours: Colours): void {
  const { frame, sourceCount } = view;
  const total =
    frame.instances[place * instanceRowLength + field.inService]! +
    frame.instances[place * instanceRowLength + field.queued]!;
  if (total === 0) return;
  const { columnCount, size } = cellGrid({ width: box.width - 4, height: box.height - 4 }, Math.min(total, 100));
  const step = Math.min(size, 9);
  const radius = Math.max(1, step * 0.38);
  let dot = 0;
  for (const [counts, isHollow] of [
    [frame.holds, false],
    [frame.waits, true],
  ] as const) {
    for (let source = 0; source < sourceCount; source++) {
      const held = counts[place * sourceCount + source]!;
      if (held === 0) continue;
      const colour = colours.strokes[source % colours.strokes.length] ?? colours.ink;
      pen.fillStyle = colour;
      pen.strokeStyle = colour;
      pen.beginPath();
      for (let one = 0; one < held && dot < 100; one++, dot++) {
        const x = box.x + 3 + ((dot % columnCount) + 0.5) * step;
        const y = box.y + box.height - 2 - (Math.floor(dot / columnCount) + 0.5) * step;
        // Nobody sees the corners of so small a square, and it costs a fifth of a circle.
        if (radius < 2) pen.rect(x - radius, y - radius, 2 * radius, 2 * radius);
        else {
          pen.moveTo(x + radius, y);
          pen.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      if (isHollow) pen.stroke();
      else pen.fill();
    }
  }
}

/** A small block an instance: the fuller, the stronger. Starting ones are outlined, crashed ones red. */
function drawHeat(pen: CanvasRenderingContext2D, box: Box, view: ColumnView, colours: Colours): void {
  const { instances } = view.frame;
  const count = view.to - view.from;
  const { columnCount, size } = cellGrid(box, count);
  const full = view.concurrency ?? Math.max(1, fullest(instances, view));
  for (let cell = 0; cell < count; cell++) {
    const at = (view.from + cell) * instanceRowLength;
    const phase = instances[at + field.state]!;
    const share = Math.min(1, (instances[at + field.inService]! + instances[at + field.queued]!) / full);
    const x = box.x + (cell % columnCount) * size;
    const y = box.y + Math.floor(cell / columnCount) * size;
    pen.globalAlpha = phase < state.ready ? 0.35 : phase === state.draining ? 0.3 : 0.15 + 0.85 * share;
    pen.fillStyle =
      phase === state.crashed ? colours.error : (colours.strokes[phase < state.ready ? 1 : 0] ?? colours.ink);
    pen.fillRect(x, y, Math.max(1, size - 1), Math.max(1, size - 1));
  }
  pen.globalAlpha = 1;
}

function fullest(instances: Float32Array, { from, to }: ColumnView): number {
  let most = 0;
  for (let place = from; place < to; place++)
    most = Math.max(most, instances[place * instanceRowLength + field.inService]!);
  return most;
}

/** Where the middle of a service's `cell`th instance is drawn, for a dot that flies there. */
export function cellCentre(inner: Box, count: number, cell: number): Point {
  const { columnCount, size } = cellGrid(inner, Math.max(1, count));
  return {
    x: inner.x + ((cell % columnCount) + 0.5) * size,
    y: inner.y + (Math.floor(cell / columnCount) + 0.5) * size,
  };
}

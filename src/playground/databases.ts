/**
 * Databases on the stage: cylinders that fill with connections in use. Its own file because a cylinder is a drawing of
 * its own.
 */
import { databaseFields, databaseRowLength, type PlatformFrame } from '../experiment/live.js';
import type { Colours } from '../report/drawing/colours.js';
import type { Box } from './stageLayout.js';
import { fitted } from './words.js';

export interface DatabaseView {
  readonly title: string;
  /** Connections it takes; null: no limit. */
  readonly limit: number | null;
  readonly platform: PlatformFrame | null;
  readonly database: number;
}

export function drawDatabase(pen: CanvasRenderingContext2D, box: Box, view: DatabaseView, colours: Colours): void {
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

/**
 * Words on a canvas, shortened until they fit. Its own file because measuring is dear and the same words are drawn
 * thirty times a second: what fits is remembered.
 */
import { brokenAtSeams } from './seams.js';

const remembered = new Map<string, string>();
const mostRemembered = 2000;

export function fitted(pen: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${Math.floor(width)} ${pen.font} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const shown = shortened(pen, text, width);
  remembered.set(key, shown);
  return shown;
}

function shortened(pen: CanvasRenderingContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  // A name may have ten thousand characters, and none of them is wider than the room.
  let length = Math.min(text.length, Math.ceil(width));
  while (length > 1 && pen.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

/** @param most lines there is room for; what remains is cut */
export function fittedLines(pen: CanvasRenderingContext2D, text: string, width: number, most: number): string[] {
  const lines = brokenAtSeams(text, (line) => fitted(pen, line, width) === line);
  return lines.slice(0, most).map((line) => fitted(pen, line, width));
}

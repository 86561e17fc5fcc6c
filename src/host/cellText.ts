/**
 * A finished cell as text: one line with the digest of the rest, one with the cell. Its own file because a folder and a
 * bucket hold the same bytes, and damage must be seen in both: half a file, a flipped bit, another cell's content.
 */
import { createHash } from 'node:crypto';
import type { Cell } from '../experiment/cells.js';

/** The text to store under `key`. */
export function cellText(key: string, cell: Cell): string {
  const body = `${key}\n${JSON.stringify(cell)}\n`;
  return `${digest(body)}\n${body}`;
}

/** The cell in a stored text; null where the text is not what was stored under `key`. */
export function readCellText(key: string, text: string): Cell | null {
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== digest(body) || !body.startsWith(`${key}\n`)) return null;
  return JSON.parse(body.slice(key.length + 1)) as Cell; // The digest says that we wrote it.
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

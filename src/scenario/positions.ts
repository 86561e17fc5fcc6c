/**
 * Where every key and value of a scenario stands: a side table, so that the checked scenario itself stays plain and
 * later rooms can still point at the character that is wrong.
 *
 * Plain data (a Map of plain records) so that it survives a copy to a worker; read with `positionOf`.
 */
import type { Position } from '../units/issue.js';

/** A path is the keys from the top, list places as numbers: ['platforms', 'eks', 'nodes'], ['faults', 0, 'at']. */
export type Path = readonly (string | number)[];

export interface Located {
  /** Of the key's first character; of the item for one of a list; of the document for the top. */
  readonly key: Position;
  readonly value: Position;
  /** Characters of the key and of the value on its first line: what to underline. */
  readonly keyLength: number;
  readonly valueLength: number;
}

/** Keyed by `pathKey`. */
export type Positions = ReadonlyMap<string, Located>;

/** Control characters cannot occur in names, so U+0000 separates unambiguously. */
export function pathKey(path: Path): string {
  return path.join('\u0000');
}

/** `platforms.eks.nodes`, `faults[0].at`: a path for people, and for `--set`. Names that need it are quoted. */
export function printPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += `${text === '' ? '' : '.'}${printName(part)}`;
  }
  return text;
}

/** Whether a printed path is another, or something within it. */
export function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`) || path.startsWith(`${above}[`);
}

function printName(name: string): string {
  const short = name.length > 60 ? `${name.slice(0, 57)}...` : name;
  return /^[^\s.[\]"'\p{C}]+$/u.test(short) ? short : JSON.stringify(short);
}

/** Where `path` stands; of the nearest part of it that was written when it was not. */
export function locate(positions: Positions, path: Path): Located {
  for (let length = path.length; length >= 0; length--) {
    const found = positions.get(pathKey(path.slice(0, length)));
    if (!found) continue;
    // What isn't written is reported at the key of the parent that lacks it.
    return length === path.length
      ? found
      : { key: found.key, value: found.key, keyLength: found.keyLength, valueLength: found.keyLength };
  }
  const start = { file: '', line: 1, column: 1 };
  return { key: start, value: start, keyLength: 1, valueLength: 1 };
}

/** Position of the key (a wrong name) or of the value (a wrong value) at `path`. */
export function positionOf(positions: Positions, path: Path, part: 'key' | 'value' = 'value'): Position {
  return locate(positions, path)[part];
}

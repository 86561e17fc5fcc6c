/**
 * Which operation a logged request asks for: patterns of method and path, `GET /api/movies*`, and `else`.
 *
 * The most exact pattern wins, whatever the order they are written in: the one with most letters that are not `*`, then
 * the one with fewer `*`, then the first by name. A pattern without `?` does not look at the query string.
 */

/**
 * As written in the scenario: `GET /api/*`, `/health` (any method), `* /x`, or null and `else` for whatever is left.
 */
export type EntryPattern = string | null;

export class EntryPatterns {
  private readonly patterns: readonly BoundPattern[];
  private readonly elseIndex: number;

  /** The place of a pattern in the list is the entry index it stands for. */
  constructor(patterns: readonly EntryPattern[]) {
    this.elseIndex = patterns.findIndex((pattern) => pattern === null || pattern === 'else');
    this.patterns = patterns
      .flatMap((pattern, entryIndex) =>
        entryIndex === this.elseIndex || pattern === null ? [] : [bind(pattern, entryIndex)],
      )
      .sort((a, b) => b.letterCount - a.letterCount || a.starCount - b.starCount || (a.text < b.text ? -1 : 1));
  }

  /** The entry of a request; -1 when nothing matches and there is no `else`. */
  entryOf(method: string, target: string): number {
    const path = target.split('?', 1)[0]!;
    for (const { method: wanted, path: pattern, hasQuery, entryIndex } of this.patterns)
      if (matches(wanted, method) && matches(pattern, hasQuery ? target : path)) return entryIndex;
    return this.elseIndex;
  }
}

interface BoundPattern {
  readonly text: string;
  readonly entryIndex: number;
  /** Split at the stars. */
  readonly method: readonly string[];
  readonly path: readonly string[];
  readonly hasQuery: boolean;
  readonly letterCount: number;
  readonly starCount: number;
}

function bind(text: string, entryIndex: number): BoundPattern {
  const trimmed = text.trim();
  const space = trimmed.search(/\s/);
  const method = space < 0 ? '*' : trimmed.slice(0, space).toUpperCase();
  const path = space < 0 ? trimmed : trimmed.slice(space).trim();
  const letterCount = `${method}${path}`.replaceAll('*', '').length;
  const starCount = `${method}${path}`.split('*').length - 1;
  const hasQuery = path.includes('?');
  return { text, entryIndex, method: method.split('*'), path: path.split('*'), hasQuery, letterCount, starCount };
}

/**
 * Whether `text` is the parts in order with anything between them. No regular expression: a user's path is no
 * program.
 */
function matches(parts: readonly string[], text: string): boolean {
  const [first, last] = [parts[0]!, parts[parts.length - 1]!];
  if (parts.length === 1) return text === first;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

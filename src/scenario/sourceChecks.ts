/**
 * What is looked at before a scenario's text is parsed: is it text at all, and how deep does it nest?
 *
 * Its own file because these checks exist only so that hostile or damaged input cannot reach code that recurses.
 */
import type { Issue, Position } from '../units/issue.js';

/** Levels a scenario may nest; real ones stay below 20. */
export const deepestAllowed = 100;
/** Columns of indentation before the file counts as too deep to look at. */
const widestIndent = 1_000;

/** The issue of a text that was not UTF-8 or holds nothing; nothing when it is fine. */
export function checkEncoding(text: string, file: string): Issue | undefined {
  const damaged = firstOf(text, '\u0000', '\uFFFD');
  if (damaged >= 0)
    return syntaxIssue(placeAt(text, damaged, file), 'the file is not UTF-8', 'save it as UTF-8 and try again');
  if (/^\uFEFF?[\s]*$/.test(text))
    return syntaxIssue({ file, line: 1, column: 1 }, 'the file is empty', 'a scenario needs traffic and services');
  return undefined;
}

function firstOf(text: string, ...marks: readonly string[]): number {
  const found = marks.map((mark) => text.indexOf(mark)).filter((index) => index >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

/** The issue of a text that nests deeper than allowed, found on its tokens (the lexer's) without recursion. */
export function checkNesting(text: string, tokens: readonly string[], file: string): Issue | undefined {
  let offset = 0;
  let flowDepth = 0;
  let indicatorsOnLine = 0;
  let isLineStart = true;
  for (const token of tokens) {
    const first = token[0];
    if (token === '[' || token === '{') flowDepth++;
    else if (token === ']' || token === '}') flowDepth = Math.max(0, flowDepth - 1);
    else if (token === '-' || token === '?') indicatorsOnLine++;
    else if (first === '\n' || first === '\r') indicatorsOnLine = 0;
    const indent = isLineStart && first === ' ' ? token.length : 0;
    if (flowDepth > deepestAllowed || indicatorsOnLine > deepestAllowed || indent > widestIndent)
      return tooDeep(placeAt(text, offset, file));
    isLineStart = first === '\n' || first === '\r';
    if (!isControl(token)) offset += token.length;
  }
  return undefined;
}

/** The issue at a place that nests too deep. */
export function tooDeep(at: Position): Issue {
  return syntaxIssue(at, `nests deeper than ${deepestAllowed} levels`, 'no scenario needs that');
}

export function syntaxIssue(at: Position, message: string, hint?: string): Issue {
  return { code: 'syntax', severity: 'error', at, path: '', message, ...(hint ? { hint } : {}) };
}

/** Marks the lexer puts between tokens; they are not in the source. */
function isControl(token: string): boolean {
  return token.length === 1 && (token === '\u0002' || token === '\u0018' || token === '\u001f' || token === '\uFEFF');
}

function placeAt(text: string, offset: number, file: string): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 };
}

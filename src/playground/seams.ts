/**
 * A name on as many lines as its column is narrow. Its own file because room is planned before anything is drawn, and
 * drawing measures anew. Checked by test/playground/stageRoutes.test.ts.
 */
import { wordsOf } from '../report/nameWords.js';

/** Longer names are cut, not broken. */
const longestBroken = 80;
const mostLines = 3;

/**
 * As few lines as hold it, each as long as fits; a word that is too long has a line of its own, and the last line has
 * all that is left.
 */
export function brokenAtSeams(text: string, fits: (line: string) => boolean): string[] {
  if (text.length > longestBroken || fits(text)) return [text];
  const lines: string[] = [];
  for (const word of wordsOf(text)) {
    const last = lines.at(-1);
    if (last !== undefined && (lines.length === mostLines || fits((last + word).trimEnd())))
      lines[lines.length - 1] = last + word;
    else lines.push(word);
  }
  return lines.map((line) => line.trimEnd());
}

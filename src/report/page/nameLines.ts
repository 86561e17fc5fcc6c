/**
 * A name in a box of the service graph: on one line where it fits, else on two, broken where a reader would.
 *
 * Its own file because the layout makes room for as many lines as the drawing writes. Checked by
 * test/report/page.test.ts.
 */
import { shortName } from '../figures.js';
import { wordsOf } from '../nameWords.js';

/** So many letters fit into a box beside its rims. */
export const lineLetters = 16;

/**
 * The name as one or two lines: `FareCalculation`, `Service`. Only a word longer than a line is cut, with an ellipsis.
 */
export function nameLines(name: string): readonly string[] {
  if ([...name].length <= lineLetters) return [name];
  const words = wordsOf(name);
  let first = '';
  let taken = 0;
  for (const word of words) {
    if ([...(first + word).trimEnd()].length > lineLetters) break;
    first += word;
    taken++;
  }
  const rest = words.slice(taken).join('').trim();
  if (taken > 0 && rest !== '') return [first.trimEnd(), shortName(rest, lineLetters)];
  const letters = [...name];
  return [letters.slice(0, lineLetters).join(''), shortName(letters.slice(lineLetters).join(''), lineLetters)];
}

/**
 * "Did you mean": the known name nearest to a mistyped one.
 *
 * Its own file so that keys, references, kinds and metrics are all suggested by one measure.
 */
import { distance } from 'fastest-levenshtein';

/** The nearest of `known` by edits, when it is near enough to be meant: a third of the letters, or a beginning. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 200);
  let best: string | undefined;
  let bestEdits = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    // Names of very different lengths are never near: not measuring them keeps a file full of mistakes quick.
    const isHopeless = Math.abs(wanted.length - candidate.length) > 1 + Math.max(wanted.length, candidate.length) / 3;
    if (isHopeless && !candidate.toLowerCase().startsWith(wanted)) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    const isBegun = wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted);
    const reach = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    // A name of which no letter is left is another name.
    const isSwapped = edits === 2 && sortedLetters(wanted) === sortedLetters(candidate.toLowerCase());
    const isNear = (edits <= reach || isSwapped) && edits < Math.max(wanted.length, candidate.length);
    if (!(isNear || isBegun) || edits >= bestEdits) continue;
    best = candidate;
    bestEdits = edits;
  }
  return best;
}

function sortedLetters(name: string): string {
  return [...name].sort().join('');
}

/** The mend of an unknown name: the nearest known one, else what is known. */
export function suggest(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${JSON.stringify(near)}?`;
  if (known.length === 0) return 'the scenario has none';
  const shown = known.slice(0, 12).map((each) => (each.length > 40 ? `${each.slice(0, 37)}...` : each));
  return `known: ${shown.join(', ')}${known.length > 12 ? ` and ${known.length - 12} more` : ''}`;
}

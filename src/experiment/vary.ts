/**
 * What `--vary path=values` says: a list, or a range with its steps, read into the texts that `--set` would take.
 *
 * Its own file because sweep, plan and break-even read the same words. The values of a range keep the unit they were
 * written in and are taken in decimal, so that `0.1..0.5/0.1` ends at 0.5 and `128MB..512MB/128MB` has four values.
 * Whether a value is allowed at its path is for the scenario's own rules. Checked by test/experiment/vary.test.ts.
 */
import { type AmountRange, readAmountRange } from '../units/amountRange.js';
import { quote } from '../units/number.js';

/** A path with everything it may be. */
export interface Varied {
  readonly path: string;
  /** In the order written, each once; empty for a range without steps. */
  readonly values: readonly string[];
  /** Where the values come from a range: what lies between them is a value too. */
  readonly range: AmountRange | null;
}

/**
 * `services.a.replicas=2,4,8`, `load=1..10`, `load=0.5..2/0.25`, `load=1..1000*10`, `load=1..1000/log7` (seven values,
 * each the same factor from the last), or `load=1..10` with decimals or units: a range without steps.
 *
 * @returns the path with its values, or a sentence that says what is wrong
 */
export function readVaried(text: string): Varied | string {
  const at = text.indexOf('=');
  if (at < 1) return `${quote(text)} is not path=values, as in load=1,2,4 or load=1..10/1`;
  const path = text.slice(0, at).trim();
  const values = text.slice(at + 1).trim();
  if (values === '') return `${path} has no values; write them as in ${path}=1,2,4 or ${path}=1..10/1`;
  const range = values.includes(',') ? null : readAmountRange(values);
  if (range === null) return readList(path, values);
  return typeof range === 'string' ? `${path} ${range}` : { path, ...range };
}

/** The same from data, as the library takes it: each value is what `--set` would be given. */
export function variedOf(path: string, values: readonly (string | number | boolean)[]): Varied | string {
  const texts = values.map(String);
  if (texts.length === 0) return `${path} has no values`;
  const twice = texts.find((value, place) => texts.indexOf(value) < place);
  return twice === undefined ? { path, values: texts, range: null } : `${path} has the value ${twice} twice`;
}

function readList(path: string, text: string): Varied | string {
  const values = splitAtCommas(text).map((value) => value.trim());
  if (values.includes('')) return `${path} has an empty value; write null to remove a setting`;
  return variedOf(path, values);
}

/** At commas outside brackets and quotes: `a,[b,c],"d,e"` has three parts. */
function splitAtCommas(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quoteMark = '';
  for (const letter of text) {
    if (quoteMark === '' && depth === 0 && letter === ',') {
      parts.push('');
      continue;
    }
    if (quoteMark !== '') quoteMark = letter === quoteMark ? '' : quoteMark;
    else if (letter === '"' || letter === "'") quoteMark = letter;
    else if ('[{('.includes(letter)) depth++;
    else if (']})'.includes(letter)) depth--;
    parts[parts.length - 1] += letter;
  }
  return parts;
}

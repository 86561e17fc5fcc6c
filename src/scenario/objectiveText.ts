/**
 * The grammar of objectives: `[scope.]metric op value[unit]`, such as `movie.latency_p95 < 200ms` and
 * `within(800ms) >= 99%`.
 *
 * Its own file because it is a grammar of its own, and roll-outs read `abortIf` by it: who compiles a scenario needs no
 * forms. Only its form is checked: which scopes and metrics there are, and in which unit each counts, stands in the
 * metric catalogue, which `scenario` doesn't know.
 */
import { readDurationUs } from '../units/duration.js';
import { readMoneyUsd } from '../units/money.js';
import { type Reading, readNumber } from '../units/number.js';
import { readRatePerSecond } from '../units/rate.js';
import { readShare } from '../units/share.js';
import { readMemoryMb } from '../units/size.js';
import type { ObjectiveLimit, ObjectiveSpec } from './contract.js';
import type { Rule } from './rules.js';

/** What one line of text says. */
export type ObjectiveText = Pick<
  ObjectiveSpec,
  'text' | 'scope' | 'metric' | 'withinUs' | 'withinText' | 'op' | 'limit'
>;
type ObjectiveReading = Reading<ObjectiveText> & { readonly rule?: Rule };

const form = /^(.+?)\s*(<=|>=|==|!=|=<|=>|=|<|>)\s*(.+)$/s;
const subject = /^(?:(.*)\.)?(within\s*\([^()]*\)|within_\d+(?:\.\d+)?[a-z]+|[A-Za-z]\w*)$/s;

/** Reads one objective, as in the file or after `--threshold`. */
export function readObjective(text: string): ObjectiveReading {
  const fault = (message: string, hint: string): ObjectiveReading => ({
    ok: false,
    code: 'type',
    rule: 'metric',
    message,
    hint,
  });
  const parts = form.exec(text.trim());
  const about = parts ? subject.exec(parts[1]!) : null;
  if (!parts || !about) {
    const message = `must be "[scope.]metric op value", got ${JSON.stringify(text.slice(0, 80))}`;
    return fault(message, 'write as in "latency_p99 < 800ms"');
  }
  const op = parts[2]!;
  if (op === '=' || op === '=<' || op === '=>') {
    const right = op === '=' ? '==' : op === '=<' ? '<=' : '>=';
    return fault(`has ${op} in ${JSON.stringify(text.slice(0, 80))}`, `write ${right}`);
  }
  const limit = readLimit(parts[3]!);
  if (!limit)
    return fault(
      `has no value with its unit: ${JSON.stringify(parts[3]!.slice(0, 40))}`,
      'write 800ms, 99%, $900, 40/s, 512MB or 10',
    );
  const head = { text: text.trim(), scope: about[1] ?? null, op: op as ObjectiveText['op'], limit };
  const within = /^within(?:\s*\(\s*(.*?)\s*\)|_(.+))$/.exec(about[2]!);
  if (!within) return { ok: true, value: { ...head, metric: about[2]! } };
  const withinText = (within[1] ?? within[2])!;
  const duration = readDurationUs(withinText);
  if (!duration.ok) return fault(`${duration.message} in ${about[2]}`, duration.hint ?? 'write within(800ms)');
  return { ok: true, value: { ...head, metric: 'within', withinUs: duration.value, withinText } };
}

/** The one kind of quantity that a text is; nothing when it is none. */
function readLimit(text: string): ObjectiveLimit | undefined {
  const bare = readNumber(text);
  if (bare.ok) return { kind: 'number', value: bare.value, text };
  const money = readMoneyUsd(text);
  if (money.ok) return { kind: 'money', value: Number(money.value), text };
  const readers = { share: readShare, duration: readDurationUs, rate: readRatePerSecond, size: readMemoryMb };
  for (const [kind, read] of Object.entries(readers) as [keyof typeof readers, typeof readShare][]) {
    const reading = read(text);
    if (reading.ok) return { kind, value: reading.value, text };
  }
  return undefined;
}

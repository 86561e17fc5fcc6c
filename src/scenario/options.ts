/**
 * Options of plug-ins (scalers, roll-outs): kept as written until the room that owns the plug-in says what they mean.
 *
 * Its own file because `scenario` may not know plug-in names, yet their options must be refused with the same words and
 * places as everything else: `readOptions` lets `model` say which settings there are and of which kind.
 */
import { readDurationUs } from '../units/duration.js';
import type { Checked, Issue } from '../units/issue.js';
import { type NumberLimits, type Reading, readNumber } from '../units/number.js';
import { readRatePerSecond } from '../units/rate.js';
import { readFactor, readShare, readVcpu } from '../units/share.js';
import { readMemoryMb } from '../units/size.js';
import { nearest, suggest } from './nearest.js';
import { locate, type Path, type Positions, printPath } from './positions.js';

/** What stands behind a plug-in's name. `text` is the scalar exactly as written, `60%`, `15s`, `2`. */
export type OptionValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly OptionValue[] }
  | { readonly kind: 'map'; readonly entries: readonly { readonly name: string; readonly value: OptionValue }[] };

/** The kinds of scalar an option may be, read into base units: microseconds, per second, MB of 2^20, vCPU, [0, 1]. */
const readers = {
  duration: readDurationUs,
  rate: readRatePerSecond,
  memory: readMemoryMb,
  vcpu: readVcpu,
  share: readShare,
  factor: readFactor,
} as const;
export type OptionKind = keyof typeof readers | NumberLimits;

/** One scalar option; the fault's message follows the path, as in `must be a share, got 5`. */
export function readOption(value: OptionValue, kind: OptionKind): Reading<number> {
  if (value.kind !== 'text') {
    const found = value.kind === 'empty' ? 'nothing' : value.kind === 'list' ? 'a list' : 'a mapping';
    return {
      ok: false,
      code: 'type',
      message: `must be ${typeof kind === 'string' ? `a ${kind}` : 'a number'}, got ${found}`,
    };
  }
  return typeof kind === 'string' ? readers[kind](value.text) : readNumber(value.text, kind);
}

/**
 * The scalar options behind a plug-in's name, as numbers; those not written are left out.
 *
 * @param kinds every setting the plug-in has; settings of another shape are listed in `others` and left to the caller
 * @param path where `value` stands, for the issues: unknown settings, wrong kinds, all of them at once
 */
export function readOptions<Names extends string>(
  value: OptionValue,
  kinds: Readonly<Record<Names, OptionKind>>,
  where: { readonly positions: Positions; readonly path: Path; readonly others?: readonly string[] },
): Checked<{ readonly [Name in Names]?: number }> {
  const { positions, path, others = [] } = where;
  const issues: Issue[] = [];
  const known = [...Object.keys(kinds), ...others];
  const found: Record<string, number> = {};
  if (value.kind !== 'map' && value.kind !== 'empty')
    issues.push(
      issueAt({ positions, path, code: 'type', message: 'must be a mapping', hint: `its keys: ${known.join(', ')}` }),
    );
  for (const { name, value: option } of value.kind === 'map' ? value.entries : []) {
    const at = { positions, path: [...path, name] };
    if (!known.includes(name)) {
      const near = nearest(name, known);
      const hint = near ? `did you mean ${JSON.stringify(near)}?` : suggest(name, known);
      issues.push(issueAt({ ...at, code: 'unknown-key', message: 'is not a known setting', hint, part: 'key' }));
    } else if (Object.hasOwn(kinds, name)) {
      const reading = readOption(option, kinds[name as Names]);
      if (reading.ok) found[name] = reading.value;
      else issues.push(issueAt({ ...at, ...reading }));
    }
  }
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: found as { readonly [Name in Names]?: number }, warnings: [] };
}

/** An issue at a path of the scenario, with the path in front of its message: for rooms that check meaning. */
export function issueAt(fault: {
  readonly positions: Positions;
  readonly path: Path;
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly part?: 'key' | 'value' | undefined;
  readonly severity?: 'error' | 'warning';
}): Issue {
  const { positions, path, code, message, hint, part = 'value', severity = 'error' } = fault;
  const place = locate(positions, path);
  const subject = path.length === 0 ? 'the scenario' : printPath(path);
  return {
    code,
    severity,
    at: place[part],
    length: part === 'key' ? place.keyLength : place.valueLength,
    path: printPath(path),
    message: `${subject} ${message}`,
    ...(hint ? { hint } : {}),
  };
}

/**
 * From a finished comparison to an exit code, and to what stderr says about it. Its own file because it is the one
 * place where a result becomes a verdict of the command line. Checked by test/cli/outcome.test.ts.
 */
import type { Comparison, Warning } from '../experiment/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';

const mostWarnings = 20;

export interface Circumstances {
  /** 130 or 143 when a signal stopped it. */
  readonly interruption: ExitCode | null;
  readonly isStrict: boolean;
}

export function exitCodeOf(comparison: Comparison, circumstances: Circumstances): ExitCode {
  const { verdict } = comparison;
  const hasWarnings = countWarnings(comparison) > 0;
  return strongestExitCode([
    ...(circumstances.interruption === null ? [] : [circumstances.interruption]),
    ...(verdict.isTrusted && !(circumstances.isStrict && hasWarnings) ? [] : [exitCodes.untrusted]),
    ...(verdict.isMissedByAll ? [exitCodes.missed] : []),
  ]);
}

function countWarnings({ platforms, warnings }: Comparison): number {
  return platforms.reduce((sum, platform) => sum + platform.warnings.length, warnings.length);
}

/** One line a warning, those of several platforms told once; at most 20. */
export function warningLines({ platforms, warnings }: Comparison): readonly string[] {
  const byMessage = new Map<string, { readonly warning: Warning; readonly names: string[] }>();
  for (const platform of platforms)
    for (const warning of platform.warnings) {
      const told = byMessage.get(warning.message);
      if (told) told.names.push(platform.name);
      else byMessage.set(warning.message, { warning, names: [platform.name] });
    }
  const lines = [
    ...warnings.map(({ code, message }) => `warning ${code}  ${message}`),
    ...[...byMessage.values()].map(({ warning, names }) => {
      const whose = names.length === platforms.length ? '' : ` (${names.join(', ')})`;
      return `warning ${warning.code}  ${warning.message}${whose}`;
    }),
  ];
  return lines.length > mostWarnings
    ? [...lines.slice(0, mostWarnings), `… and ${lines.length - mostWarnings} more warnings`]
    : lines;
}

/** Without any objective there is none to miss: one hint says how to set some. */
export function hintLines({ platforms }: Comparison): readonly string[] {
  return platforms.some(({ objectives }) => objectives.length > 0)
    ? []
    : ['hint: no objective was set; with `objectives:` the exit code says whether they hold'];
}

/** Why the code isn't 0, one line a reason; what several platforms share is told once. */
export function reasonLines(comparison: Comparison, isStrict = false): readonly string[] {
  const { verdict, complete, platforms } = comparison;
  const warningCount = isStrict && verdict.isTrusted ? countWarnings(comparison) : 0;
  const byReason = new Map<string, string[]>();
  for (const { platform, code, message } of verdict.isTrusted ? [] : verdict.untrusted)
    byReason.set(`${message} (${code})`, [...(byReason.get(`${message} (${code})`) ?? []), platform]);
  return [
    ...(complete ? [] : ['the result is partial: not every replication was finished']),
    ...[...byReason].map(([reason, names]) => {
      const whose = platforms.length === 1 ? '' : names.length === platforms.length ? 'all: ' : `${names.join(', ')}: `;
      return `not trustworthy: ${whose}${reason}`;
    }),
    ...(warningCount > 0 ? [`--strict: ${warningCount} ${warningCount === 1 ? 'warning' : 'warnings'} (exit 4)`] : []),
    ...(verdict.isMissedByAll ? missedLines(verdict.missed, platforms) : []),
  ];
}

function missedLines(missed: Comparison['verdict']['missed'], platforms: Comparison['platforms']): readonly string[] {
  const [only] = missed;
  if (platforms.length === 1 && only) {
    const { length } = platforms[0]?.objectives ?? [];
    return [`${only.objectives.length} of ${length} ${length === 1 ? 'objective' : 'objectives'} missed (exit 99)`];
  }
  return [
    ...missed.map(({ platform, objectives }) => `${platform} misses ${objectives.join('; ')}`),
    'every platform misses an objective (exit 99)',
  ];
}

/**
 * Why a number bears a star, in words: the warning of its platform, or what the code itself says where there is none.
 * Its own file because the page and the terminal say the same. Checked by test/report/tables.test.ts.
 */
import type { Warning } from '../experiment/contract.js';

const ownWords: Readonly<Record<string, string>> = {
  'few-samples': 'of too few answers for so rare a percentile; lengthen run.duration or add replications',
};

export function weakReason(code: string, warnings: readonly Warning[]): string {
  return warnings.find((warning) => warning.code === code)?.message ?? ownWords[code] ?? code;
}

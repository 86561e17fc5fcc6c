/**
 * The command `npm run conformance -- PATH...`: runs every case of the given files and folders (default:
 * test/conformance/) through the product's own functions. One line for each failing case, then `N passed, N failed`
 * alone on the last line; exit 0 only if all passed and there was one.
 */

import { judgePaths, type Verdict } from './cases.js';
import type { Failure } from './contract.js';

const given = process.argv.slice(2);
const verdicts = await judgePaths(given.length > 0 ? given : ['test/conformance']);
const failed = verdicts.filter(({ failures }) => failures.length > 0);
const lines = failed.map(lineOf);
lines.push(`${verdicts.length - failed.length} passed, ${failed.length} failed`);
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = failed.length === 0 && verdicts.length > 0 ? 0 : 1;

function lineOf({ id, failures }: Verdict): string {
  return `FAILED ${id}: ${failures.map(differenceOf).join('; ')}`.replaceAll(/\s*\n\s*/g, ' ');
}

function differenceOf({ path, expected, got }: Failure): string {
  return `${path === '' ? '' : `${path} `}expected ${shown(expected)}, got ${shown(got)}`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}

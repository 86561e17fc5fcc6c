/** `windtunnel validate`: every mistake of a scenario, without simulating. Its work is `validation.ts`. */
import { setFlagsFromString } from 'node:v8';
import type { Command } from './contract.js';

export const validate: Command = {
  name: 'validate',
  summary: 'checks scenarios and simulates nothing; exit 2 on any error',
  operands: '<file...>',
  operandCount: { least: 1, most: 1_000 },
  flags: ['issue-format', 'explain', 'set', 'prices', 'strict'],
  examples: [
    { line: 'windtunnel validate shop.yaml', does: 'every mistake at once, with its place and its mend' },
    { line: 'windtunnel validate scenarios/*/*.yaml --format github', does: 'annotations for a pull request' },
    { line: 'windtunnel validate --explain unknown-key', does: 'what that rule checks' },
  ],
  run: async (call, terminal) => {
    optimiseLate();
    return (await import('../validation.js')).validateFiles(call, terminal);
  },
};

/** The last V8 that is known to have the setting: a later one might complain of it. */
const latestKnownV8 = 14;

/**
 * Functions are made fast only when they have run long: V8's first compiler, which takes them after a few runs, costs a
 * validation a tenth more than it gives back. What runs for seconds, as a thousand files do, is still optimised.
 */
function optimiseLate(): void {
  if (Number.parseInt(process.versions.v8, 10) <= latestKnownV8) setFlagsFromString('--no-sparkplug');
}

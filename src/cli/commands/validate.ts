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

/** V8s that are known to have the setting: on others it would be complained of. */
const latestKnownV8 = 13;
/** Some hundred times V8's own: of code that runs for a tenth of a second nothing is run often enough. */
const interruptBudget = 10_000_000;

/**
 * Code is made fast only after it has run long: a validation is over before what V8 spends on that comes back, and
 * takes a tenth longer with it. Thousands of files, which run for seconds, still get there.
 */
function optimiseLate(): void {
  if (Number.parseInt(process.versions.v8, 10) <= latestKnownV8)
    setFlagsFromString(`--interrupt-budget=${interruptBudget}`);
}

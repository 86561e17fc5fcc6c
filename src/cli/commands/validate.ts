/** `windtunnel validate`: every mistake of a scenario, without simulating. Its work is `validation.ts`. */
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
  run: async (call, terminal) => (await import('../validation.js')).validateFiles(call, terminal),
};

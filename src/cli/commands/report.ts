/** `windtunnel report`: a report made again from what is stored beside it. Its work is `reporting.ts`. */
import type { Command } from './contract.js';

export const report: Command = {
  name: 'report',
  summary: 'makes a report again from its stored runs, with other files or other prices; simulates nothing',
  operands: '<run-dir>',
  operandCount: { least: 1, most: 1 },
  flags: ['prices', 'baseline', 'unpaired', 'out', 'force', 'report', 'chart', 'format', 'json'],
  examples: [
    { line: 'windtunnel report reports/shop --report html,csv,json,png', does: 'the same numbers, with charts too' },
    { line: 'windtunnel report reports/shop --prices new.yaml', does: 'the stored meters at other prices, in place' },
    { line: 'windtunnel report reports/shop --prices new.yaml --out reports/shop-new', does: 'the same, beside it' },
  ],
  run: async (call, terminal) => (await import('../reporting.js')).makeAgain(call, terminal),
};

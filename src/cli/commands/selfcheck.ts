/** `windtunnel selfcheck`: our numbers beside those of theory and of other simulators. Work: `selfchecking.ts`. */
import type { Command } from './contract.js';

export const selfcheck: Command = {
  name: 'selfcheck',
  summary: 'runs problems whose answers are known: our number, theirs, the interval, pass or fail',
  operands: '[case...]',
  operandCount: { least: 0, most: 1000 },
  flags: ['full', 'json', 'progress'],
  examples: [
    { line: 'windtunnel selfcheck', does: 'all of them at a tenth of their length' },
    { line: 'windtunnel selfcheck mm1-50 mm1-80', does: 'these cases; or all whose id begins so' },
    { line: 'windtunnel selfcheck --full --json', does: 'at full length, for a machine to read' },
  ],
  run: async (call, terminal) => (await import('../selfchecking.js')).selfCheck(call, terminal),
};

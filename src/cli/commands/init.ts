/** `windtunnel init`: a commented scenario to begin with. Its work is `initialising.ts`. */
import type { Command } from './contract.js';

export const init: Command = {
  name: 'init',
  summary: 'writes a commented, runnable scenario and its schema, to begin with',
  operands: '[dir]',
  operandCount: { least: 0, most: 1 },
  flags: ['template', 'list', 'yes', 'force'],
  examples: [
    { line: 'windtunnel init shop', does: 'shop/shop.yaml: one service on two platforms' },
    { line: 'windtunnel init shop --template spike', does: 'ten times the visitors within two minutes' },
    { line: 'windtunnel init --list', does: 'the templates there are' },
  ],
  run: async (call, terminal) => (await import('../initialising.js')).initialise(call, terminal),
};

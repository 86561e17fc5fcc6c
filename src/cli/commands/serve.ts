/** `windtunnel serve`: the playground, on this machine. Its work is `serving.ts`. */
import type { Command } from './contract.js';

export const serve: Command = {
  name: 'serve',
  summary: 'opens the playground: a page that draws a scenario as it runs, for this machine alone',
  operands: '',
  operandCount: { least: 0, most: 0 },
  flags: ['port'],
  examples: [
    { line: 'windtunnel serve', does: 'the page at http://127.0.0.1:4173/, until Ctrl-C' },
    { line: 'windtunnel serve --port 0', does: 'at any port that is free' },
  ],
  run: async (call, terminal) => (await import('../serving.js')).servePlayground(call, terminal),
};

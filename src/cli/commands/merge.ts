/** `windtunnel merge`: the parts of a sweep, put together. Its work is `merging.ts`. */
import type { Command } from './contract.js';

export const merge: Command = {
  name: 'merge',
  summary: 'puts together the parts of a sweep that --shard made, without simulating',
  operands: '<folder...>',
  operandCount: { least: 1, most: 10_000 },
  flags: ['out', 'force', 'sweep-report', 'sweep-format', 'json', 'store', 'fail-on-miss'],
  examples: [
    { line: 'windtunnel merge parts/1 parts/2 parts/3 --out reports/shop', does: 'three folders of one sweep' },
    { line: 'windtunnel merge reports/shop', does: 'all parts wrote into one shared folder' },
  ],
  run: async (call, terminal) => (await import('../merging.js')).mergeParts(call, terminal),
};

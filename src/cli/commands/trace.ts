/** `windtunnel trace`: why. Its work is `tracing.ts`. */
import type { Command } from './contract.js';

export const trace: Command = {
  name: 'trace',
  summary: 'simulates one replication again and tells what befell one visitor, or all that happened in a window',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: ['request', 'window', 'platform', 'replication', 'seed', 'duration', 'warmup', 'set', 'prices'],
  examples: [
    {
      line: 'windtunnel trace shop.yaml --request browse/1234',
      does: 'every arrival, wait, cold start, query and retry of that visitor; requests.csv has the names',
    },
    {
      line: 'windtunnel trace shop.yaml --platform lambda --window 12:00..12:05',
      does: 'the events of five minutes, and the slowest visitors who came then',
    },
  ],
  run: async (call, terminal) => (await import('../tracing.js')).trace(call, terminal),
};

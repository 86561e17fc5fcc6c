/** `windtunnel worker`: simulates cells that others put on a queue. Its work is `working.ts`. */
import type { Command } from './contract.js';

export const worker: Command = {
  name: 'worker',
  summary: 'takes part in the sweeps and plans of a queue, until it is stopped',
  operands: '',
  operandCount: { least: 0, most: 0 },
  flags: ['queue', 'queue-wait', 'queue-lock', 'store', 'workers'],
  examples: [
    {
      line: 'windtunnel worker --queue redis://10.0.0.5:6379 --store s3://cells/shop',
      does: 'one thread for each core; Ctrl-C finishes what is under way',
    },
    { line: 'windtunnel worker --queue redis://127.0.0.1:6379', does: 'on the machine of the sweep: its own store' },
  ],
  run: async (call, terminal) => (await import('../working.js')).work(call, terminal),
};

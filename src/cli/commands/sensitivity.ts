/** `windtunnel sensitivity`: what changes the bill most. Its work is `sensing.ts`. */
import type { Command } from './contract.js';

export const sensitivity: Command = {
  name: 'sensitivity',
  summary:
    'changes traffic, durations, memory, a price, time-outs, instances by a fifth: tells what moves the bill most',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: [
    'by',
    'platforms',
    'seed',
    'replications',
    'duration',
    'warmup',
    'set',
    'prices',
    'out',
    'force',
    'search-report',
    'search-format',
    'json',
    'store',
    'workers',
    'progress',
    'strict',
  ],
  examples: [
    { line: 'windtunnel sensitivity shop.yaml --platforms fargate,lambda', does: 'a tornado for each of the two' },
    { line: 'windtunnel sensitivity shop.yaml --report html,csv,json', does: 'with a page that draws it' },
    { line: 'windtunnel sensitivity shop.yaml --by 10% -n 3 --duration 10m', does: 'smaller changes, a quick look' },
  ],
  run: async (call, terminal) => (await import('../sensing.js')).findSensitivity(call, terminal),
};

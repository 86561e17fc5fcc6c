/** `windtunnel breakeven`: the traffic at which two platforms cost the same. Its work is `breakingEven.ts`. */
import type { Command } from './contract.js';

export const breakeven: Command = {
  name: 'breakeven',
  summary: 'finds the traffic, or the value of a setting, at which two platforms cost the same',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: [
    'between',
    'vary-one',
    'axis-range',
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
    { line: 'windtunnel breakeven shop.yaml --between fargate,lambda', does: 'from 1 to 1,000 requests a second' },
    {
      line: 'windtunnel breakeven shop.yaml --between fargate,lambda --range 0.1/s..50/s --report html,csv,json',
      does: 'another range, with a page that draws it',
    },
    {
      line: 'windtunnel breakeven shop.yaml --between a,b --vary platforms.a.defaults.memory --range 128MB..2GB',
      does: 'the memory at which a costs what b costs',
    },
  ],
  run: async (call, terminal) => (await import('../breakingEven.js')).breakEven(call, terminal),
};

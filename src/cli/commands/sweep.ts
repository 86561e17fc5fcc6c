/** `windtunnel sweep`: the same scenario at many settings. Its work is `sweeping.ts`. */
import type { Command } from './contract.js';

export const sweep: Command = {
  name: 'sweep',
  summary: 'simulates a scenario at many settings: a grid, a Latin hypercube, Sobol points',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: [
    'vary',
    'design',
    'samples',
    'platforms',
    'seed',
    'replications',
    'duration',
    'warmup',
    'set',
    'threshold',
    'prices',
    'out',
    'force',
    'sweep-report',
    'sweep-format',
    'json',
    'store',
    'queue',
    'queue-wait',
    'queue-lock',
    'resume',
    'shard',
    'workers',
    'fail-on-miss',
    'yes',
    'progress',
    'strict',
  ],
  examples: [
    {
      line: 'windtunnel sweep shop.yaml --vary load=1..10 --vary platforms.lambda.defaults.memory=512MB,1GB,2GB',
      does: 'thirty cells; writes reports/shop/sweep.csv',
    },
    { line: 'windtunnel sweep shop.yaml --vary load=1..1000/log7 -n 3', does: 'seven loads, equal factors apart' },
    {
      line: 'windtunnel sweep shop.yaml --vary load=0.5..4 --vary services.a.cpu=1..2 --design lhs --samples 64',
      does: '64 points spread evenly over both ranges',
    },
    {
      line: 'windtunnel sweep shop.yaml --vary load=1..100 --shard 3/16',
      does: 'the third of 16 parts; see merge',
    },
    {
      line: 'windtunnel sweep shop.yaml --vary load=1..100 --queue redis://10.0.0.5 --store s3://cells/shop',
      does: 'every `windtunnel worker` of that queue takes part',
    },
  ],
  run: async (call, terminal) => (await import('../sweeping.js')).sweepScenario(call, terminal),
};

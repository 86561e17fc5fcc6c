/** `windtunnel plan`: the cheapest settings that meet the objectives. Its work is `planning.ts`. */
import type { Command } from './contract.js';

export const plan: Command = {
  name: 'plan',
  summary: 'finds the cheapest settings that meet every objective, and says how sure it is',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: [
    'vary',
    'minimise',
    'platforms',
    'max-replications',
    'horizon',
    'growth',
    'capacity',
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
    'workers',
    'progress',
    'strict',
  ],
  examples: [
    {
      line: 'windtunnel plan shop.yaml --vary platforms.fargate.defaults.replicas=1..20',
      does: 'the fewest tasks that meet the objectives',
    },
    {
      line: 'windtunnel plan shop.yaml --platforms lambda --vary platforms.lambda.defaults.memory=auto',
      does: 'the cheapest of the sizes the provider sells',
    },
    {
      line: 'windtunnel plan shop.yaml --vary platforms.x.defaults.replicas=2..9 --horizon 9mo --growth 6%/mo',
      does: 'also when it breaks, and what holds then',
    },
    { line: 'windtunnel plan shop.yaml --capacity', does: 'nothing varied: which platform, and how much each bears' },
  ],
  run: async (call, terminal) => (await import('../planning.js')).planScenario(call, terminal),
};

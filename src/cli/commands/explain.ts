/** `windtunnel explain`: what holds in a scenario or a preset, and where each value is from. Work: `explaining.ts`. */
import type { Command } from './contract.js';

export const explain: Command = {
  name: 'explain',
  summary: 'prints the scenario as it holds, with the origin of each value; or a preset with its sources',
  operands: '<file> [path]',
  operandCount: { least: 0, most: 2 },
  flags: ['preset', 'set', 'json'],
  examples: [
    { line: 'windtunnel explain shop.yaml', does: 'every setting after defaults: file:line, preset or default' },
    {
      line: 'windtunnel explain shop.yaml services.movie.memory',
      does: 'what the service needs, and the size each platform took',
    },
    { line: 'windtunnel explain --preset lambda', does: 'each parameter: value, unit, source, date, how sure' },
    { line: 'windtunnel explain --preset fargate --json | jq .preset.parameters', does: 'the same, for a machine' },
  ],
  run: async (call, terminal) => (await import('../explaining.js')).explain(call, terminal),
};

/** `windtunnel run`: one platform of a scenario. Its work is `simulation.ts`, which `compare` shares. */
import { simulationFlags } from '../simulationFlags.js';
import type { Command } from './contract.js';

export const run: Command = {
  name: 'run',
  summary: 'simulates one platform of a scenario: the first, unless named',
  operands: '<file>',
  operandCount: { least: 1, most: 1 },
  flags: ['platform', 'platforms', 'explain-scaling', ...simulationFlags],
  examples: [
    { line: 'windtunnel run scenarios/theory/mm1.yaml', does: 'simulates it and writes reports/theory/mm1/' },
    { line: 'windtunnel run shop.yaml --platform lambda --set load=2', does: 'one platform, at twice the visitors' },
    { line: 'windtunnel run shop.yaml --json --report none | jq .platforms', does: 'nothing but JSON, on stdout' },
    { line: 'windtunnel run shop.yaml --explain-scaling', does: 'every scaling decision: seen, wanted, limited by' },
    { line: 'windtunnel run shop.yaml --threshold "latency_p99 < 250ms"', does: 'exits 99 when that is missed' },
    { line: 'windtunnel run shop.yaml --baseline reports/main --out reports/mine', does: 'and what became worse' },
  ],
  run: async (call, terminal) => {
    if (call.flags.isOn('explain-scaling'))
      return (await import('../scalingExplanation.js')).explainScaling(call, terminal);
    const { simulate } = await import('../simulation.js');
    if (call.flags.isOn('watch'))
      return (await import('../watching.js')).watch(call, terminal, (lastRun) =>
        simulate(call, terminal, { isComparison: false, lastRun }),
      );
    return simulate(call, terminal, { isComparison: false });
  },
};

/** `windtunnel compare`: the same visitors on every platform. Its work is `simulation.ts`, which `run` shares. */
import { simulationFlags } from '../simulationFlags.js';
import type { Command } from './contract.js';

export const compare: Command = {
  name: 'compare',
  summary: 'sends the same visitors to every platform of a scenario, and lays the results side by side',
  operands: '<file> | <run-dir> <run-dir>',
  operandCount: { least: 1, most: 2 },
  flags: ['platforms', ...simulationFlags, 'detailed-exitcode'],
  examples: [
    {
      line: 'windtunnel compare scenarios/movie-booking/compare.yaml',
      does: 'eight platforms; writes reports/movie-booking/',
    },
    { line: 'windtunnel compare shop.yaml --platforms fargate,lambda', does: 'two of them; the first is the baseline' },
    { line: 'windtunnel compare shop.yaml -n 3 --duration 10m', does: 'a quick look' },
    { line: 'windtunnel compare shop.yaml --format markdown > table.md', does: 'a table for a pull request' },
    {
      line: 'windtunnel compare reports/monday reports/friday',
      does: 'two stored reports: what differs, and what really does',
    },
  ],
  run: async (call, terminal) => {
    if (call.operands.length > 1) return (await import('../storedComparing.js')).compareStored(call, terminal);
    const { simulate } = await import('../simulation.js');
    if (call.flags.isOn('watch'))
      return (await import('../watching.js')).watch(call, terminal, (lastRun) =>
        simulate(call, terminal, { isComparison: true, lastRun }),
      );
    return simulate(call, terminal, { isComparison: true });
  },
};

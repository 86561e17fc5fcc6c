/** What a balancing decision costs, from ten instances to ten thousand, for every balancer there is. */
import { balancerKinds } from '../../../src/balancing/registry.js';
import { figures, median, table, times } from '../table.js';
import type { Section } from './contract.js';

const instanceCounts = [10, 100, 1_000, 10_000];

export const balancingGrowth: Section = {
  names: ['balancing'],
  summary: 'cost of a decision from 10 to 10,000 instances',
  async run(bench) {
    const decisionCount = bench.isQuick ? 300_000 : 3_000_000;
    const costs = new Map(balancerKinds.map((kind) => [kind, instanceCounts.map((): number[] => [])]));
    for (let round = 1; round <= bench.roundCount; round++) {
      for (const [balancer, byCount] of costs) {
        for (const [place, instanceCount] of instanceCounts.entries()) {
          const measured = await bench.measure('balancing', { balancer, instanceCount, decisionCount });
          byCount[place]!.push(measured.nanosecondsPerDecision);
        }
      }
    }
    const rows = [...costs].map(([balancer, byCount]) => {
      const middles = byCount.map(median);
      return [balancer, ...middles.map(figures), times(middles.at(-1)! / middles[0]!)];
    });
    bench.print('## Balancing decisions\n');
    bench.print(table(['ns a decision; instances:', ...instanceCounts.map(String), 'growth'], rows));
  },
};

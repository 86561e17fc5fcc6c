/** What pending events cost: one event of the hold model, from a hundred pending to a million. */
import { figures, median, table, times } from '../table.js';
import type { Section } from './contract.js';

const pendingCounts = [100, 1_000, 10_000, 100_000, 1_000_000];

export const queueGrowth: Section = {
  names: ['queue'],
  summary: 'cost of an event from 10^2 to 10^6 pending',
  async run(bench) {
    const eventCount = bench.isQuick ? 500_000 : 5_000_000;
    const js = pendingCounts.map((): number[] => []);
    const cpp = pendingCounts.map((): number[] => []);
    for (let round = 1; round <= bench.roundCount; round++) {
      for (const [place, pendingCount] of pendingCounts.entries()) {
        const yard = await bench.yardstick?.run('HOLD', eventCount, `pending=${pendingCount}`, `seed=${round}`);
        cpp[place]!.push(yard?.ns_per_event ?? Number.NaN);
        const held = await bench.measure('hold', { pendingCount, eventCount });
        js[place]!.push(held.nanosecondsPerEvent);
      }
    }
    const row = (program: string, costs: readonly (readonly number[])[]): string[] => {
      const middles = costs.map(median);
      return [program, ...middles.map(figures), times(middles.at(-1)! / middles[0]!)];
    };
    const heads = ['ns an event; pending:', ...pendingCounts.map(String), 'growth'];
    bench.print('## Pending events\n');
    bench.print(table(heads, [row('C++, draws included', cpp), row('event queue', js)]));
  },
};

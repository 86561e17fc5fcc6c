/** What instances cost: W3 with ten of them in all, and with ten thousand, at the same load of each. */
import { median, short, table, times } from '../table.js';
import type { Bench, Section } from './contract.js';

const serviceCount = 5;
const perService = { few: 2, many: 2000 } as const;

interface Rates {
  readonly js: number;
  readonly cpp: number;
}

export const instanceGrowth: Section = {
  names: ['instances'],
  summary: 'W3 with 10,000 instances against 10',
  async run(bench) {
    const few: Rates[] = [];
    const many: Rates[] = [];
    for (let round = 1; round <= bench.roundCount; round++) {
      few.push(await measureRates(bench, perService.few, round));
      many.push(await measureRates(bench, perService.many, round));
    }
    const row = (program: string, of: (rates: Rates) => number): string[] => [
      program,
      short(median(few.map(of))),
      short(median(many.map(of))),
      times(median(few.map((rates, round) => of(rates) / of(many[round]!)))),
    ];
    const heads = ['W3, requests/s', `${serviceCount * perService.few} instances`, '10,000 instances', 'slower'];
    bench.print('## More instances\n');
    bench.print(table(heads, [row('C++', ({ cpp }) => cpp), row('engine, one histogram', ({ js }) => js)]));
  },
};

async function measureRates(bench: Bench, instancesPerService: number, seed: number): Promise<Rates> {
  const requestCount = bench.isQuick ? 100_000 : 300_000;
  const options = [`k=${instancesPerService}`, `seed=${seed}`];
  const cpp = await bench.yardstick?.run('W3', requestCount, ...options);
  const asked = { workload: 'w3', requestCount, seed, instancesPerService, observers: 'histogram' } as const;
  const js = await bench.measure('workload', asked);
  return { js: js.requestCount / js.seconds, cpp: cpp ? cpp.requests / cpp.seconds : Number.NaN };
}

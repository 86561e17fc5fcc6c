/** What size costs: a cluster of 1,000 nodes against one of two, a function with 3,000 environments against ten. */
import type { GrowingSubject } from '../measured/growing.js';
import { figures, median, short, table, times } from '../table.js';
import type { Answer } from '../task.js';
import type { Bench, Section } from './contract.js';

type Measured = Answer<'growing'>;

const pairs = [
  {
    name: 'cluster',
    small: ['small-cluster', '5 services, 20 instances, 2 nodes, 40 requests/s'],
    large: ['large-cluster', '50 services, 10,000 instances, 1,000 nodes, 20,000 requests/s'],
  },
  {
    name: 'function',
    small: ['small-function', '10 environments, 17 requests/s'],
    large: ['large-function', '3,000 environments, 5,000 requests/s'],
  },
] as const;

export const growing: Section = {
  names: ['cluster', 'function'],
  summary: '1,000 nodes against two; 3,000 environments against ten; a sparse month',
  async run(bench) {
    bench.print('## Clusters and functions, all recorders and meters\n');
    const rows: string[][] = [];
    for (const { name, small, large } of pairs) {
      if (!bench.picked.has(name)) continue;
      const few: Measured[] = [];
      const many: Measured[] = [];
      for (let round = 1; round <= bench.roundCount; round++) {
        few.push(await measureOne(bench, small[0], round));
        many.push(await measureOne(bench, large[0], round));
      }
      rows.push(row(small[1], few, few), row(large[1], many, few));
    }
    if (bench.picked.has('function')) {
      const sparse: Measured[] = [];
      for (let round = 1; round <= bench.roundCount; round++)
        sparse.push(await measureOne(bench, 'sparse-function', round));
      rows.push(row('a function for 30 days, one request a minute', sparse, null));
    }
    const heads = ['what', 'requests', 'seconds', 'spans/s', 'ns a span', 'CPU ns', 'peak MB', 'dearer', 'in CPU'];
    bench.print(table(heads, rows));
  },
};

function measureOne(bench: Bench, subject: GrowingSubject, seed: number): Promise<Measured> {
  return bench.measure('growing', { subject, seed });
}

/** @param small what a span is compared with; null: with nothing */
function row(what: string, runs: readonly Measured[], small: readonly Measured[] | null): string[] {
  const nanoseconds = ({ seconds, spanCount }: Measured): number => (seconds / spanCount) * 1e9;
  const cpu = ({ cpuSeconds, spanCount }: Measured): number => (cpuSeconds / spanCount) * 1e9;
  const over = (cost: (run: Measured) => number): number =>
    small === null ? Number.NaN : median(runs.map((run, round) => cost(run) / cost(small[round]!)));
  return [
    what,
    short(median(runs.map(({ requestCount }) => requestCount))),
    figures(median(runs.map(({ seconds }) => seconds))),
    short(median(runs.map((run) => 1e9 / nanoseconds(run)))),
    figures(median(runs.map(nanoseconds))),
    figures(median(runs.map(cpu))),
    figures(median(runs.map(({ peakMb }) => peakMb))),
    times(over(nanoseconds)),
    times(over(cpu)),
  ];
}

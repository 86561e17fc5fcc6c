/**
 * Memory follows what is alive, never what ever lived: ten times the requests must peak within a tenth. And what one
 * row of each table takes.
 */
import { FiberTable } from '../../../src/engine/fibers.js';
import { InstanceTable } from '../../../src/engine/instanceTable.js';
import { VisitorTable } from '../../../src/engine/visitors.js';
import type { Table } from '../../../src/kernel/table.js';
import { figures, short, table, times } from '../table.js';
import type { Asked } from '../task.js';
import type { Section } from './contract.js';

const cases: readonly { readonly title: string; readonly asked: Omit<Asked<'workload'>, 'seed'> }[] = [
  {
    title: 'W1, engine, one histogram',
    asked: { workload: 'w1', requestCount: 1_000_000, observers: 'histogram' },
  },
  {
    title: 'W2, all recorders, meters',
    asked: { workload: 'w2', requestCount: 500_000, observers: 'everything' },
  },
  {
    title: 'W3, all recorders, meters',
    asked: { workload: 'w3', requestCount: 200_000, observers: 'everything' },
  },
];

export const memory: Section = {
  names: ['memory'],
  summary: 'peak memory of ten times the requests; bytes a row',
  async run(bench) {
    const rows: string[][] = [];
    for (const { title, asked } of cases) {
      const requestCount = asked.requestCount / (bench.isQuick ? 5 : 1);
      const once = await bench.measure('workload', { ...asked, requestCount, seed: 1 });
      const tenfold = await bench.measure('workload', { ...asked, requestCount: 10 * requestCount, seed: 1 });
      rows.push([
        title,
        short(once.requestCount),
        figures(once.peakMb),
        short(tenfold.requestCount),
        figures(tenfold.peakMb),
        times(tenfold.peakMb / once.peakMb),
      ]);
    }
    bench.print('## Memory\n');
    bench.print(table(['same scenario', 'requests', 'peak MB', 'requests', 'peak MB', 'ratio'], rows));
    const bytes = [
      `${rowBytes(new VisitorTable(1))} bytes a visitor`,
      `${rowBytes(new FiberTable(1))} a span or branch of it`,
      `${rowBytes(new InstanceTable(1))} an instance`,
    ];
    bench.print(`\nIn the engine's tables: ${bytes.join(', ')}. A pending event: 20 bytes.`);
  },
};

/** Bytes of one row over all columns of a table that was made for one row. */
function rowBytes(oneRow: Table): number {
  return Object.values(oneRow).reduce<number>((sum, column) => {
    return ArrayBuffer.isView(column) ? sum + column.byteLength : sum;
  }, 0);
}

/** What a sweep costs outside the engine: the pool's start, a cell on a thread, a cell through the queue. */
import { spawnSync } from 'node:child_process';
import { figures, table } from '../table.js';
import type { Spent } from '../task.js';
import type { Section } from './contract.js';

const oneSecondMs = 1000;

export const studies: Section = {
  names: ['sweep'],
  summary: 'a pool started; 1,000 small cells on a thread and through a Redis: what is not the engine',
  async run(bench) {
    const withQueue = spawnSync('redis-server', ['--version']).status === 0;
    const cellCount = bench.isQuick ? 200 : 1000;
    const found = await bench.measure('studies', { cellCount, withQueue });
    const { poolStart, engine, thread, queue } = found;
    const row = (what: string, { wallMs, cpuMs }: Spent): string[] => {
      const beside = cpuMs - engine.cpuMs;
      const share = `${figures((100 * beside) / (oneSecondMs + beside))} %`;
      return [what, figures(wallMs), figures(cpuMs), figures(beside), share];
    };
    const started = `${figures(poolStart.wallMs)} ms, ${figures(poolStart.cpuMs)} ms of CPU`;
    bench.print(`## Sweeps: ${cellCount} cells\n\nStarting a pool of two threads: ${started}.\n`);
    const heads = ['a cell', 'ms', 'ms of CPU', 'of it outside the engine', 'share of a cell of one second'];
    const rows = [row('in this process', engine), row('on a thread, kept in a folder', thread)];
    if (queue) rows.push(row('through a queue, kept in a folder', queue));
    bench.print(table(heads, rows));
    const missing = withQueue ? '' : ' redis-server is not installed: no queue.';
    bench.print(`\nIn the store a cell takes ${figures(found.storedBytesPerCell / 1000)} kB.${missing}`);
  },
};

/** How long a user waits for `windtunnel validate`, over what Node itself takes to start and end. */
import { figures, median, table } from '../table.js';
import type { Section } from './contract.js';

const files = ['scenarios/theory/mm1.yaml', 'scenarios/movie-booking/compare.yaml'];

export const startUp: Section = {
  names: ['startup'],
  summary: '`windtunnel validate` over `node -e 0`',
  async run(bench) {
    const repeatCount = bench.isQuick ? 5 : 15;
    const emptyMs: number[] = [];
    const validateMs = files.map((): number[] => []);
    for (let i = 0; i < repeatCount; i++) {
      emptyMs.push(await bench.startMs('-e', '0'));
      for (const [place, file] of files.entries())
        validateMs[place]!.push(await bench.startMs('dist/windtunnel.js', 'validate', file));
    }
    const empty = median(emptyMs);
    const rows = files.map((file, place) => {
      const whole = median(validateMs[place]!);
      return [`windtunnel validate ${file}`, figures(whole), figures(whole - empty)];
    });
    bench.print('## Start-up\n');
    bench.print(table(['command', 'ms', 'ms over node -e 0'], [['node -e 0', figures(empty), '-'], ...rows]));
  },
};

/** How long a user waits for `windtunnel --help` and `validate`, beside what Node itself takes to start and end. */
import { figures, median, table } from '../table.js';
import type { Section } from './contract.js';

const commands = [
  ['--help'],
  ['validate', 'scenarios/theory/mm1.yaml'],
  ['validate', 'scenarios/movie-booking/compare.yaml'],
] as const;

export const startUp: Section = {
  names: ['startup'],
  summary: '`windtunnel --help` and `validate` beside `node -e 0`',
  async run(bench) {
    const repeatCount = bench.isQuick ? 5 : 15;
    const emptyMs: number[] = [];
    const commandMs = commands.map((): number[] => []);
    for (let i = 0; i < repeatCount; i++) {
      emptyMs.push(await bench.startMs('-e', '0'));
      for (const [place, words] of commands.entries())
        commandMs[place]!.push(await bench.startMs('dist/windtunnel.js', ...words));
    }
    const empty = median(emptyMs);
    const rows = commands.map((words, place) => {
      const whole = median(commandMs[place]!);
      return [`windtunnel ${words.join(' ')}`, figures(whole), figures(whole - empty), `${figures(whole / empty)}x`];
    });
    bench.print('## Start-up\n');
    bench.print(
      table(
        ['command', 'ms', 'ms over node -e 0', 'of node -e 0'],
        [['node -e 0', figures(empty), '-', '1x'], ...rows],
      ),
    );
  },
};

/**
 * The flagship: eight platforms, the scenario's own number of replications, as `npm start` simulates them; in one
 * process, and on two threads. Once each, for it takes as long as all the rest together.
 */

import { figures, short, table, times } from '../table.js';
import type { Answer, Counts } from '../task.js';
import type { Section } from './contract.js';

const scenarioFile = 'scenarios/movie-booking/compare.yaml';

export const comparison: Section = {
  names: ['compare'],
  summary: `${scenarioFile} on one worker and on two`,
  async run(bench) {
    const asked = { scenarioFile, replications: bench.isQuick ? 1 : null };
    const one = await bench.measure('comparison', { ...asked, workers: 1 });
    const two = await bench.measure('comparison', { ...asked, workers: 2 });
    bench.print(`## ${scenarioFile}\n\nReplications: ${one.replications}.\n`);
    bench.print(wholeTable(one, two));
    const speedUp = times(one.wholeSeconds / two.wholeSeconds);
    const sameness = one.digest === two.digest ? 'the same results' : 'OTHER RESULTS: a bug';
    const kinds = Object.entries(one.secondsByKind).map(([kind, seconds]) => `${kind} ${figures(seconds)}`);
    bench.print(
      `\nTwo workers: ${speedUp} as fast, ${sameness}. One worker's seconds by kind of job: ${kinds.join(', ')}.\n`,
    );
    bench.print(platformTable(one));
  },
};

function wholeTable(...runs: readonly Answer<'comparison'>[]): string {
  const heads = ['everything', 'seconds', 'requests/s', 'spans/s', 'events/s', 'CPU s', 'spans a CPU s', 'peak MB'];
  const rows = runs.map((run, i) => {
    const workers = i === 0 ? 'one worker' : `${i + 1} workers`;
    const { cpuSeconds, spanCount, peakMb } = run;
    const cells = rateCells(run, run.wholeSeconds);
    return [workers, ...cells, figures(cpuSeconds), short(spanCount / cpuSeconds), figures(peakMb)];
  });
  return table(heads, rows);
}

function platformTable({ platforms, ...all }: Answer<'comparison'>): string {
  const seconds = platforms.reduce((sum, platform) => sum + platform.seconds, 0);
  const rows = platforms.map((platform) => [platform.name, ...rateCells(platform, platform.seconds)]);
  const heads = ['replications alone', 'seconds', 'requests/s', 'spans/s', 'events/s'];
  return table(heads, [...rows, ['all', ...rateCells(all, seconds)]]);
}

function rateCells({ requestCount, spanCount, eventCount }: Counts, seconds: number): string[] {
  return [figures(seconds), ...[requestCount, spanCount, eventCount].map((count) => short(count / seconds))];
}

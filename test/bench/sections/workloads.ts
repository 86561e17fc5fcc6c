/**
 * The three workloads that the yardstick has too, interleaved with it: engine and histogram against C++, and the engine
 * with everything that listens in `windtunnel run`. Prints speed, and whether the answers agree: a fast wrong one is
 * worth nothing.
 */

import { figures, median, short, table, times } from '../table.js';
import type { Answer, WorkloadName } from '../task.js';
import type { YardstickRun } from '../yardstick.js';
import type { Bench, Section } from './contract.js';

interface Round {
  readonly engine: Answer<'workload'>;
  readonly everything: Answer<'workload'>;
  readonly cpp: YardstickRun | null;
}

const requestCounts: Readonly<Record<WorkloadName, number>> = { w1: 5_000_000, w2: 5_000_000, w3: 1_000_000 };
const titles: Readonly<Record<WorkloadName, string>> = {
  w1: 'W1: M/M/8 at 80%',
  w2: 'W2: keep-alive, 100/s',
  w3: 'W3: five services, k = 4',
};

export const workloads: Section = {
  names: ['w1', 'w2', 'w3'],
  summary: 'three workloads, against C++ where a compiler is at hand',
  async run(bench) {
    const names = (Object.keys(requestCounts) as WorkloadName[]).filter((name) => bench.picked.has(name));
    const rounds = new Map<WorkloadName, Round[]>(names.map((name) => [name, []]));
    for (let round = 1; round <= bench.roundCount; round++)
      for (const name of names) rounds.get(name)!.push(await measureRound(bench, name, round));
    bench.print('## Workloads\n');
    bench.print(speedTable(rounds));
    bench.print('\nThe same answers (mean and p99 of the stay, milliseconds)\n');
    bench.print(answerTable(rounds));
  },
};

async function measureRound(bench: Bench, workload: WorkloadName, seed: number): Promise<Round> {
  const requestCount = requestCounts[workload] / (bench.isQuick ? 10 : 1);
  const cpp = (await bench.yardstick?.run(workload.toUpperCase(), requestCount, `seed=${seed}`)) ?? null;
  const asked = { workload, requestCount, seed };
  const engine = await bench.measure('workload', { ...asked, observers: 'histogram' });
  const everything = await bench.measure('workload', { ...asked, observers: 'everything' });
  return { engine, everything, cpp };
}

function speedTable(rounds: ReadonlyMap<WorkloadName, readonly Round[]>): string {
  const heads = ['workload', 'program', 'requests', 'requests/s', 'spans/s', 'events/s', 'peak MB', 'time to C++'];
  const rows = [...rounds].flatMap(([name, all]) => [
    cppRow(titles[name], all),
    jsRow('', 'engine, one histogram', all, ({ engine }) => engine),
    jsRow('', 'all recorders, meters', all, ({ everything }) => everything),
  ]);
  return table(heads, rows);
}

function cppRow(title: string, rounds: readonly Round[]): string[] {
  const runs = rounds.flatMap(({ cpp }) => (cpp ? [cpp] : []));
  if (runs.length === 0) return [title, 'C++ (no compiler)', '-', '-', '-', '-', '-', '-'];
  const requestRate = median(runs.map(({ requests, seconds }) => requests / seconds));
  const eventRate = median(runs.map(({ events, seconds }) => events / seconds));
  return [title, 'C++', short(runs[0]!.requests), short(requestRate), '-', short(eventRate), '-', '1.00x'];
}

function jsRow(
  title: string,
  program: string,
  rounds: readonly Round[],
  pick: (round: Round) => Answer<'workload'>,
): string[] {
  const runs = rounds.map(pick);
  const rate = (count: 'requestCount' | 'spanCount' | 'eventCount'): string =>
    short(median(runs.map((run) => run[count] / run.seconds)));
  const ratio = median(rounds.map((round) => slowerThan(round.cpp, pick(round))));
  const peak = figures(median(runs.map(({ peakMb }) => peakMb)));
  const requests = short(runs[0]!.requestCount);
  return [title, program, requests, rate('requestCount'), rate('spanCount'), rate('eventCount'), peak, times(ratio)];
}

/** Time a request takes, over the yardstick's of the same round; NaN without one. */
function slowerThan(cpp: YardstickRun | null, { seconds, requestCount }: Answer<'workload'>): number {
  return cpp ? seconds / requestCount / (cpp.seconds / cpp.requests) : Number.NaN;
}

function answerTable(rounds: ReadonlyMap<WorkloadName, readonly Round[]>): string {
  const rows = [...rounds].map(([name, all]) => [
    titles[name],
    figures(median(all.map(({ engine }) => engine.meanMs ?? Number.NaN))),
    figures(median(all.map(({ cpp }) => (cpp ? cpp.mean * 1000 : Number.NaN)))),
    figures(median(all.map(({ engine }) => engine.p99Ms ?? Number.NaN))),
    figures(median(all.map(({ cpp }) => (cpp ? cpp.p99 * 1000 : Number.NaN)))),
  ]);
  return table(['workload', 'mean', 'mean in C++', 'p99', 'p99 in C++'], rows);
}

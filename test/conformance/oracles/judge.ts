/**
 * One oracle, from its parameters to what it misses: replications, the rule for each number, longer runs where they say
 * too little, and the second hearing with fresh seeds that a miss gets.
 */
import type { Finding } from '../contract.js';
import { fullSize, type Judged, type Rule, ruleOf, type Size } from './acceptance.js';
import { type Answer, answer, type Needed } from './metrics.js';
import { leavesOf, type Oracle } from './oracle.js';
import { prepare, simulate } from './simulate.js';
import { nthOf } from './world.js';

/** From a base seed and a length to the answers of all replications, by metric. */
export type Experiment = (seed: string, requestCount: number) => readonly ReadonlyMap<string, Answer>[];

/** A number that was not met is heard again with so many fresh base seeds, all of which must agree. */
const freshSeeds = 3;
/** A run that says too little is made twice as long, so often. */
const mostDoublings = 4;

export function judgeOracle(oracle: Oracle, size: Size, experiment: Experiment): readonly Finding[] {
  const rule = ruleOf(oracle, size, (name) => standardErrorOf(oracle, name));
  const first = judgeSeed({ oracle, size, experiment, rule, seed: oracle.id });
  if (first.every(({ isMet }) => isMet) || oracle.replicationCount === 1) return first;
  // Short runs may be biased (quantiles of long queues are): what misses is judged at its full length.
  if (size.requestShare < 1) return judgeOracle(oracle, fullSize, experiment);
  let last = first;
  for (let again = 1; again <= freshSeeds; again++) {
    last = judgeSeed({ oracle, size, experiment, rule, seed: `${oracle.id}, heard again ${again}` });
    if (!last.every(({ isMet }) => isMet)) return last;
  }
  return last;
}

interface Hearing {
  readonly oracle: Oracle;
  readonly size: Size;
  readonly experiment: Experiment;
  readonly rule: Rule;
  readonly seed: string;
}

function judgeSeed({ oracle, size, experiment, rule, seed }: Hearing): readonly Finding[] {
  let requestCount = Math.ceil((oracle.requestCount ?? 0) * size.requestShare);
  for (let doubling = 0; ; doubling++) {
    const judged = judgeNumbers(oracle, experiment(seed, requestCount), rule);
    const isVague = judged.every(({ verdict }) => verdict !== 'missed') && judged.some(isOpen);
    if (!isVague || doubling === mostDoublings || requestCount === 0) return judged.map(findingOf);
    requestCount *= 2;
  }
}

type JudgedNumber = Judged & { readonly path: string; readonly expected: number };

const isOpen = ({ verdict }: Judged): boolean => verdict !== 'met';

function findingOf(judged: JudgedNumber): Finding {
  return { path: judged.path, expected: judged.expected, got: judged.got, isMet: !isOpen(judged) };
}

function judgeNumbers(
  oracle: Oracle,
  replications: readonly ReadonlyMap<string, Answer>[],
  rule: Rule,
): readonly JudgedNumber[] {
  return metricsOf(oracle).flatMap((name) => {
    const got = replications.map((answers) => new Map(leavesOf(answers.get(name), name)));
    return leavesOf(oracle.expected[name], name).map(([path, expected]) => {
      const values = got.map((leaves) => leaves.get(path) ?? Number.NaN);
      return { path, expected, ...rule(values, expected, name) };
    });
  });
}

/** What is asked for: not the standard errors of a reference, nor whose waits are meant. */
export function metricsOf({ expected }: Oracle): readonly string[] {
  return Object.keys(expected).filter(
    (name) => name !== 'nth' && !(name.endsWith('_se') && Object.hasOwn(expected, name.slice(0, -3))),
  );
}

function standardErrorOf({ expected }: Oracle, name: string): number | null {
  const value = Object.hasOwn(expected, `${name}_se`) ? expected[`${name}_se`] : null;
  return typeof value === 'number' ? value : null;
}

/** The oracle's scenario through the engine, one run after another. */
export function simulated(oracle: Oracle): Experiment {
  const needed = neededBy(oracle);
  return (seed, requestCount) => {
    const prepared = prepare(oracle, seed, requestCount);
    return Array.from({ length: oracle.replicationCount }, (_, replication) => {
      const runs = Array.from({ length: prepared.runCount }, (_, run) => {
        const seen = simulate(prepared, replication * prepared.runCount + run);
        return metricsOf(oracle).map((name) => [name, answer(seen, name, oracle.expected[name], needed)] as const);
      });
      return meanOf(runs.map((one) => new Map(one)));
    });
  };
}

function neededBy(oracle: Oracle): Needed {
  return { nth: nthOf(oracle), leastReady: oracle.parameters.number('needed', Number.NaN) };
}

/** Several runs that make one replication: the mean of each number. */
function meanOf(runs: readonly ReadonlyMap<string, Answer>[]): ReadonlyMap<string, Answer> {
  const [first] = runs;
  if (runs.length === 1 && first) return first;
  const names = [...(first?.keys() ?? [])];
  return new Map(
    names.map((name) => {
      const all = runs.map((run) => leavesOf(run.get(name), name).map(([, value]) => value));
      const means = (all[0] ?? []).map((_, at) => all.reduce((sum, values) => sum + (values[at] ?? 0), 0) / all.length);
      return [name, typeof first?.get(name) === 'number' ? (means[0] ?? Number.NaN) : means] as const;
    }),
  );
}

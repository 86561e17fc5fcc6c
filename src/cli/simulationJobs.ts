/**
 * The jobs of a simulation on threads, round by round: more replications while intervals are too wide, none where an
 * objective can no longer be met, and an end where the user says so. Its own file because when to stop is a question of
 * its own beside what is read and written. Checked by test/cli/simulate.test.ts and test/cli/baseline.test.ts.
 */
import type { Baseline } from '../experiment/baseline.js';
import type { Comparison } from '../experiment/contract.js';
import { gather } from '../experiment/gather.js';
import { watchHope } from '../experiment/hopeless.js';
import { type Extent, type Job, type JobResult, listJobs } from '../experiment/jobs.js';
import type { CompiledScenario } from '../experiment/prepare.js';
import { leastReplications, nextReplicationCount } from '../experiment/sequential.js';
import { runMany } from '../host/threads.js';
import type { Scenario } from '../scenario/contract.js';
import type { SimulationRequest } from './simulationRequest.js';

export interface JobsToDo {
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  readonly request: SimulationRequest;
  readonly baseline?: Baseline;
  readonly isAbortedOnFail: boolean;
}

export interface JobsListener {
  onProgress(share: number, eventCount: number): void;
  /** More replications are needed, or fewer. */
  onRound(sentence: string): void;
  readonly stopped: Promise<void>;
  isStopped(): boolean;
}

export interface JobsDone {
  readonly comparison: Comparison;
  readonly extent: Extent;
  readonly finished: readonly JobResult[];
}

export async function doJobs(asked: JobsToDo, listener: JobsListener): Promise<JobsDone> {
  const { scenario, compiled, extent, request, baseline, isAbortedOnFail } = asked;
  const most = request.untilCiShare === null ? extent.replications : request.mostReplications;
  const hope = isAbortedOnFail ? watchHope(compiled, extent, most) : null;
  let finished: JobResult[] = [];
  let [reached, jobs] = [extent, listJobs(compiled, extent)];
  for (;;) {
    const abort = abortion(hope, most);
    const running = {
      workers: request.workers,
      onProgress: listener.onProgress,
      stopped: Promise.race([listener.stopped, abort.happened]),
      onResult: abort.hear,
    };
    const results = await runMany(scenario, jobs, running);
    for (const result of results) if (result !== null) finished.push(result);
    const lostAfter = listener.isStopped() || reached.abortedAt !== undefined ? null : abort.after();
    if (lostAfter !== null) {
      listener.onRound(
        `an objective can no longer be met after ${lostAfter} of at most ${most} replications: stopping`,
      );
      reached = { ...reached, replications: lostAfter, abortedAt: most };
      [finished, jobs] = keptOf(finished, listJobs(compiled, reached));
      continue;
    }
    const comparison = gather(compiled, reached, finished, baseline);
    const replications = listener.isStopped() ? null : moreReplications(comparison, reached, request);
    if (replications === null) return { comparison, extent: reached, finished };
    listener.onRound(`intervals are wider than asked: ${replications} replications instead of ${reached.replications}`);
    const earlier = reached.replications;
    reached = { ...reached, replications };
    jobs = listJobs(compiled, reached).filter((job) => 'replication' in job && job.replication >= earlier);
  }
}

/** With --until-ci there are enough at first to tell how much they spread. */
export function firstReplicationCount(
  asked: number,
  { untilCiShare, mostReplications }: Pick<SimulationRequest, 'untilCiShare' | 'mostReplications'>,
): number {
  return untilCiShare === null ? asked : Math.min(mostReplications, Math.max(leastReplications, asked));
}

/** Whether and after how many replications it is certain that an objective is missed, while jobs are done. */
function abortion(hope: ReturnType<typeof watchHope> | null, most: number) {
  let lostAfter: number | null = null;
  let announce: () => void = () => {};
  const happened = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const hear = (result: JobResult): void => {
    const count = hope?.hear(result) ?? null;
    if (count === null || count >= most) return;
    lostAfter = count;
    announce();
  };
  return { happened, hear, after: () => lostAfter };
}

/** What is finished of these jobs, and which are still to be done; points of a curve are done again. */
function keptOf(finished: readonly JobResult[], wanted: readonly Job[]): [JobResult[], Job[]] {
  const keyOf = (one: Job | JobResult): string => {
    const number = 'replication' in one ? one.replication : 'result' in one ? one.result.replicationIndex : 0;
    return `${one.kind} ${one.platform} ${number}`;
  };
  const known = new Map(finished.filter(({ kind }) => kind !== 'cost-point').map((result) => [keyOf(result), result]));
  const kept = wanted.flatMap((job) => known.get(keyOf(job)) ?? []);
  return [kept, wanted.filter((job) => !known.has(keyOf(job)))];
}

/** How many there shall be in all; null where intervals are narrow enough, or no more are allowed. */
function moreReplications(
  { platforms }: Comparison,
  { replications: count, untilCiShare: share, abortedAt }: Extent,
  { mostReplications: most }: SimulationRequest,
): number | null {
  if (share === undefined || abortedAt !== undefined) return null;
  return nextReplicationCount(platforms, { count, share, most });
}

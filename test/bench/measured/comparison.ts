/**
 * Measures a whole comparison, as `windtunnel compare` makes it: the same list of jobs, done in this process one after
 * another, or by threads of the product's own pool; and gathered.
 */
import { gather } from '../../../src/experiment/gather.js';
import { type Job, type JobResult, listJobs, runJob, wholeExtent } from '../../../src/experiment/jobs.js';
import type { CompiledScenario } from '../../../src/experiment/prepare.js';
import { runMany } from '../../../src/host/threads.js';
import type { Asked, Counts, Tasks } from '../task.js';
import { type Loaded, load } from './loading.js';

export async function measureComparison({
  scenarioFile,
  workers,
  replications,
}: Asked<'comparison'>): Promise<Tasks['comparison']['answer']> {
  const loaded = load(scenarioFile, replications === null ? [] : [{ path: 'run.replications', value: replications }]);
  const { compiled } = loaded;
  const extent = wholeExtent(compiled);
  const jobs = listJobs(compiled, extent);
  const startedMs = performance.now();
  const spent: Spent = { byPlatform: compiled.platforms.map(() => 0), byKind: {} };
  const results = workers === 1 ? doAll(compiled, jobs, spent) : await doOnThreads(loaded, jobs, workers);
  const { digest } = gather(compiled, extent, results);
  return {
    ...countAll(results),
    replications: extent.replications,
    wholeSeconds: (performance.now() - startedMs) / 1000,
    secondsByKind: spent.byKind,
    platforms: compiled.platforms.flatMap(({ name }, place) =>
      workers === 1
        ? [
            {
              ...countAll(results.filter(({ platform }) => platform === place)),
              name,
              seconds: spent.byPlatform[place]!,
            },
          ]
        : [],
    ),
    digest,
  };
}

/** Seconds: of each platform's replications, and of each kind of job. */
interface Spent {
  readonly byPlatform: number[];
  readonly byKind: Partial<Record<Job['kind'], number>>;
}

function doAll(compiled: CompiledScenario, jobs: readonly Job[], spent: Spent): JobResult[] {
  return jobs.map((job) => {
    const startedMs = performance.now();
    const result = runJob(compiled, job);
    const seconds = (performance.now() - startedMs) / 1000;
    spent.byKind[job.kind] = (spent.byKind[job.kind] ?? 0) + seconds;
    if (job.kind === 'replication') spent.byPlatform[job.platform]! += seconds;
    return result;
  });
}

async function doOnThreads({ scenario }: Loaded, jobs: readonly Job[], workers: number): Promise<JobResult[]> {
  const results = await runMany(scenario, jobs, { workers });
  return results.filter((result) => result !== null);
}

/** What the replications handled; what stands beside them (levels, cost against traffic) is not counted. */
function countAll(results: readonly JobResult[]): Counts {
  const counts = { requestCount: 0, spanCount: 0, eventCount: 0 };
  for (const result of results) {
    if (result.kind !== 'replication') continue;
    counts.requestCount += result.result.requestCount;
    counts.spanCount += result.result.spanCount;
    counts.eventCount += result.result.eventCount;
  }
  return counts;
}

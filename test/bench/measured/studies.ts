/**
 * Measures what a study costs beside its engine: starting the pool, a cell on a thread with its file, a cell through
 * the queue. Its own file because these costs hang on the number of cells alone: cells here simulate next to nothing,
 * and what the same cells take in this process is taken off.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CellOrder, runCell } from '../../../src/experiment/cells.js';
import { cellsIn, openTexts } from '../../../src/host/cellStore.js';
import { openCellRunner } from '../../../src/host/cellThreads.js';
import { openQueueLink } from '../../../src/host/queueLink.js';
import { openQueueRunner } from '../../../src/host/queueRunner.js';
import { openQueueWorker } from '../../../src/host/queueWorker.js';
import { runMany } from '../../../src/host/threads.js';
import type { Scenario } from '../../../src/scenario/contract.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import { newRedis } from '../../cli/redisServer.js';
import type { Asked, Spent, Tasks } from '../task.js';

/** Two thousand visitors: some milliseconds, like the smallest cell that anybody would ask for. */
const text = `windtunnel: 1
run: {duration: 25s, replications: 1}
traffic: {all: {entry: server.work, arrivals: {poisson: 80/s}}}
services: {server: {cpu: 1, concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
platforms: {bench: {preset: fixed, defaults: {replicas: 1}}}
`;
const version = 'bench';
const lockMs = 10_000;

export async function measureStudies({ cellCount, withQueue }: Asked<'studies'>): Promise<Tasks['studies']['answer']> {
  const parsed = parseScenario(text, 'studies.yaml');
  if (!parsed.ok) throw new Error('the scenario of this bench is wrong');
  const scenario = parsed.value;
  const orders = ordersOf(cellCount);
  const poolStarted = await poolStart(scenario);
  // Warm code, as a thread has after its first cells.
  for (const order of orders.slice(0, 100)) runCell(scenario, order);
  const engine = await timed(() => Promise.resolve(orders.map((order) => runCell(scenario, order))));
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-bench-'));
  try {
    const place = join(folder, 'threads');
    const runner = openCellRunner(scenario, { workers: 1, store: cellsIn(await openTexts(place)), version });
    await runner.run(ordersOf(200, 'warm'));
    const threads = await timed(() => runner.run(orders));
    await runner.close();
    const bytes = sizeOf(place) / (cellCount + 200);
    const queue = withQueue ? await throughQueue(scenario, orders, join(folder, 'queue')) : null;
    return {
      poolStart: poolStarted,
      engine: each(engine, cellCount),
      thread: each(threads, cellCount),
      queue: queue && each(queue, cellCount),
      storedBytesPerCell: bytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ordersOf(count: number, seed = 'cell'): CellOrder[] {
  return Array.from({ length: count }, (_, cell) => ({
    settings: [{ path: 'seed', value: `${seed} ${cell}` }],
    platforms: null,
    replications: null,
  }));
}

/** Two threads, until each has answered a job of no work: what a small comparison waits before it begins. */
async function poolStart(scenario: Scenario): Promise<Spent> {
  const idle = { ...scenario, run: { ...scenario.run, durationUs: 1 } };
  const jobs = [0, 1].map((replication) => ({
    kind: 'replication' as const,
    platform: 0,
    replication,
    withTimeline: false,
  }));
  await import('piscina'); // Loaded once a process, and not a part of what starts.
  return timed(() => runMany(idle, jobs, { workers: 2 }));
}

/** The same cells, one worker, a Redis on loopback; a first small study wakes everything up. */
async function throughQueue(scenario: Scenario, orders: readonly CellOrder[], place: string): Promise<Spent> {
  const redis = await newRedis();
  await redis.start();
  const say = (): void => {};
  const link = await openQueueLink({ url: redis.url, version, patienceMs: 30_000, say });
  const texts = await openTexts(place);
  const worker = await openQueueWorker({ link, version, workers: 1, store: place, lockMs, say });
  const runner = await openQueueRunner(scenario, { link, texts, version, lockMs });
  try {
    await runner.run(ordersOf(300, 'warm'));
    return await timed(() => runner.run(orders));
  } finally {
    await worker.close();
    await runner.close();
    link.close();
    await redis.remove();
  }
}

async function timed(work: () => Promise<unknown>): Promise<Spent> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}

function each({ wallMs, cpuMs }: Spent, count: number): Spent {
  return { wallMs: wallMs / count, cpuMs: cpuMs / count };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

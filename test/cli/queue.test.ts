/**
 * Sweeps over a queue, on a real Redis, with real processes that are killed: every cell is there once, and the report
 * is byte for byte that of one machine, whatever dies on the way.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { folderWith, programFile, quickScenario, windtunnel } from './program.js';
import { hasRedis, newRedis, pause } from './redisServer.js';

const folder = folderWith({ 'quick.yaml': quickScenario });
afterAll(folder.remove);
const vary = ['--vary', 'load=0.2..1/0.2', '--vary', 'platforms.bench.defaults.replicas=1..4'];
const cellCount = 20;
/** Shorter than the 10 s that are usual, so that a lost worker is noticed within the test. */
const fast = ['--queue-lock', '500ms'];
const others = ['--workers', '0'];

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  err(): string;
}

/** A queue of its own, and the processes at it; all gone when the test is. */
async function newSite({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const redis = await newRedis();
  const running: Started[] = [];
  onTestFinished(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await redis.remove();
  });
  await redis.start();
  const start = (...words: readonly string[]): Started => {
    const child = spawn(process.execPath, [programFile, ...words], { cwd: folder.path });
    let text = '';
    child.stderr.on('data', (part) => {
      text += String(part);
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const started = { child, ended, err: () => text };
    running.push(started);
    return started;
  };
  return {
    redis,
    start,
    worker: (...words: readonly string[]) => start('worker', '--queue', redis.url, '--workers', '1', ...fast, ...words),
    sweep: (out: string, ...words: readonly string[]) =>
      start('sweep', 'quick.yaml', ...vary, '-o', out, '--queue', redis.url, ...fast, ...words),
  };
}

const read = (out: string, file: string): string => readFileSync(join(folder.path, out, file), 'utf8');
const cellNames = (out: string): string[] =>
  readdirSync(join(folder.path, out, 'cells'), { recursive: true })
    .map(String)
    .filter((name) => /c[0-9a-f]{32}\.json$/.test(name));
async function until(isSo: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 60_000; !isSo() && Date.now() < endMs; ) await pause(20);
  expect(isSo()).toBe(true);
}
const someCells = (out: string, count: number) => (): boolean => {
  try {
    return cellNames(out).length >= count;
  } catch {
    return false;
  }
};

function expectWhole(out: string): void {
  expect(cellNames(out)).toHaveLength(cellCount);
  for (const file of ['sweep.csv', 'result.json', 'study.json']) expect(read(out, file)).toBe(read('whole', file));
}

// Most of their time these wait for locks to run out and for servers that are gone: they do so together, but for those
// that must strike before the work is done.
describe.skipIf(!hasRedis).concurrent('a sweep over a queue', () => {
  beforeAll(() => {
    expect(windtunnel(['sweep', 'quick.yaml', ...vary, '-o', 'whole'], folder.path).code).toBe(0);
  });

  test.sequential('workers are killed, and Redis too: every cell once, the bytes of one machine', async (context) => {
    const { redis, sweep, worker } = await newSite(context);
    const asked = sweep('chaos', ...others);
    const first = [worker(), worker()];
    await until(someCells('chaos', 4));
    for (const { child } of first) child.kill('SIGKILL');
    worker();
    await until(someCells('chaos', 8));
    await redis.kill();
    await until(() => asked.err().includes('cannot reach the queue'));
    await redis.start();
    expect(await asked.ended).toBe(0);
    expect(asked.err()).toContain('is reached again');
    expectWhole('chaos');
  });

  test('a queue that forgets is told again; finished cells are not done again, damaged ones are', async (context) => {
    const { redis, sweep, worker } = await newSite(context);
    const asked = sweep('forgot', '--workers', '1'); // A sweep takes part in its own queue.
    await until(someCells('forgot', 3));
    redis.ask('FLUSHALL');
    expect(await asked.ended).toBe(0);
    expectWhole('forgot');
    const names = cellNames('forgot');
    const [damaged, ...sound] = names.map((name) => join(folder.path, 'forgot', 'cells', name));
    writeFileSync(damaged!, readFileSync(damaged!, 'utf8').slice(0, 200));
    const before = sound.map((name) => readFileSync(name, 'utf8'));
    const one = worker();
    const again = sweep('forgot', ...others);
    expect(await again.ended).toBe(0);
    expect(again.err()).toContain(`${cellCount - 1} cells were finished before`);
    expectWhole('forgot');
    expect(sound.map((name) => readFileSync(name, 'utf8'))).toEqual(before);
    // A worker goes when it is asked to.
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(143);
  });

  test('a sweep that is killed is gone on with, by another command and with other workers', async (context) => {
    const { sweep, worker } = await newSite(context);
    const asked = sweep('killed', ...others);
    worker();
    await until(someCells('killed', 4));
    asked.child.kill('SIGKILL');
    await asked.ended;
    expect(await sweep('killed', ...others).ended).toBe(0);
    expectWhole('killed');
  });

  test('two versions do not share a queue', async (context) => {
    const { redis, sweep, worker } = await newSite(context);
    redis.ask('ZADD', 'windtunnel:engines', String(Date.now() + 60_000), '0.0.9');
    redis.ask('ZREM', 'windtunnel:engines', '0.1.0');
    const refused = sweep('versions', ...others);
    expect(await refused.ended).toBe(2);
    expect(refused.err()).toContain('windtunnel 0.0.9 is at work on the queue');
    expect(await worker().ended).toBe(2);
  });

  test('a worker whose store is another one does nothing, and the sweep says why', async (context) => {
    const { sweep, worker } = await newSite(context);
    worker('--store', 'elsewhere');
    const asked = sweep('apart', ...others);
    expect(await asked.ended).toBe(5);
    expect(asked.err()).toContain('sweep and worker must name the same --store');
  });

  test('a plan over the queue is the plan of one machine', async (context) => {
    const { redis, start, worker } = await newSite(context);
    const words = ['plan', 'quick.yaml', '--vary', 'platforms.bench.defaults.replicas=1..3', '--platforms', 'bench'];
    const plan = [...words, '--threshold', 'latency_p95 < 80ms', '--max-replications', '4'];
    const alone = windtunnel([...plan, '-o', 'plan-alone'], folder.path);
    worker();
    const asked = start(...plan, '-o', 'plan-queue', '--queue', redis.url, ...others, ...fast);
    expect(await asked.ended).toBe(alone.code);
    expect(read('plan-queue', 'result.json')).toBe(read('plan-alone', 'result.json'));
  });

  test.sequential('Redis goes and does not come back: said, exit 5, nothing is lost', async (context) => {
    const { redis, sweep, worker } = await newSite(context);
    const begun = sweep('gone', ...others, '--queue-wait', '2s');
    const busy = worker('--queue-wait', '2s');
    await until(someCells('gone', 4));
    await redis.kill();
    expect(await begun.ended).toBe(5);
    expect(begun.err()).toContain('out of reach for 2 s');
    expect(await busy.ended).toBe(5);
    const keptCount = cellNames('gone').length;
    await redis.start();
    worker();
    const again = sweep('gone', ...others);
    expect(await again.ended).toBe(0);
    // The new worker may have done more of them before the sweep looked.
    const finishedCount = Number(/(\d+) cells were finished before/.exec(again.err())?.[1]);
    expect(finishedCount).toBeGreaterThanOrEqual(keptCount);
    expectWhole('gone');
  });

  test('Redis that never answers: said, waited for, and exit 5 after the limit', async (context) => {
    const { redis, sweep } = await newSite(context);
    await redis.kill();
    const asked = sweep('lost', ...others, '--queue-wait', '2s');
    expect(await asked.ended).toBe(5);
    expect(asked.err()).toMatch(/cannot reach the queue at redis:.* \(ECONNREFUSED\); waiting/);
    expect(asked.err()).toContain('out of reach for 2 s');
    expect(asked.err()).toContain('what is finished is kept');
  });
});

test.each([
  [['sweep', 'quick.yaml', ...vary, '--workers', '0'], '--workers 0 leaves the work to others'],
  [['sweep', 'quick.yaml', ...vary, '--queue', 'http://x'], 'reached by redis:// or rediss://'],
  [['sweep', 'quick.yaml', ...vary, '--queue', '6379'], 'is no address of a queue'],
  [['sweep', 'quick.yaml', ...vary, '--queue', 'redis://x', '--shard', '1/2'], 'one is meant'],
  [['sweep', 'quick.yaml', ...vary, '--queue', 'redis://x', '--report', 'none'], 'say with --store'],
  [['sweep', 'quick.yaml', ...vary, '--queue-wait', '5s'], '--queue-wait goes with --queue'],
  [['sweep', 'quick.yaml', ...vary, '--store', 'gs://cells'], 'not in gs://'],
  [['worker'], 'a worker needs --queue'],
  [['worker', '--queue', 'redis://x', '--queue-lock', '1ms'], '500ms or more'],
])('%j is refused before anything is reached', (words, told) => {
  const { code, err } = windtunnel(words, folder.path);
  expect(code).toBe(2);
  expect(err).toContain(told);
});

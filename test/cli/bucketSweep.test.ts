/** A sweep whose cells lie in a bucket, on the built program and a real S3 server on loopback: kept, found, merged. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BucketServer, startBucketServer } from '../host/bucketServer.js';
import { folderWith, programFile, quickScenario, windtunnel } from './program.js';

const folder = folderWith({ 'quick.yaml': quickScenario });
const store = ['--store', 's3://results/quick'];
const vary = ['--vary', 'load=0.5,1', '--vary', 'platforms.bench.defaults.replicas=1,2'];
let server: BucketServer;

beforeAll(async () => {
  server = await startBucketServer(join(folder.path, 's3'));
});
afterAll(async () => {
  await server?.close();
  folder.remove();
});

/** Not waited for in a blocking way: the server answers from this process. */
async function run(...words: readonly string[]): Promise<{ readonly code: number | null; readonly err: string }> {
  const child = spawn(process.execPath, [programFile, ...words], {
    cwd: folder.path,
    env: { ...process.env, ...server.env, NO_COLOR: '1' },
  });
  let err = '';
  child.stderr.on('data', (part) => {
    err += String(part);
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, err };
}
const read = (out: string): string => readFileSync(join(folder.path, out, 'sweep.csv'), 'utf8');

test('two parts put their cells into a bucket; merged from there they are the sweep of one machine', async () => {
  const whole = windtunnel(['sweep', 'quick.yaml', ...vary, '-o', 'whole', '--report', 'csv'], folder.path);
  expect(whole.code).toBe(0);
  const parts = await Promise.all(
    [1, 2].map((part) => run('sweep', 'quick.yaml', ...vary, '--shard', `${part}/2`, '-o', `part${part}`, ...store)),
  );
  expect(parts.map(({ code }) => code)).toEqual([0, 0]);
  expect((await run('merge', 'part1', 'part2', '-o', 'merged', ...store)).code).toBe(0);
  expect(read('merged')).toBe(read('whole'));
  const again = await run('sweep', 'quick.yaml', ...vary, '-o', 'again', ...store);
  expect(again.err).toContain('4 cells were finished before, in s3://results/quick');
  expect(read('again')).toBe(read('whole'));
}, 60_000);

test('a bucket that is out of reach ends with 5, in one sentence', async () => {
  const { code, err } = await run('sweep', 'quick.yaml', ...vary, '-o', 'never', '--store', 's3://nobody/x');
  expect(code).toBe(5);
  expect(err).toMatch(/cannot keep cells in s3:\/\/nobody\/x \(NoSuchBucket/);
}, 60_000);

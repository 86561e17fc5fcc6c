/** Work on real threads: the same results as in this one, whatever their number, and a stop that is heard. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { compareCompiled } from '../../src/experiment/compare.js';
import { gather } from '../../src/experiment/gather.js';
import { listJobs, wholeExtent } from '../../src/experiment/jobs.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { runMany } from '../../src/host/threads.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { quickScenario } from '../cli/program.js';

const workerFile = resolve('dist/worker.js');

function quick(text: string = quickScenario) {
  const parsed = parseScenario(text, 'quick.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compileScenario(parsed.value);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return { scenario: parsed.value, compiled: compiled.value };
}

test('one thread, three threads and none give the same comparison', async () => {
  const { scenario, compiled } = quick();
  const extent = wholeExtent(compiled);
  const jobs = listJobs(compiled, extent);
  const here = compareCompiled(compiled, extent);
  for (const workers of [1, 3]) {
    const shares: number[] = [];
    const onProgress = (share: number): void => void shares.push(share);
    const results = await runMany(scenario, jobs, { workers, workerFile, onProgress });
    expect(
      gather(
        compiled,
        extent,
        results.filter((result) => result !== null),
      ),
    ).toEqual(here);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  }
});

test('a stop ends what runs at its next slice, starts nothing more, and keeps what is finished', async () => {
  const { scenario, compiled } = quick(quickScenario.replace('duration: 2s', 'duration: 200h'));
  const jobs = listJobs(compiled, wholeExtent(compiled));
  const stopped = new Promise<void>((done) => setTimeout(done, 500));
  const results = await runMany(scenario, jobs, { workers: 2, workerFile, stopped });
  expect(results).toHaveLength(jobs.length);
  expect(results.some((result) => result === null)).toBe(true);
});

/** Stored runs come back as they were: columns of numbers, numbers that JSON has not, names of any kind. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listJobs, runJob, wholeExtent } from '../../src/experiment/jobs.js';
import { compileScenario } from '../../src/experiment/prepare.js';
import { readStoredRuns, storedRuns, storedRunsBytes, storedRunsName } from '../../src/host/storedRuns.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { quickScenario } from '../cli/program.js';

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-stored-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('every result of every job comes back as it was, and only to the version that wrote it', () => {
  const parsed = parseScenario(quickScenario, 'quick.yaml');
  if (!parsed.ok) throw new Error('has issues');
  const compiled = compileScenario(parsed.value);
  if (!compiled.ok) throw new Error('does not compile');
  const extent = { ...wholeExtent(compiled.value), withAllTimelines: true };
  const results = listJobs(compiled.value, extent).map((job) => runJob(compiled.value, job));
  const stored = storedRuns(parsed.value, extent, results, '1.2.3');
  writeFileSync(join(folder, storedRunsName), storedRunsBytes(stored));
  expect(readStoredRuns(folder, '1.2.3')).toEqual(stored);
  expect(readStoredRuns(folder, '1.2.4')).toContain('was made by version 1.2.3, this is 1.2.4');
});

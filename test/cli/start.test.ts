/**
 * The program's start: V8 takes the code that the build compiled for it. Nothing else tells when it does not, for the
 * program then only starts more slowly.
 */
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';

test('the code cache of the command line fits its text and this Node', () => {
  const file = 'dist/commandLine.cjs';
  // As src/cli/start.ts reads it, without running it.
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    cachedData: readFileSync(`${file}.cache`),
  });
  expect(script.cachedDataRejected).toBe(false);
  const another = new Script(`${readFileSync(file, 'latin1')};`, { cachedData: readFileSync(`${file}.cache`) });
  expect(another.cachedDataRejected).toBe(true);
});

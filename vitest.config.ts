/**
 * How the tests run: one build before them all (test/cli, test/host and test/golden run what is built), and a
 * JSON record of the results where WINDTUNNEL_TEST_RECORD names a file, for .ci/run to count.
 */
import { defineConfig } from 'vitest/config';

const record = process.env['WINDTUNNEL_TEST_RECORD'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/buildFirst.ts'],
    reporters: record ? ['default', ['json', { outputFile: record }]] : ['default'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});

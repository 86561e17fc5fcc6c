/**
 * Counts a record of vitest: `node .ci/count.mjs RECORD STATUS` prints `N passed, N failed` and exits 0 only if all
 * passed and at least one ran. A test file that could not be loaded, and a test command that failed for another reason
 * than a test (types, lint, install), each count as one failure.
 */
import { existsSync, readFileSync } from 'node:fs';

const [record = '', status = '1'] = process.argv.slice(2);
let passed = 0;
let failed = 0;
if (existsSync(record)) {
  for (const { status: fileStatus, assertionResults } of JSON.parse(readFileSync(record, 'utf8')).testResults) {
    const failedHere = assertionResults.filter((result) => result.status === 'failed').length;
    passed += assertionResults.filter((result) => result.status === 'passed').length;
    failed += failedHere === 0 && fileStatus === 'failed' ? 1 : failedHere;
  }
}
if (status !== '0' && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

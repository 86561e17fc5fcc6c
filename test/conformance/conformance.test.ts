/** The project's own copy of the cases, run as `npm run conformance` does; and what that command makes of bad files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { judgePaths } from './cases.js';
import { compareLeaves, readTolerance } from './compare.js';

const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const failureCount = async (path: string): Promise<number> =>
  (await judgePaths([path])).filter(({ failures }) => failures.length > 0).length;

const goodCase = {
  id: 'a',
  input: { fn: 'nginxLeastConn', peers: [{ name: 'x', weight: 1, active: 0 }] },
  expect: { pick: 'x' },
};

test('every case of the orchestration families passes, those of upstream and those of `own/`', async () => {
  const verdicts = await judgePaths(['test/conformance/orchestration']);
  expect(verdicts.length).toBeGreaterThan(340);
  expect(verdicts.filter(({ failures }) => failures.length > 0)).toEqual([]);
});

test('the family of a case is its own word for it, else the name of its file', async () => {
  expect(await failureCount(fileWith('least-conn.json', [goodCase]))).toBe(0);
  expect(await failureCount(fileWith('other.json', { vectors: [{ ...goodCase, family: 'least-conn' }] }))).toBe(0);
});

test('an unknown family, a case without id or expectation, and a file that is no list of cases fail', async () => {
  expect(await failureCount(fileWith('unknown.json', [goodCase]))).toBe(1);
  expect(await failureCount(fileWith('__proto__.json', [goodCase]))).toBe(1);
  const family = 'least-conn';
  expect(await failureCount(fileWith('noId.json', [{ ...goodCase, family, id: undefined }]))).toBe(1);
  expect(await failureCount(fileWith('noExpect.json', [{ ...goodCase, family, expect: undefined }]))).toBe(1);
  expect(await failureCount(fileWith('noList.json', { cases: [] }))).toBe(1);
  expect(await failureCount(fileWith('broken.json', '[{'))).toBe(1);
  expect(await failureCount(join(folder, 'absent.json'))).toBe(1);
});

test('a case whose input is malformed fails and says which field', async () => {
  const [verdict] = await judgePaths([
    fileWith('malformed.json', [{ ...goodCase, family: 'least-conn', input: { fn: 'nginxLeastConn', peers: [{}] } }]),
  ]);
  expect(verdict?.failures[0]?.got).toContain('peers[0].name');
});

test('a wrong expectation fails, wherever it is wrong', async () => {
  const family = 'least-conn';
  expect(await failureCount(fileWith('wrong.json', [{ ...goodCase, family, expect: { pick: 'y' } }]))).toBe(1);
  expect(await failureCount(fileWith('more.json', [{ ...goodCase, family, expect: { pick: 'x', why: 1 } }]))).toBe(1);
});

test('numbers are compared exactly unless the case names a tolerance, absolute for a field or relative for all', () => {
  const far = { a: 1.02, b: [10.4] };
  expect(compareLeaves({ a: 1, b: [10] }, far, readTolerance(undefined))).toHaveLength(2);
  expect(compareLeaves({ a: 1, b: [10] }, far, readTolerance({ b: 0.5 }))).toHaveLength(1);
  expect(compareLeaves({ a: 1, b: [10] }, far, readTolerance({ relative: 0.05 }))).toHaveLength(0);
  expect(compareLeaves({ b: [10, 10] }, far, readTolerance({ relative: 1 }))).toHaveLength(1);
  expect(() => readTolerance({ a: 'much' })).toThrow('tolerance.a');
});

/** When a release or a fault began, from a log written by hand. */
import { expect, test } from 'vitest';
import type { EventRow, PlatformResult } from '../../src/experiment/contract.js';
import { beginningOf } from '../../src/report/page/incidents.js';

function platform(rows: readonly (readonly [number, string, string, string])[]): PlatformResult {
  const events = rows.map(([tS, kind, service, detail]): EventRow => ({ tS, kind, service, instance: 0, detail }));
  return { events: { replication: 1, rows: events, omittedCount: 0 } } as unknown as PlatformResult;
}

test('the second of one name is the second that began; one that did not begin is none', () => {
  const one = platform([
    [100, 'fault', 'a', 'crash *'],
    [100, 'fault', 'b', 'crash *'],
    [200, 'fault', 'a', 'crash *'],
    [300, 'release-begins', 'a', 'v2: v2'],
  ]);
  expect(beginningOf(one, 'fault', 'crash * #2')?.tS).toBe(200);
  expect(beginningOf(one, 'fault', 'crash * #3')).toBeNull();
  expect(beginningOf(one, 'release', 'v2')?.tS).toBe(300);
});

/** A visitor's spans cut into parts: every moment of a span is in one part, and none in two. */
import { expect, test } from 'vitest';
import type { VisitResult, VisitSpan } from '../../src/experiment/contract.js';
import { spanParts, visitsSection } from '../../src/report/page/waterfall.js';
import { movieComparison } from './fixtures/comparison.js';

const span = (parts: Partial<VisitSpan>): VisitSpan => ({
  kind: 'span',
  title: 'Movie',
  service: 'movie',
  operation: 'show',
  parent: -1,
  depth: 0,
  attempt: 1,
  instance: 0,
  outcome: 'completed',
  cold: 'warm',
  beganMs: 0,
  arrivedMs: 1,
  startedMs: 1,
  endedMs: 10,
  cpuMs: 0,
  ...parts,
});
const visit = (spans: readonly VisitSpan[]): VisitResult => ({
  which: 'slowest',
  source: 'browse',
  number: 7,
  outcome: 'completed',
  attemptCount: 1,
  beganS: 0,
  latencyMs: 100,
  spans,
});

test('way, line, work, the query below, and the way home, in order', () => {
  const seen = visit([
    // Out 1 ms, 9 ms in line, 30 ms of CPU, 40 ms for the query, 15 ms of CPU, home 5 ms.
    span({ arrivedMs: 1, startedMs: 10, endedMs: 100, cpuMs: 45 }),
    span({ kind: 'query', parent: 0, depth: 1, beganMs: 40, arrivedMs: 40, startedMs: 45, endedMs: 80 }),
  ]);
  expect(spanParts(seen, 0)).toEqual([
    { kind: 'hop', fromMs: 0, toMs: 1 },
    { kind: 'queue', fromMs: 1, toMs: 10 },
    { kind: 'work', fromMs: 10, toMs: 40 },
    { kind: 'others', fromMs: 40, toMs: 80 },
    { kind: 'work', fromMs: 80, toMs: 95 },
    { kind: 'hop', fromMs: 95, toMs: 100 },
  ]);
  expect(spanParts(seen, 1).map(({ kind }) => kind)).toEqual(['queue', 'work']);
});

test('queries at once count once, and a start is told as cold', () => {
  const seen = visit([
    span({ cold: 'started', startedMs: 50, endedMs: 90, cpuMs: 10 }),
    span({ kind: 'query', parent: 0, depth: 1, beganMs: 55, arrivedMs: 55, startedMs: 55, endedMs: 80 }),
    span({ kind: 'query', parent: 0, depth: 1, beganMs: 55, arrivedMs: 55, startedMs: 55, endedMs: 75 }),
  ]);
  const parts = spanParts(seen, 0);
  expect(parts.filter(({ kind }) => kind === 'others')).toEqual([{ kind: 'others', fromMs: 55, toMs: 80 }]);
  expect(parts.find(({ kind }) => kind === 'cold')).toEqual({ kind: 'cold', fromMs: 1, toMs: 50 });
});

test('a name is text, and the finding says what the longest part was', () => {
  const base = movieComparison({ platformCount: 1 });
  const hostile = visit([span({ title: '<img src=x>', cold: 'started', startedMs: 90, endedMs: 100, cpuMs: 10 })]);
  const platform = { ...base.platforms[0]!, visits: [hostile] };
  const { html } = visitsSection({ ...base, platforms: [platform] });
  expect(html).not.toContain('<img');
  expect(html).toContain('89\u00a0ms of it starting cold at &lt;img src=x&gt;');
});

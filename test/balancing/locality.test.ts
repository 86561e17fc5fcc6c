/** Locality around a balancer: its own zone first, all of them where that is empty, or never. */
import { expect, test } from 'vitest';
import { withLocality } from '../../src/balancing/locality.js';
import { findBalancer } from '../../src/balancing/registry.js';

/** Instances 0 to 5, two in each of three zones: 0 and 3 in zone 0. */
function memoryOf(kind: string, locality: 'prefer' | 'strict') {
  const memory = withLocality(findBalancer(kind)!, locality).start();
  for (let instance = 0; instance < 6; instance++)
    memory.add(instance, 0, 1, { number: instance, nowUs: 0, zone: instance % 3 });
  return memory;
}
const picks = (memory: ReturnType<typeof memoryOf>, zone: number, count = 4) =>
  Array.from({ length: count }, () => memory.pick(0.5, 0.5, 7, 0, zone));

test('a caller stays in its zone, whatever the balancer', () => {
  for (const kind of [
    'round-robin',
    'random',
    'least-requests',
    'power-of-two',
    'ring-hash',
    'maglev',
    'least-latency',
  ])
    for (const picked of picks(memoryOf(kind, 'prefer'), 1)) expect(picked % 3).toBe(1);
});

test('each zone goes round its own instances', () => {
  const memory = memoryOf('round-robin', 'prefer');
  expect([picks(memory, 2), picks(memory, 0)].map((each) => [...each].sort())).toEqual([
    [2, 2, 5, 5],
    [0, 0, 3, 3],
  ]);
});

test('where its zone is empty, prefer goes anywhere and strict nowhere', () => {
  const answers = (['prefer', 'strict'] as const).map((locality) => {
    const memory = memoryOf('round-robin', locality);
    memory.remove(1);
    expect(memory.pick(0.5, 0.5, 7, 0, 1)).toBe(4);
    memory.remove(4);
    return [new Set(picks(memory, 1)).size, memory.pick(0.5, 0.5, 7, 0, 9)];
  });
  expect(answers).toEqual([
    [4, expect.any(Number)],
    [1, -1],
  ]);
});

test('a caller without a zone chooses among all', () => {
  const memory = memoryOf('round-robin', 'strict');
  expect(picks(memory, -1, 6).sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a load is known in the zone as it is everywhere', () => {
  const memory = memoryOf('least-requests', 'prefer');
  memory.loadChanged(0, 9);
  expect(new Set(picks(memory, 0))).toEqual(new Set([3]));
});

/** The set that balancers draw from: membership and positions. */
import { expect, test } from 'vitest';
import { InstanceList } from '../../src/balancing/instanceList.js';

test('members are those added and not removed, each at one position', () => {
  const list = new InstanceList();
  for (let instance = 0; instance < 100; instance += 3) expect(list.add(instance)).toBe(true);
  expect(list.add(3)).toBe(false);
  expect([list.remove(0), list.remove(99), list.remove(50), list.remove(5000)]).toEqual([true, true, false, false]);
  const members = Array.from({ length: list.count }, (_, position) => list.at(position));
  expect(members.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, k) => 3 * (k + 1)));
  expect([list.has(0), list.has(3), list.has(100_000)]).toEqual([false, true, false]);
});

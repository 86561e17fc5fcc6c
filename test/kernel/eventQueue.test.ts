/** The event queue against a sorted list, on random schedules with many ties. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from '../../src/kernel/eventQueue.js';

interface Pending {
  readonly dueUs: number;
  readonly rank: number;
  readonly order: number;
  readonly event: number;
}

/** What the queue should be: time first, then rank, then the order of scheduling. */
class SortedList {
  readonly pending: Pending[] = [];
  private count = 0;

  push(dueUs: number, rank: number, event: number): void {
    this.pending.push({ dueUs, rank, order: this.count++, event });
    this.pending.sort((a, b) => a.dueUs - b.dueUs || a.rank - b.rank || a.order - b.order);
  }
}

const pushes = fc.record({ dueUs: fc.nat(5), rank: fc.nat(5) });
const takes = fc.constant('take' as const);

test('events come by time, then by rank, then in the order of scheduling, whatever was pushed and taken before', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(pushes, takes), { maxLength: 300 }), (actions) => {
      const queue = new EventQueue();
      const list = new SortedList();
      let event = 0;
      for (const action of actions) {
        if (action !== 'take') {
          event++;
          queue.push(action.dueUs, action.rank, event);
          list.push(action.dueUs, action.rank, event);
        } else if (list.pending.length > 0) {
          const first = list.pending.shift()!;
          expect(queue.nextDueUs()).toBe(first.dueUs);
          expect(queue.take()).toBe(first.event);
          expect(queue.takenDueUs).toBe(first.dueUs);
        }
        expect(queue.size).toBe(list.pending.length);
      }
      for (const { event: expected } of list.pending) expect(queue.take()).toBe(expected);
      expect(queue.nextDueUs()).toBe(Number.POSITIVE_INFINITY);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('a push right after a take finds its place though the top is a hole', () => {
  const queue = new EventQueue();
  for (const dueUs of [10, 20, 30, 40]) queue.push(dueUs, 0, dueUs);
  expect(queue.take()).toBe(10);
  queue.push(25, 0, 25);
  expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([20, 25, 30, 40]);
});

test('the ticket of an event is given when it is scheduled and shown again when it is taken', () => {
  const queue = new EventQueue();
  const late = queue.push(7, 2, 1);
  const early = queue.push(7, 1, 2);
  expect(late).not.toBe(early);
  expect(queue.take()).toBe(2);
  expect(queue.takenTicket).toBe(early);
  expect(queue.take()).toBe(1);
  expect(queue.takenTicket).toBe(late);
});

test('it grows past its first capacity and loses nothing', () => {
  const queue = new EventQueue();
  const count = 5000;
  for (let i = 0; i < count; i++) queue.push((i * 7919) % count, 0, i);
  let before = -1;
  for (let i = 0; i < count; i++) {
    queue.take();
    expect(queue.takenDueUs).toBeGreaterThanOrEqual(before);
    before = queue.takenDueUs;
  }
  expect(queue.size).toBe(0);
});

test('times far beyond 2^31 microseconds keep their order to the microsecond', () => {
  const queue = new EventQueue();
  const monthUs = 730 * 3600 * 1e6;
  queue.push(monthUs + 1, 0, 2);
  queue.push(monthUs, 5, 1);
  expect([queue.take(), queue.take()]).toEqual([1, 2]);
});

test('thousands pending, near and far, with ties: the order of a sorted list, and every ticket is found', () => {
  let state = 12345;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state % below;
  };
  const queue = new EventQueue();
  const lane = queue.openLane(() => false);
  const expected: [number, number, number][] = [];
  const delays = [0, 3, 50, 1000, 40_000, 5_000_000, 900_000_000_000];
  let nowUs = 0;
  let order = 0;
  const push = (): void => {
    const delay = delays[draw(delays.length)]!;
    const rank = draw(6);
    const dueUs = nowUs + delay + draw(delay + 1);
    const event = order++;
    const ticket = queue.push(dueUs, rank, event);
    expected.push([dueUs, rank * 1e9 + event, event]);
    if (event % 2000 === 0) expect(queue.dueOf(ticket)).toBe(dueUs);
  };
  const pushLane = (): void => {
    queue.pushLane(lane, nowUs + 700_000, 2, order);
    expected.push([nowUs + 700_000, 2e9 + order, order++]);
  };
  const taken: [number, number][] = [];
  for (let round = 0; round < 60_000; round++) {
    if (round < 20_000 || (round < 40_000 && round % 3 > 0)) push();
    if (round % 50 === 0) pushLane();
    if (round % 2 === 1 || round >= 40_000) {
      if (queue.nextDueUs() === Number.POSITIVE_INFINITY) break;
      const event = queue.take();
      nowUs = queue.takenDueUs;
      taken.push([nowUs, event]);
    }
  }
  while (queue.nextDueUs() < Number.POSITIVE_INFINITY) {
    const event = queue.take();
    taken.push([queue.takenDueUs, event]);
  }
  // Whoever is scheduled for a moment that is over by then comes first: none is, so the whole is in order.
  expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  expect(taken.map(([dueUs]) => dueUs)).toEqual(expected.map(([dueUs]) => dueUs));
  const wasTaken = new Map(taken.map(([, event], place) => [event, place]));
  expect(wasTaken.size).toBe(expected.length);
});

test('with thousands pending, ties come by rank and then in the order of scheduling', () => {
  const queue = new EventQueue();
  const all: [number, number, number][] = [];
  for (let event = 0; event < 30_000; event++) {
    const dueUs = ((event * 7919) % 500) * 1000;
    queue.push(dueUs, event % 6, event);
    all.push([dueUs, event % 6, event]);
  }
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  expect(all.map(() => queue.take())).toEqual(all.map(([, , event]) => event));
  expect(queue.nextDueUs()).toBe(Number.POSITIVE_INFINITY);
});

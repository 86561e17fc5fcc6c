/** Hanging instances: nothing on them moves, whoever waits there waits, and what is left goes on when it is over. */
import { expect, test } from 'vitest';
import type { FaultModel } from '../../src/model/contract.js';
import { constant, cpu, model, replicas, runToEnd, seconds, service, source, wait } from './modelBuilder.js';

const hangs = (atS: number, forS: number): FaultModel => ({
  kind: 'hang',
  name: 'hang server',
  service: 0,
  count: 1,
  atUs: atS * seconds,
  forUs: forS * seconds,
});
const every20s = [source({ kind: 'constant', ratePerSecond: 1 / 20 })];

test.each([
  ['work on its CPUs stands still', cpu(constant(4 * seconds))],
  ['a wait that ends meanwhile leads nowhere until it goes on', wait(constant(10 * seconds))],
])('%s', (_, step) => {
  const { visitors } = runToEnd(
    model({
      durationUs: 39 * seconds,
      traffic: every20s,
      services: [service([step], { dispatch: replicas(1) })],
      faults: [hangs(22, 10)],
    }),
  );
  // Came at 20. Two of its four seconds were done at 22, the rest after 32; the wait was over at 30.
  expect(visitors.map(({ endedUs }) => endedUs / seconds)).toEqual([step.kind === 'cpu' ? 34 : 32]);
});

test('it uses no CPU while it hangs', () => {
  const { final } = runToEnd(
    model({
      durationUs: 39 * seconds,
      traffic: every20s,
      services: [service([cpu(constant(4 * seconds))], { dispatch: replicas(1) })],
      faults: [hangs(22, 10)],
    }),
  );
  expect(final.service.cpuUsedUs[0]).toBe(4 * seconds);
});

test('a request that comes while it hangs is taken, and served when it goes on', () => {
  const { visitors } = runToEnd(
    model({
      durationUs: 39 * seconds,
      traffic: every20s,
      services: [service([cpu(constant(seconds))], { dispatch: replicas(1) })],
      faults: [hangs(10, 20)],
    }),
  );
  expect(visitors.map(({ beganUs, endedUs }) => [beganUs / seconds, endedUs / seconds])).toEqual([[20, 31]]);
});

/** When the cluster autoscaler takes a node away: how long it has been unneeded counts on while none may go. */
import { expect, test } from 'vitest';
import { schedule } from '../../src/autoscaling/schedule.js';
import { notesOf, tell } from './handMade.js';
import { constant, cpu, model, ms, nodePool, replicas, seconds, service } from './modelBuilder.js';

/** One instance a node: three from 45 s to 95 s, else one. Two nodes come at 50 s, and stand empty at 100 s. */
function removals(delayAfterAddS: number): readonly string[] {
  const changes = [
    { atUs: 45 * seconds, count: 3 },
    { atUs: 95 * seconds, count: 1 },
  ];
  const made = schedule.make({ changes });
  if (!made.ok) throw new Error(made.fault);
  const autoscaler = {
    scanUs: 10 * seconds,
    unneededUs: 100 * seconds,
    delayAfterAddUs: delayAfterAddS * seconds,
    threshold: 0.5,
  };
  const told = tell(
    model({
      durationUs: 600 * seconds,
      services: [
        service([cpu(constant(ms))], {
          vCpuRequest: 2,
          dispatch: replicas(1, { minCount: 1, maxCount: 3, nodePools: [0], scalers: [made.value] }),
        }),
      ],
      nodePools: [nodePool({ initialCount: 1, minCount: 1, maxCount: 3, autoscaler, boot: constant(20 * seconds) })],
    }),
  );
  expect(notesOf(told, 'node-added')).toEqual(['node 1 of pool boots @ 50', 'node 2 of pool boots @ 50']);
  return notesOf(told, 'node-removed');
}

test('empty nodes go when they have been unneeded for long enough', () => {
  expect(removals(0)).toEqual(['node 1 of pool @ 200', 'node 2 of pool @ 200']);
});

test('for a while after a node came none goes, and then at once those unneeded for long enough by then', () => {
  expect(removals(300)).toEqual(['node 1 of pool @ 350', 'node 2 of pool @ 350']);
  expect(removals(120)).toEqual(removals(0));
});

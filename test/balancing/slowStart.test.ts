/** Slow start around every balancer: a new instance's share grows linearly from a tenth to the whole. */
import { expect, test } from 'vitest';
import { balancers } from '../../src/balancing/registry.js';
import { withSlowStart } from '../../src/balancing/slowStart.js';
import { Draws } from '../../src/random/draws.js';

const windowUs = 30_000_000;

/** Share of 20,000 requests, every one answered at once, that a fifth instance gets so long after it came. */
function shareAfter(balancer: (typeof balancers)[number], afterUs: number): number {
  const memory = withSlowStart(balancer, windowUs).start();
  const cameUs = 100_000_000;
  for (let instance = 0; instance < 4; instance++) memory.add(instance, 0, 1);
  memory.add(4, 0, 1, { number: 4, nowUs: cameUs });
  const draws = new Draws(11, 4);
  let count = 0;
  for (let i = 0; i < 20_000; i++)
    if (memory.pick(draws.uniform(), draws.uniform(), draws.bits(), cameUs + afterUs) === 4) count++;
  return count / 20_000;
}

// Ring shares have a spread of 8% of their own, and peak EWMA knows no latency here.
const even = balancers.filter(({ kind }) => kind !== 'ring-hash');

test.each(even)('$kind: at half of the window a new instance gets half of an equal share: 0.5 of 4.5', (balancer) => {
  // Binomial with n = 20,000 and p = 0.11: a standard deviation of 0.0022, four of them. Two choices give way to the
  // other one drawn more evenly than one alone: the refused draw is made anew over all.
  expect(Math.abs(shareAfter(balancer, windowUs / 2) - 0.5 / 4.5)).toBeLessThan(0.009);
});

test.each(even)('$kind: at first it gets a tenth of an equal share, after the window all of it', (balancer) => {
  expect(Math.abs(shareAfter(balancer, 0) - 0.1 / 4.1)).toBeLessThan(0.005);
  expect(Math.abs(shareAfter(balancer, windowUs) - 0.2)).toBeLessThan(0.012);
});

test('whoever is there at clock 0 has been warm for long', () => {
  const memory = withSlowStart(balancers[0]!, windowUs).start();
  memory.add(0, 0, 1, { number: 0, nowUs: 0 });
  memory.add(1, 0, 1, { number: 1, nowUs: 0 });
  expect([0, 0, 0, 0].map(() => memory.pick(0, 0, 0, 1000))).toEqual([0, 1, 0, 1]);
});

test('under least-requests a warming instance takes on load in proportion to its share', () => {
  const least = balancers.find(({ kind }) => kind === 'least-requests')!;
  const memory = withSlowStart(least, windowUs).start();
  const loads = [10, 10, 10, 10, 0];
  for (let instance = 0; instance < 4; instance++) memory.add(instance, 10, 1);
  memory.add(4, 0, 1, { number: 4, nowUs: 1 });
  const draws = new Draws(1, 1);
  for (let i = 0; i < 5; i++) {
    const picked = memory.pick(draws.uniform(), draws.uniform(), draws.bits(), windowUs / 2);
    loads[picked]!++;
    memory.loadChanged(picked, loads[picked]!);
  }
  // With a share of one half 5 requests weigh as much as 10.
  expect(loads).toEqual([10, 10, 10, 10, 5]);
});

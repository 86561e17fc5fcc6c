/** What every balancer keeps: it picks a known instance, loses none, is fair among equals, and forgets who has gone. */
import { describe, expect, test } from 'vitest';
import type { Balancer, BalancerMemory } from '../../src/balancing/contract.js';
import { withLocality } from '../../src/balancing/locality.js';
import { balancerKinds, balancers, findBalancer } from '../../src/balancing/registry.js';
import { withSlowStart } from '../../src/balancing/slowStart.js';
import { Draws } from '../../src/random/draws.js';

const pickWith = (memory: BalancerMemory, draws: Draws): number =>
  memory.pick(draws.uniform(), draws.uniform(), draws.bits());

/** Random comings, goings and loads, with what the balancer ought to know beside it. */
function shake(balancer: Balancer, seed: number, steps: number): void {
  const draws = new Draws(seed, 17);
  const memory = balancer.start();
  const known = new Map<number, number>();
  const any = () => [...known.keys()][Math.floor(draws.uniform() * known.size)];
  for (let step = 0; step < steps; step++) {
    const dice = draws.uniform();
    const instance = dice < 0.3 ? Math.floor(draws.uniform() * 40) : any();
    if (instance === undefined) continue;
    if (dice < 0.3) {
      const load = known.get(instance) ?? Math.floor(draws.uniform() * 5);
      known.set(instance, load);
      memory.add(instance, load, 1);
    } else if (dice < 0.5) {
      known.delete(instance);
      memory.remove(instance);
    } else {
      const load = Math.max(0, known.get(instance)! + (dice < 0.8 ? 1 : -2));
      known.set(instance, load);
      memory.loadChanged(instance, load);
    }
    const picked = pickWith(memory, draws);
    if (known.size === 0) expect(picked).toBe(-1);
    else expect(known.has(picked)).toBe(true);
  }
}

const kept = ['round-robin', 'least-requests', 'least-latency'].map((kind) => findBalancer(kind)!);

/** Every rule alone, each with slow start around it, and some kept to a zone. */
const all: readonly Balancer[] = [
  ...balancers,
  ...balancers.map((balancer) => ({ ...withSlowStart(balancer, 30_000_000), kind: `${balancer.kind}, slow start` })),
  ...kept.map((balancer) => ({ ...withLocality(balancer, 'prefer'), kind: `${balancer.kind}, locality` })),
];

describe.each(all)('$kind', (balancer) => {
  test('without an instance there is nothing to pick', () => {
    expect(balancer.start().pick(0.5, 0.5, 7)).toBe(-1);
  });

  test('the only instance is always picked, at either end of chance', () => {
    const memory = balancer.start();
    memory.add(5, 3, 1);
    expect([memory.pick(0, 0, 0), memory.pick(1 - 2 ** -53, 1 - 2 ** -53, -1)]).toEqual([5, 5]);
  });

  test('only known instances are picked, whatever came, went and changed before', () => {
    // Maglev fills its table anew after each change.
    const seeds = balancer.kind.startsWith('maglev') ? 2 : 20;
    for (let seed = 0; seed < seeds; seed++) shake(balancer, seed, 300);
  });

  test('removing an unknown instance and adding a known one change nothing', () => {
    const memory = balancer.start();
    memory.add(0, 0, 1);
    memory.add(0, 0, 1);
    memory.remove(9);
    memory.remove(0);
    memory.remove(0);
    expect(memory.pick(0.3, 0.3, 1)).toBe(-1);
  });

  test('two balancers do not share what they know', () => {
    const [one, other] = [balancer.start(), balancer.start()];
    one.add(1, 0, 1);
    expect(other.pick(0.1, 0.1, 1)).toBe(-1);
  });

  // On a ring an arc's share has a coefficient of variation of 1/sqrt(160) = 8%: 2,000 +- 158, four of them. Elsewhere
  // picks are binomial with n = 14,000 and p = 1/7: mean 2,000, standard deviation 41.4, four of them.
  const [spread, why] = balancer.kind.startsWith('ring-hash')
    ? [4 * 158, 'as even as 160 points an instance make them']
    : [166, 'within 4 standard deviations'];
  test(`7 equal instances get equal shares of 14,000 picks, ${why}`, () => {
    const draws = new Draws(1, 2);
    const memory = balancer.start();
    const counts = new Map<number, number>();
    for (let instance = 0; instance < 7; instance++) memory.add(instance, 0, 1);
    for (let pick = 0; pick < 14_000; pick++) {
      const picked = pickWith(memory, draws);
      counts.set(picked, (counts.get(picked) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(spread);
    expect(counts.size).toBe(7);
  });

  test('it reads no draw beyond those it says', () => {
    const load = (memory: BalancerMemory) => {
      for (let instance = 0; instance < 50; instance++) memory.add(instance, instance % 3, 1);
      return memory;
    };
    const [one, other] = [load(balancer.start()), load(balancer.start())];
    const draws = new Draws(3, 4);
    for (let pick = 0; pick < 100; pick++) {
      const [a, b] = [draws.uniform(), draws.uniform()];
      const read = [balancer.drawCount > 0 ? a : 0.99, balancer.drawCount > 1 ? b : 0.99] as const;
      expect(one.pick(a, b, 0)).toBe(other.pick(...read, 0));
    }
  });

  test('ten thousand instances are all found again', () => {
    const draws = new Draws(5, 6);
    const memory = balancer.start();
    for (let instance = 0; instance < 10_000; instance++) memory.add(instance, 0, 1);
    for (let instance = 0; instance < 10_000; instance += 2) memory.remove(instance);
    for (let pick = 0; pick < 2000; pick++) expect(pickWith(memory, draws) % 2).toBe(1);
  });
});

test('a balancer is found by its name, and no other name finds one', () => {
  for (const kind of balancerKinds) expect(findBalancer(kind)?.kind).toBe(kind);
  for (const kind of ['__proto__', 'constructor', '']) expect(findBalancer(kind)).toBe(undefined);
});

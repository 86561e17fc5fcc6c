/**
 * Measures a balancer alone: two requests an instance are in flight; at each step the balancer picks where the next one
 * goes, and one of those in flight, by chance, ends. What it costs to tell the balancer of both is part of a decision.
 */
import type { BalancerMemory } from '../../../src/balancing/contract.js';
import { findBalancer } from '../../../src/balancing/registry.js';
import type { Asked, Tasks } from '../task.js';
import { drawMask, uniformTable } from './delays.js';

export function measureBalancing(asked: Asked<'balancing'>): Tasks['balancing']['answer'] {
  const { instanceCount, decisionCount } = asked;
  const balancer = findBalancer(asked.balancer);
  if (!balancer) throw new Error(`there is no balancer ${asked.balancer}`);
  const memory = balancer.start();
  for (let instance = 0; instance < instanceCount; instance++) memory.add(instance, 0, 1);
  const floor = new Floor(memory, balancer.usesLoad, instanceCount);
  for (let place = 0; place < floor.inFlight.length; place++) floor.begin(place, place);
  floor.work(Math.min(decisionCount, 100_000)); // The code is compiled, the loads have their usual spread.
  const before = process.cpuUsage();
  floor.work(decisionCount);
  return { nanosecondsPerDecision: (1000 * process.cpuUsage(before).user) / decisionCount };
}

/** Instances with their loads, and the requests in flight: where each of them is. */
class Floor {
  readonly inFlight: Int32Array;
  private readonly memory: BalancerMemory;
  private readonly usesLoad: boolean;
  private readonly loads: Int32Array;
  private readonly draws = uniformTable('balancing');

  constructor(memory: BalancerMemory, usesLoad: boolean, instanceCount: number) {
    this.memory = memory;
    this.usesLoad = usesLoad;
    this.loads = new Int32Array(instanceCount);
    this.inFlight = new Int32Array(2 * instanceCount);
  }

  /** A request is sent where the balancer wants it. */
  begin(place: number, turn: number): void {
    const { draws } = this;
    const instance = this.memory.pick(draws[turn & drawMask]!, draws[(turn + 1) & drawMask]!, turn | 0);
    this.inFlight[place] = instance;
    this.change(instance, 1);
  }

  /** So many requests end, and as many begin. */
  work(decisionCount: number): void {
    for (let i = 0; i < decisionCount; i++) {
      const place = Math.floor(this.draws[(3 * i + 2) & drawMask]! * this.inFlight.length);
      this.change(this.inFlight[place]!, -1);
      this.begin(place, 3 * i);
    }
  }

  private change(instance: number, step: 1 | -1): void {
    const load = this.loads[instance]! + step;
    this.loads[instance] = load;
    if (this.usesLoad) this.memory.loadChanged(instance, load);
  }
}

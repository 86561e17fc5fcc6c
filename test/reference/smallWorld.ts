/**
 * Random small worlds from a seed: what both engines are given. A world in which they disagree is looked at again by
 * its seed alone.
 */
import { balancers } from '../../src/balancing/registry.js';
import { makeRestart } from '../../src/healing/registry.js';
import type { FaultModel, Model, PickRule, RetryModel, StepModel, TimeoutModel } from '../../src/model/contract.js';
import type { Draws } from '../../src/random/draws.js';
import { openStream } from '../../src/random/streams.js';
import { makeRollout, type RolloutOptions } from '../../src/rollout/registry.js';
import type { ArrivalSpec } from '../../src/workload/arrivalSpec.js';
import {
  constant,
  database,
  environments,
  exponential,
  model,
  ms,
  replicas,
  sampler,
  seconds,
  service,
  source,
} from '../engine/modelBuilder.js';

const never = Number.POSITIVE_INFINITY;
const picks: readonly PickRule[] = ['most-recently-used', 'least-recently-used', 'newest', 'oldest', 'random'];

export function smallWorld(seed: number): Model {
  return new Builder(openStream('reference', seed)).build(seed);
}

class Builder {
  private readonly draws: Draws;
  private readonly serviceCount: number;
  private readonly databaseCount: number;

  constructor(draws: Draws) {
    this.draws = draws;
    this.serviceCount = this.whole(1, 4);
    this.databaseCount = this.whole(0, 2);
  }

  build(seed: number): Model {
    return model({
      seed: `reference ${seed}`,
      warmupUs: this.pick([0, 10 * seconds]),
      durationUs: 60 * seconds,
      traffic: this.traffic(),
      services: Array.from({ length: this.serviceCount }, (_, index) => this.service(index)),
      databases: Array.from({ length: this.databaseCount }, (_, index) => this.database(index)),
      faults: this.faults(),
      releases: this.releases(),
      accountConcurrency: this.chance(0.3) ? this.whole(3, 20) : never,
      eventLimit: 2_000_000,
    });
  }

  private traffic(): Model['traffic'] {
    const entry = (): { service: number; operation: number } => ({
      service: this.whole(0, this.serviceCount - 1),
      operation: this.whole(0, 1),
    });
    const client = this.pick([constant(0), constant(2 * ms), exponential(5 * ms)]);
    const open = source(this.arrivals(), {
      entries: [{ service: 0, operation: 0 }],
      client,
      timeout: this.timeout(),
      retries: this.retries(200 * ms),
      keys: this.chance(0.2) ? { count: 50, zipf: 0.9 } : null,
    });
    const crowd = source(
      { kind: 'none' },
      {
        name: 'crowd',
        entries: [entry()],
        arrivals: { kind: 'closed', userCount: this.whole(1, 15), think: exponential(700 * ms) },
        timeout: this.timeout(),
        retries: this.retries(100 * ms),
      },
    );
    return this.chance(0.5) ? [open, crowd] : [open];
  }

  private arrivals(): ArrivalSpec {
    const ratePerSecond = this.whole(1, 25);
    return this.chance(0.8) ? { kind: 'poisson', ratePerSecond } : { kind: 'constant', ratePerSecond };
  }

  private service(index: number): Model['services'][number] {
    const made = service(this.steps(index, 0), {
      name: `s${index}`,
      vCpu: this.pick([0.25, 0.5, 1, 2, 3]),
      concurrency: this.pick([1, 2, 5, never]),
      queueLimit: this.pick([0, 3, never, never]),
      poolSize: this.pick([1, 3, never]),
      start: {
        whole: this.chance(0.4) ? this.pick([constant(0), constant(1 * seconds), exponential(2 * seconds)]) : null,
        placement: this.pick([constant(0), exponential(1 * seconds)]),
        pullUs: this.pick([0, 3 * seconds]),
        runtime: exponential(500 * ms),
        application: this.pick([constant(0), exponential(2 * seconds)]),
      },
      drain: {
        preStopUs: this.pick([0, 2 * seconds]),
        graceUs: this.pick([1 * seconds, 30 * seconds]),
        onTerm: this.pick(['stop-accepting', 'finish', 'die'] as const),
      },
      restart: this.restart(),
      discoveryDelay: this.pick([constant(0), constant(1 * seconds), exponential(2 * seconds)]),
      hopOut: this.pick([constant(0), constant(500), exponential(2 * ms)]),
      hopBack: this.pick([constant(0), constant(500), exponential(2 * ms)]),
      requestTimeoutUs: this.pick([never, never, 300 * ms]),
      sendRetryWaitsUs: this.pick([[], [1 * seconds, 2 * seconds]]),
      neverCancels: this.chance(0.3),
      dispatch: this.chance(0.5) ? this.replicas() : this.environments(),
    });
    return { ...made, operations: [...made.operations, { name: 'other', steps: this.steps(index, 1) }] };
  }

  private restart(): Model['services'][number]['restart'] {
    const repair = exponential(2 * seconds);
    const options = this.pick([
      {},
      { backoffUs: 1 * seconds, maxBackoffUs: 8 * seconds, resetAfterUs: 20 * seconds },
      { quantileUs: (share: number) => repair.quantile(share) },
    ]);
    const made = makeRestart(options);
    if (!made.ok) throw new Error(made.fault);
    return made.value;
  }

  private replicas(): ReturnType<typeof replicas> {
    const wakes = this.chance(0.3);
    const options: RolloutOptions = this.pick([{}, { minReadyUs: 2 * seconds }, { maxSurge: 0, maxUnavailable: 1 }]);
    const rollout = this.chance(0.8) ? makeRollout('rolling', options) : makeRollout('recreate', {});
    if (!rollout.ok) throw new Error(rollout.fault);
    return replicas(wakes ? 0 : this.whole(1, 4), {
      maxCount: 8,
      minCount: wakes ? 0 : 1,
      wakesOnRequest: wakes,
      idleTimeoutUs: this.pick([500 * ms, 3 * seconds]),
      balancer: this.pick(balancers),
      launchLimit: this.chance(0.3) ? { burst: 1, perSecond: 0.5 } : null,
      rollout: rollout.value,
    });
  }

  private environments(): ReturnType<typeof environments> {
    return environments({
      pick: this.pick(picks),
      idleTimeout: this.pick([constant(1 * seconds), constant(10 * seconds), exponential(2 * seconds)]),
      provisionedCount: this.pick([0, 0, 2]),
      minIdleCount: this.pick([0, 0, 1]),
      maxCount: this.pick([2, 10, never]),
      startsOnDemand: true,
      startLimit: this.chance(0.4) ? { burst: 2, perSecond: 1 } : null,
      overflowWaitUs: this.pick([0, 500 * ms, never]),
      ...(this.chance(0.5) ? { isKeptFirst: true } : {}),
    });
  }

  private database(index: number): Model['databases'][number] {
    return database({
      name: `db${index}`,
      connections: this.chance(0.6) ? this.whole(1, 6) : never,
      rejectsOverflow: this.chance(0.3),
      cores: this.chance(0.4) ? this.whole(1, 2) : never,
    });
  }

  /** Calls go to later services only: no cycles. */
  private steps(index: number, depth: number): StepModel[] {
    return Array.from({ length: this.whole(1, 3) }, () => this.step(index, depth));
  }

  private step(index: number, depth: number): StepModel {
    const kind = this.whole(0, depth > 1 ? 5 : 8);
    const callee = { service: this.whole(index + 1, this.serviceCount - 1), operation: this.whole(0, 1) };
    if (kind === 0) return { kind: 'wait', time: this.pick([constant(0), constant(5 * ms), exponential(20 * ms)]) };
    if (kind === 1 && this.databaseCount > 0)
      return { kind: 'query', database: this.whole(0, this.databaseCount - 1), time: exponential(30 * ms) };
    if (kind === 2) return { kind: 'fail', chance: 0.05 };
    if ((kind === 3 || kind === 4) && index < this.serviceCount - 1)
      return {
        kind: 'call',
        ...callee,
        timeout: this.timeout(),
        retries: this.retries(50 * ms),
        isOptional: this.chance(0.3),
      };
    if (kind === 5 && index < this.serviceCount - 1) return { kind: 'send', ...callee };
    if (kind === 6) return { kind: 'parallel', branches: [this.steps(index, depth + 1), this.steps(index, depth + 1)] };
    if (kind === 7)
      return {
        kind: 'choose',
        branches: [
          { chance: 0.4, steps: this.steps(index, depth + 1) },
          { chance: 0.3, steps: [] },
        ],
      };
    if (kind === 8)
      return { kind: 'repeat', times: this.pick([0, 3, { geometricMean: 2 }]), steps: this.steps(index, depth + 1) };
    return { kind: 'cpu', work: this.work() };
  }

  private work(): ReturnType<typeof constant> {
    return this.pick([
      constant(10 * ms),
      exponential(30 * ms),
      sampler({ kind: 'lognormal', mean: 20 * ms, cv: 1.5 }),
      sampler({ kind: 'uniform', low: 0, high: 20 * ms }),
    ]);
  }

  private timeout(): TimeoutModel | null {
    if (this.chance(0.5)) return null;
    const after = this.pick([exponential(200 * ms), exponential(200 * ms), constant(150 * ms)]);
    return { after, isWhileQueued: this.chance(0.3), cancels: this.chance(0.5) };
  }

  private retries(backoffUs: number): RetryModel | null {
    return this.chance(0.4) ? { attempts: this.whole(1, 3), backoffUs, jitter: this.pick([0.2, 0.5]) } : null;
  }

  private faults(): FaultModel[] {
    const faults: FaultModel[] = [];
    const at = (): number => this.whole(5, 50) * seconds;
    const where = (): number => this.whole(0, this.serviceCount - 1);
    if (this.chance(0.6))
      faults.push({ kind: 'crash', name: 'crash', atUs: at(), service: where(), count: this.whole(1, 3) });
    if (this.chance(0.3))
      faults.push({ kind: 'crash-at-random', name: 'flaky', service: where(), mtbf: exponential(8 * seconds) });
    for (const name of ['slow', 'slower'])
      if (this.chance(0.3))
        faults.push({ kind: 'slow', name, atUs: at(), forUs: 8 * seconds, service: where(), factor: 3 });
    for (const name of ['error', 'more errors'])
      if (this.chance(0.3))
        faults.push({ kind: 'error', name, atUs: at(), forUs: 10 * seconds, service: where(), chance: 0.4 });
    return faults;
  }

  private releases(): Model['releases'] {
    return Array.from({ length: this.pick([0, 0, 1, 2]) }, (_, index) => ({
      name: `release ${index}`,
      atUs: this.whole(10 + 15 * index, 20 + 15 * index) * seconds,
      service: this.whole(0, this.serviceCount - 1),
      version: `v${index + 2}`,
      cpuFactor: this.pick([1.2, 0.9]),
      memoryFactor: 1,
      failChance: this.pick([0, 0.1]),
      application: this.chance(0.5) ? exponential(2 * seconds) : null,
    }));
  }

  private chance(share: number): boolean {
    return this.draws.uniform() < share;
  }

  private whole(from: number, to: number): number {
    return from + Math.floor(this.draws.uniform() * Math.max(1, to - from + 1));
  }

  private pick<T>(members: readonly T[]): T {
    return members[this.whole(0, members.length - 1)]!;
  }
}

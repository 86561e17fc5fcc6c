/**
 * Random small worlds with everything switched on, from a seed: what the chaos tests run. A failing one is replayed by its
 * seed alone.
 */
import { balancers } from '../../src/balancing/registry.js';
import type { FaultModel, Model, PickRule, StepModel, TimeoutModel } from '../../src/model/contract.js';
import type { Draws } from '../../src/random/draws.js';
import { openStream } from '../../src/random/streams.js';
import {
  constant,
  database,
  environments,
  exponential,
  model,
  ms,
  nodePool,
  replicas,
  seconds,
  service,
  source,
} from '../engine/modelBuilder.js';

const picks: readonly PickRule[] = ['most-recently-used', 'least-recently-used', 'newest', 'oldest', 'random'];

export function randomModel(seed: number): Model {
  return new World(openStream('chaos', seed)).build(seed);
}

class World {
  private readonly draws: Draws;
  private readonly serviceCount: number;
  private readonly databaseCount: number;

  constructor(draws: Draws) {
    this.draws = draws;
    this.serviceCount = this.whole(1, 4);
    this.databaseCount = this.whole(0, 2);
  }

  build(seed: number): Model {
    const hasNodes = this.chance(0.4);
    const services = Array.from({ length: this.serviceCount }, (_, index) => this.service(index, hasNodes));
    return model({
      seed: `chaos ${seed}`,
      warmupUs: this.chance(0.5) ? 20 * seconds : 0,
      durationUs: 200 * seconds,
      windowUs: 7 * seconds,
      traffic: this.traffic(),
      services,
      databases: Array.from({ length: this.databaseCount }, (_, index) =>
        database({
          name: `db${index}`,
          connections: this.chance(0.6) ? this.whole(1, 6) : Number.POSITIVE_INFINITY,
          rejectsOverflow: this.chance(0.3),
          cores: this.chance(0.5) ? this.whole(1, 2) : Number.POSITIVE_INFINITY,
        }),
      ),
      nodePools: hasNodes ? [this.pool()] : [],
      faults: this.faults(),
      releases: this.releases(),
      accountConcurrency: this.chance(0.3) ? this.whole(3, 20) : Number.POSITIVE_INFINITY,
      eventLimit: 5_000_000,
    });
  }

  private traffic(): Model['traffic'] {
    const entries = Array.from({ length: this.serviceCount }, (_, index) => ({ service: index, operation: 0 }));
    const patience = { timeout: this.timeout(), client: this.chance(0.5) ? exponential(5 * ms) : constant(0) };
    const retries = this.chance(0.4) ? { attempts: this.whole(1, 3), backoffUs: 200 * ms, jitter: 0.5 } : null;
    const open = source(
      { kind: 'poisson', ratePerSecond: this.whole(1, 40) },
      { ...patience, retries, entries: [entries[0]!] },
    );
    const crowd = source(
      { kind: 'none' },
      {
        name: 'crowd',
        entries: [entries[this.whole(0, this.serviceCount - 1)]!],
        arrivals: { kind: 'closed', userCount: this.whole(1, 30), think: exponential(500 * ms) },
        timeout: this.timeout(),
      },
    );
    return this.chance(0.5) ? [open, crowd] : [open];
  }

  private service(index: number, hasNodes: boolean): Model['services'][number] {
    const isReplicas = this.chance(0.5);
    return service(this.steps(index, 0), {
      name: `s${index}`,
      vCpu: this.pick([0.25, 0.5, 1, 2]),
      vCpuRequest: 0.5,
      concurrency: this.pick([1, 2, 5, Number.POSITIVE_INFINITY]),
      queueLimit: this.pick([0, 3, Number.POSITIVE_INFINITY]),
      poolSize: this.pick([1, 3, Number.POSITIVE_INFINITY]),
      start: {
        whole: this.chance(0.4) ? this.pick([constant(0), exponential(2 * seconds)]) : null,
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
      discoveryDelay: this.pick([constant(0), constant(1 * seconds), exponential(3 * seconds)]),
      hopOut: this.pick([constant(0), constant(500), exponential(2 * ms)]),
      hopBack: this.pick([constant(0), exponential(2 * ms)]),
      requestTimeoutUs: this.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 300 * ms]),
      sendRetryWaitsUs: this.pick([[], [1 * seconds, 2 * seconds]]),
      neverCancels: this.chance(0.3),
      dispatch: isReplicas ? this.replicas(hasNodes) : this.environments(),
    });
  }

  private replicas(hasNodes: boolean): ReturnType<typeof replicas> {
    const wakes = this.chance(0.3);
    return replicas(wakes ? 0 : this.whole(1, 4), {
      maxCount: 8,
      minCount: wakes ? 0 : 1,
      wakesOnRequest: wakes,
      idleTimeoutUs: 5 * seconds,
      balancer: this.pick(balancers),
      launchLimit: this.chance(0.3) ? { burst: 1, perSecond: 0.5 } : null,
      nodePools: hasNodes ? [0] : [],
    });
  }

  private environments(): ReturnType<typeof environments> {
    return environments({
      pick: this.pick(picks),
      idleTimeout: this.pick([constant(1 * seconds), constant(30 * seconds), exponential(5 * seconds)]),
      provisionedCount: this.pick([0, 0, 2]),
      minIdleCount: this.pick([0, 1]),
      maxCount: this.pick([2, 10, Number.POSITIVE_INFINITY]),
      startLimit: this.chance(0.4) ? { burst: 2, perSecond: 1 } : null,
      overflowWaitUs: this.pick([0, 500 * ms, Number.POSITIVE_INFINITY]),
      pending: this.chance(0.25)
        ? { softSlots: this.whole(1, 6), targetCpu: 0.6, minPendingUs: 30 * ms, maxPendingUs: 30 * ms }
        : null,
    });
  }

  private pool(): Model['nodePools'][number] {
    return nodePool({
      initialCount: 1,
      minCount: 1,
      maxCount: this.whole(1, 6),
      autoscaler: this.chance(0.7)
        ? { scanUs: 10 * seconds, unneededUs: 30 * seconds, delayAfterAddUs: 20 * seconds, threshold: 0.5 }
        : null,
      boot: exponential(10 * seconds),
    });
  }

  /** Calls go to later services only: no cycles. */
  private steps(index: number, depth: number): StepModel[] {
    return Array.from({ length: this.whole(1, 3) }, () => this.step(index, depth));
  }

  private step(index: number, depth: number): StepModel {
    const kind = this.whole(0, depth > 1 ? 5 : 8);
    if (kind === 0) return { kind: 'wait', time: this.pick([constant(0), exponential(20 * ms)]) };
    if (kind === 1 && this.databaseCount > 0)
      return { kind: 'query', database: this.whole(0, this.databaseCount - 1), time: exponential(30 * ms) };
    if (kind === 2) return { kind: 'fail', chance: 0.05 };
    if ((kind === 3 || kind === 4) && index < this.serviceCount - 1)
      return {
        kind: 'call',
        service: this.whole(index + 1, this.serviceCount - 1),
        operation: 0,
        timeout: this.timeout(),
        retries: this.chance(0.3) ? { attempts: 2, backoffUs: 50 * ms, jitter: 0.2 } : null,
        isOptional: this.chance(0.3),
      };
    if (kind === 5 && index < this.serviceCount - 1)
      return { kind: 'send', service: this.whole(index + 1, this.serviceCount - 1), operation: 0 };
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
    return { kind: 'cpu', work: this.pick([constant(10 * ms), exponential(30 * ms)]) };
  }

  private timeout(): TimeoutModel | null {
    if (this.chance(0.5)) return null;
    return { after: exponential(200 * ms), isWhileQueued: this.chance(0.3), cancels: this.chance(0.5) };
  }

  private faults(): FaultModel[] {
    const faults: FaultModel[] = [];
    const at = (): number => this.whole(5, 150) * seconds;
    const where = (): number => this.whole(0, this.serviceCount - 1);
    if (this.chance(0.6))
      faults.push({ kind: 'crash', name: 'crash', atUs: at(), service: where(), count: this.whole(1, 3) });
    if (this.chance(0.3))
      faults.push({ kind: 'crash-at-random', name: 'flaky', service: where(), mtbf: exponential(20 * seconds) });
    if (this.chance(0.4))
      faults.push({ kind: 'slow', name: 'slow', atUs: at(), forUs: 20 * seconds, service: where(), factor: 5 });
    if (this.chance(0.4))
      faults.push({ kind: 'error', name: 'error', atUs: at(), forUs: 20 * seconds, service: where(), chance: 0.5 });
    return faults;
  }

  private releases(): Model['releases'] {
    if (this.chance(0.5)) return [];
    return [
      {
        name: 'release',
        atUs: 60 * seconds,
        service: this.whole(0, this.serviceCount - 1),
        version: 'v2',
        cpuFactor: 1.2,
        memoryFactor: 1,
        failChance: this.pick([0, 0.1]),
        application: this.chance(0.5) ? exponential(3 * seconds) : null,
      },
    ];
  }

  private chance(share: number): boolean {
    return this.draws.uniform() < share;
  }

  private whole(from: number, to: number): number {
    return from + Math.floor(this.draws.uniform() * (to - from + 1));
  }

  private pick<T>(members: readonly T[]): T {
    return members[this.whole(0, members.length - 1)]!;
  }
}

/**
 * Databases: a query waits for a connection, holds it while the database works, gives it back.
 *
 * All who wait stand in one line, in the order in which they asked. An instance with a pool keeps the connections it has
 * opened while it lives: an idle one goes to the first of its own in line; room for a new one to the first in line whose pool
 * may grow, or who has none.
 */
import type { DatabaseModel } from '../../src/model/contract.js';
import { type Outcome, outcomes } from '../../src/observation/contract.js';
import type { Instance } from './instance.js';
import { SharedCpu } from './sharedCpu.js';
import type { Walker } from './walker.js';
import type { World } from './world.js';

interface Query {
  readonly walker: Walker;
  readonly timeUs: number;
  readonly beganUs: number;
  readonly isMeasured: boolean;
  /** The instance whose pool it needs a connection of, or null: it opens one of its own. */
  readonly pooledBy: Instance | null;
  startedUs: number;
}

interface Pool {
  openCount: number;
  busyCount: number;
}

export class Database {
  private readonly world: World;
  private readonly index: number;
  private readonly spec: DatabaseModel;
  private readonly cpu: SharedCpu | null;
  private readonly pools = new Map<Instance, Pool>();
  private line: Query[] = [];
  private connectionCount = 0;

  constructor(world: World, index: number, spec: DatabaseModel) {
    this.world = world;
    this.index = index;
    this.spec = spec;
    this.cpu = spec.cores < Number.POSITIVE_INFINITY ? new SharedCpu(world.agenda, spec.cores) : null;
  }

  /** `walker` asks for a query that takes `timeUs` once it has a connection. */
  ask(walker: Walker, timeUs: number): void {
    const { service, instance } = walker.span;
    const query: Query = {
      walker,
      timeUs,
      beganUs: this.world.agenda.nowUs,
      isMeasured: this.world.isMeasuring(),
      pooledBy: service.spec.poolSize < Number.POSITIVE_INFINITY ? instance : null,
      startedUs: -1,
    };
    if (this.hasIdle(query) || this.mayOpen(query)) this.serve(query);
    else if (this.spec.rejectsOverflow && !this.isPoolFull(query)) {
      this.tell(query, outcomes.rejected);
      walker.goOn(false);
    } else {
      this.line.push(query);
      walker.breakOff = (cancelsBelow) => {
        this.line.splice(this.line.indexOf(query), 1);
        this.tell(query, endOf(cancelsBelow));
      };
    }
  }

  /** The instance has ended, and its connections with it. */
  closePool(instance: Instance): void {
    this.connectionCount -= this.pools.get(instance)?.openCount ?? 0;
    this.pools.delete(instance);
    this.serveNext();
  }

  private poolOf(query: Query): Pool | null {
    if (!query.pooledBy) return null;
    let pool = this.pools.get(query.pooledBy);
    if (!pool) {
      pool = { openCount: 0, busyCount: 0 };
      this.pools.set(query.pooledBy, pool);
    }
    return pool;
  }

  private hasIdle(query: Query): boolean {
    const pool = this.poolOf(query);
    return pool !== null && pool.busyCount < pool.openCount;
  }

  private isPoolFull(query: Query): boolean {
    const pool = this.poolOf(query);
    return pool !== null && pool.openCount >= query.walker.span.service.spec.poolSize;
  }

  private mayOpen(query: Query): boolean {
    return this.connectionCount < this.spec.connections && !this.isPoolFull(query);
  }

  /** Serve the first in line that may have a connection, again and again. */
  private serveNext(): void {
    for (;;) {
      const next = this.line.find((query) => this.hasIdle(query) || this.mayOpen(query));
      if (!next) return;
      this.line.splice(this.line.indexOf(next), 1);
      this.serve(next);
    }
  }

  private serve(query: Query): void {
    const { walker, timeUs } = query;
    const pool = this.poolOf(query);
    if (!this.hasIdle(query)) {
      this.connectionCount++;
      if (pool) pool.openCount++;
    }
    if (pool) pool.busyCount++;
    query.startedUs = this.world.agenda.nowUs;
    const end = this.beginWork(timeUs, () => {
      this.finish(query, outcomes.completed);
      walker.goOnInTurn();
    });
    walker.breakOff = (cancelsBelow) => {
      end();
      this.finish(query, endOf(cancelsBelow));
    };
  }

  /** The database works for `timeUs`; what comes back breaks that off. */
  private beginWork(timeUs: number, whenDone: () => void): () => void {
    const { cpu } = this;
    if (cpu && timeUs > 0) return cpu.start(timeUs, whenDone);
    const { agenda } = this.world;
    const done = agenda.after(timeUs, 'completion', whenDone);
    return () => void agenda.callOff(done);
  }

  private finish(query: Query, outcome: Outcome): void {
    const pool = this.poolOf(query);
    this.tell(query, outcome);
    if (pool) pool.busyCount--;
    else this.connectionCount--;
    this.serveNext();
  }

  private tell(query: Query, outcome: Outcome): void {
    const { nowUs } = this.world.agenda;
    const { beganUs, startedUs, isMeasured } = query;
    const waitUs = outcome === outcomes.rejected ? -1 : (startedUs < 0 ? nowUs : startedUs) - beganUs;
    this.world.facts.queries.push({ database: this.index, outcome, beganUs, endedUs: nowUs, waitUs, isMeasured });
  }
}

/** How a query ends that is broken off: because the caller cancelled, or because its instance failed. */
function endOf(cancelsBelow: boolean): Outcome {
  return cancelsBelow ? outcomes.timedOut : outcomes.failed;
}

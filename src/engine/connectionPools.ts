/**
 * Connection pools: the connections that one instance keeps open to each database.
 *
 * An instance with a finite `pool` opens connections as its queries need them and holds them until it ends, so idle
 * ones still count against the database's limit, as real pools do. A pool is made on its first query.
 */
import type { QueueEnds } from './fiberQueue.js';

export interface ConnectionPool extends QueueEnds {
  openCount: number;
  busyCount: number;
  /** Fibers of this instance that wait at the database itself, for it has no connection left to open. */
  waitingAtDatabase: number;
}

export class ConnectionPools {
  private readonly databaseCount: number;
  private readonly pools = new Map<number, ConnectionPool>();

  constructor(databaseCount: number) {
    this.databaseCount = databaseCount;
  }

  /** The pool of instance `row` at `database`. */
  of(row: number, database: number): ConnectionPool {
    const key = row * this.databaseCount + database;
    let pool = this.pools.get(key);
    if (!pool) {
      pool = { openCount: 0, busyCount: 0, waitingAtDatabase: 0, waitingHead: -1, waitingTail: -1 };
      this.pools.set(key, pool);
    }
    return pool;
  }

  /** Forget the pool of an instance that ended; how many connections it held open comes back. */
  close(row: number, database: number): number {
    const key = row * this.databaseCount + database;
    const openCount = this.pools.get(key)?.openCount ?? 0;
    this.pools.delete(key);
    return openCount;
  }
}

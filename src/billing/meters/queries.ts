/**
 * Queries to a database that began inside the measured time: request units of databases billed by demand. Its own
 * file because it counts at a database, not at a service.
 */
import type { Meter } from '../contract.js';
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const queries: MeterMember<'queries'> = {
  kind: 'queries',
  hears: ['queries'],
  partsPerMeasure: 1n,
  start: (meter, frame) => new Queries(meter, frame),
};

type QueriesMeter = Extract<Meter, { readonly kind: 'queries' }>;

class Queries implements RunningMeter {
  readonly subject: number;
  private readonly countsReads: boolean;
  private readonly countsWrites: boolean;
  private count = 0;

  constructor({ database, access }: QueriesMeter, { run }: MeterFrame) {
    this.subject = placeOf(database, run.databaseNames, 'database');
    this.countsReads = access !== 'write';
    this.countsWrites = access !== 'read';
  }

  queryBegan(isMeasured: boolean, isWrite: boolean): void {
    if (isMeasured && (isWrite ? this.countsWrites : this.countsReads)) this.count++;
  }

  quantity(): bigint {
    return BigInt(this.count);
  }
}

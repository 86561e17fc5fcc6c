/**
 * Queries to a database that began inside the measured time: request units of databases billed by demand. Its own
 * file because it counts at a database, not at a service.
 */
import { type MeterFrame, type MeterMember, placeOf, type RunningMeter } from './contract.js';

export const queries: MeterMember<'queries'> = {
  kind: 'queries',
  hears: ['queries'],
  partsPerMeasure: 1n,
  start: ({ database }, frame) => new Queries(database, frame),
};

class Queries implements RunningMeter {
  readonly subject: number;
  private count = 0;

  constructor(database: string, { run }: MeterFrame) {
    this.subject = placeOf(database, run.databaseNames, 'database');
  }

  queryBegan(isMeasured: boolean): void {
    if (isMeasured) this.count++;
  }

  quantity(): bigint {
    return BigInt(this.count);
  }
}

/**
 * Calls between zones, counted by the service called: of those that began in the measured time, between instances whose
 * zones are known. Its own file because few scenarios ask for zones. Checked by test/experiment/zones.test.ts.
 */
import type { Observer, RunFrame } from './contract.js';

export class ZoneTally implements Observer {
  /** By service: calls, and of those the ones that went to another zone. */
  callCount = new Float64Array(0);
  acrossCount = new Float64Array(0);

  runStarted({ serviceNames }: RunFrame): void {
    this.callCount = new Float64Array(serviceNames.length);
    this.acrossCount = new Float64Array(serviceNames.length);
  }

  zoneWayTaken(service: number, way: 0 | 1, isAcross: boolean, isMeasured: boolean): void {
    if (way !== 0 || !isMeasured) return;
    this.callCount[service]!++;
    if (isAcross) this.acrossCount[service]!++;
  }
}

/**
 * A run told by hand: facts as an engine would tell them, for the meters' tests. Its own file because every test of a
 * meter needs the same frame; names are given to positions as the run's lists would.
 */

import type { BillingPlan, Charge, Meter, MeterSet, Usage } from '../../src/billing/contract.js';
import { startMeters } from '../../src/billing/meterSet.js';
import type { InstancePhase, Outcome, RunFrame } from '../../src/observation/contract.js';

export const second = 1_000_000;
export const minute = 60 * second;
export const hour = 60 * minute;

export function charge(meter: Meter, over: Partial<Charge> = {}): Charge {
  return {
    meter,
    unitsPer: '1',
    sku: 'aws.lambda.request',
    part: 'compute',
    line: 'requests',
    bills: 'invocations',
    service: 'movie',
    idle: 'none',
    ...over,
  };
}

export function planOf(charges: readonly Charge[], over: Partial<BillingPlan> = {}): BillingPlan {
  return {
    provider: 'aws',
    region: 'us-east-1',
    regionFactor: '1',
    charges,
    freeTier: 'full',
    priceOverrides: [],
    month: { monthH: '730', representsH: '730', restShare: '0' },
    notBilled: [],
    ...over,
  };
}

/** One service `movie`, one source `browse`, one database `db`; measured is [fromUs, toUs). */
export class ToldRun {
  readonly meters: MeterSet;
  private readonly frame: RunFrame;

  constructor(meters: readonly Meter[] | BillingPlan, fromUs: number, toUs: number) {
    const plan = 'charges' in meters ? meters : planOf(meters.map((meter) => charge(meter)));
    this.meters = startMeters(plan);
    this.frame = {
      sourceNames: ['browse'],
      serviceNames: ['movie'],
      databaseNames: ['db'],
      fromUs,
      toUs,
      windowUs: minute,
      replicationIndex: 0,
    };
    this.meters.runStarted!(this.frame);
  }

  /** A call in [beganUs, endedUs]; the instance's being busy is told by `busy`. */
  call(beganUs: number, endedUs: number, over: { startUs?: number; waitingUs?: number; instance?: number } = {}): void {
    const isMeasured = beganUs >= this.frame.fromUs && beganUs < this.frame.toUs;
    const rest = { startUs: 0, waitingUs: 0, instance: 0, ...over };
    this.meters.invocationEnded?.({ service: 0, beganUs, endedUs, isMeasured, ...rest });
  }

  phase(instance: number, phase: InstancePhase, nowUs: number, isProvisioned = false): void {
    this.meters.instanceChanged?.({ service: 0, instance, phase, nowUs, node: -1, version: 0, isProvisioned });
  }

  busy(instance: number, fromUs: number, toUs: number): void {
    this.meters.instanceBusyChanged?.(0, instance, true, fromUs);
    this.meters.instanceBusyChanged?.(0, instance, false, toUs);
  }

  visit(beganUs: number, endedUs: number, outcome: Outcome = 0): void {
    const isMeasured = beganUs >= this.frame.fromUs && beganUs < this.frame.toUs;
    this.meters.visitorArrived?.(0, beganUs, isMeasured);
    const ids = { source: 0, visitorNumber: 0, attemptCount: 1 };
    this.meters.visitorEnded?.({ ...ids, outcome, beganUs, endedUs, isMeasured });
  }

  end(): Usage {
    this.meters.runEnded!(this.frame.toUs);
    return this.meters.usage();
  }

  /** Of the first meter (or another), its quantity. */
  quantity(index = 0): number {
    return Number(this.end().charges[index]!.quantity);
  }
}

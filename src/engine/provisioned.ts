/**
 * What a run remembers of a service whose number of environments kept ready changes. Its own file because every
 * service's state holds it, and what acts on it (`provisioning.ts`) needs that state.
 */
import type { ProvisioningModel } from '../model/contract.js';

/** What a run remembers of one service's provisioning. */
export class Provisioning {
  readonly plan: ProvisioningModel;
  /** How many are to be kept now. */
  wantedCount: number;
  memory: unknown;
  /** Shares in use by minute, the oldest first. */
  readonly usedShares: number[] = [];
  /** Requests in service, integrated, at the last whole minute. */
  markUs = 0;

  constructor(plan: ProvisioningModel, openingCount: number) {
    this.plan = plan;
    this.wantedCount = openingCount;
    this.memory = plan.kind === 'target' ? plan.scaler.start : null;
  }
}

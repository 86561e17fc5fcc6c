/**
 * The event log: what events.csv tells of one replication. Every phase of every instance, every node, every note of the
 * run (scale decisions, faults, release steps, probe failures), in the order in which they happened.
 *
 * Its own file because it is the one recorder whose memory grows with what happens; so it is capped, counts what it
 * left out, and keeps a share for notes and nodes alone, lest the churn of ten thousand environments hide a release.
 */
import type { InstanceFact, NodeFact, NoteFact, Observer } from './contract.js';

/** One row; `service` and `instance` are -1 where it concerns none. */
export interface LoggedEvent {
  readonly nowUs: number;
  readonly kind: string;
  readonly service: number;
  readonly instance: number;
  readonly detail: string;
}

export class EventLog implements Observer {
  readonly rows: LoggedEvent[] = [];
  /** Rows beyond the caps. */
  omittedCount = 0;
  private instanceRowCount = 0;
  private readonly instanceRowLimit: number;
  private readonly otherRowLimit: number;

  /** @param rowLimit rows kept at most, >= 2; half of them for instances, half for nodes and notes */
  constructor(rowLimit = 40_000) {
    this.instanceRowLimit = Math.floor(rowLimit / 2);
    this.otherRowLimit = rowLimit - this.instanceRowLimit;
  }

  instanceChanged({ nowUs, phase, service, instance, node, version, isProvisioned }: InstanceFact): void {
    if (this.instanceRowCount >= this.instanceRowLimit) {
      this.omittedCount++;
      return;
    }
    this.instanceRowCount++;
    const words: string[] = [];
    if (node >= 0) words.push(`node ${node}`);
    if (version > 0) words.push(`release ${version}`);
    if (isProvisioned && phase === 'ready') words.push('provisioned');
    this.rows.push({ nowUs, kind: phase, service, instance, detail: words.join(', ') });
  }

  nodeChanged({ nowUs, pool, node, phase }: NodeFact): void {
    this.keep({ nowUs, kind: `node-${phase}`, service: -1, instance: -1, detail: `pool ${pool} node ${node}` });
  }

  noted({ nowUs, kind, service, instance, detail }: NoteFact): void {
    this.keep({ nowUs, kind, service, instance, detail });
  }

  private keep(row: LoggedEvent): void {
    if (this.rows.length - this.instanceRowCount >= this.otherRowLimit) this.omittedCount++;
    else this.rows.push(row);
  }
}

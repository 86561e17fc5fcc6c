/**
 * Which instances are kept ready by choice (provisioned, minimum, always ready): paid for at other prices than those
 * that requests start. Its own file because several meters ask, and the facts of invocations don't say.
 */
import type { InstanceFact } from '../../observation/contract.js';
import type { Watched } from '../contract.js';

export class ProvisionedInstances {
  private readonly ofServices: readonly Set<number>[];

  constructor(serviceCount: number) {
    this.ofServices = Array.from({ length: serviceCount }, () => new Set());
  }

  hear({ service, instance, isProvisioned }: InstanceFact): void {
    if (isProvisioned) this.ofServices[service]!.add(instance);
  }

  /** Whether a meter that watches so counts this instance. */
  counts(watched: Watched, service: number, instance: number): boolean {
    return watched === 'all' || this.ofServices[service]!.has(instance) === (watched === 'provisioned');
  }
}

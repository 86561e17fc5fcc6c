/**
 * Blue/green: the whole new version starts beside the old one, then every request goes to it at once, and the old one
 * stays a while for callers who have not heard of it. A canary without steps, which is how Argo Rollouts' two
 * strategies relate; its own file because people know it by its own name.
 */
import { type CanaryOptions, canary } from './canary.js';
import type { Rollout } from './contract.js';

export type BlueGreenOptions = Omit<CanaryOptions, 'steps' | 'abortIf' | 'intervalUs'>;

/** The strategy with these options. */
export function blueGreen(options: BlueGreenOptions): Rollout {
  return canary({ ...options, steps: [], abortIf: null, intervalUs: Number.POSITIVE_INFINITY }, 'blueGreen');
}

/**
 * Retries: how long to wait before the next attempt.
 */
import type { RetryModel } from '../../src/model/contract.js';
import type { Draws } from '../../src/random/draws.js';

/** The wait before retry `attempt` (1, 2 …): backoff x 2^(attempt - 1) x (1 + jitter x U), U in [-1, 1). Whole microseconds. */
export function backoffUs(retries: RetryModel, attempt: number, draws: Draws): number {
  const swing = retries.jitter === 0 ? 1 : 1 + retries.jitter * (2 * draws.uniform() - 1);
  return Math.round(retries.backoffUs * 2 ** (attempt - 1) * swing);
}

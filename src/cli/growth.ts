/**
 * `--horizon 12mo --growth 6%/mo`: how far a plan looks ahead, and at what growth. Its own file because the two mean
 * nothing apart.
 */
import type { Growth } from '../experiment/horizon.js';
import { readDurationUs } from '../units/duration.js';
import { readShare } from '../units/share.js';

const monthUs = 730 * 3.6e9;

/** Null where neither is given; what is wrong is added to the mistakes. */
export function readGrowth(horizon: string | undefined, growth: string | undefined, mistakes: string[]): Growth | null {
  if (horizon === undefined && growth === undefined) return null;
  if (horizon === undefined || growth === undefined) {
    mistakes.push('--horizon and --growth go together, as in --horizon 12mo --growth 6%/mo');
    return null;
  }
  const span = readDurationUs(horizon);
  if (!span.ok) mistakes.push(`--horizon ${span.message}${span.hint ? `; ${span.hint}` : ''}`);
  const rate = /^(.*?)\s*\/\s*mo$/.exec(growth);
  const share = rate ? readShare(rate[1]!) : null;
  if (!share?.ok) mistakes.push(`--growth ${JSON.stringify(growth)} is no growth, as in 6%/mo`);
  if (!span.ok || !share?.ok) return null;
  return { months: span.value / monthUs, growthPerMonth: share.value };
}

/**
 * A duration as written, times a factor, in its own unit: `20ms` by 1.5 is `30ms`. Its own file because it changes what
 * is written and not what is read; taken in decimal, so that 0.1s by 3 is 0.3s. Checked by
 * test/experiment/sensitivity.test.ts.
 */
import Big from 'big.js';

const duration = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)( ?)(us|ms|s|m|h|d|mo)$/;

/** Null for a text that is no duration. @param factor finite, > 0 */
export function scaledDuration(text: string, factor: number): string | null {
  const parts = duration.exec(text);
  return parts && `${new Big(parts[1]!).times(factor).toFixed()}${parts[2]}${parts[3]}`;
}

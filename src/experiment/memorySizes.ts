/**
 * `memory: auto` in a plan: the sizes worth trying, of those that the platform sells. Its own file because which sizes
 * those are is not known here: each is asked of the scenario's own rules, and what they refuse is left out.
 */
import { compileModel } from '../model/compile.js';
import type { Scenario } from '../scenario/contract.js';
import { applyOverrides } from '../scenario/parse.js';
import type { Varied } from './vary.js';

/** Every power of two from 128 MB, what lies half-way, and where Lambda's CPU grows by a whole core. */
const ladderMb = [128, 192, 256, 384, 512, 768, 1024, 1536, 1769, 2048, 3008, 3072, 3538, 4096, 6144, 8192, 10240];

/** Paths whose only value is `auto` get the sizes that are sold; none when nothing is. */
export function withMemorySizes(scenario: Scenario, varied: readonly Varied[]): Varied[] {
  return varied.map((one) => {
    const isAuto = one.values.length === 1 && one.values[0] === 'auto' && /(^|\.)memory$/.test(one.path);
    return isAuto ? { ...one, values: ladderMb.map((mb) => `${mb}MB`).filter(isSold(scenario, one.path)) } : one;
  });
}

function isSold(scenario: Scenario, path: string): (value: string) => boolean {
  return (value) => {
    const changed = applyOverrides(scenario, [{ path, value }]);
    return changed.ok && compileModel(changed.value).ok;
  };
}

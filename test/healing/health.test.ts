/** How long a start-up takes under its probes, by hand. */
import { expect, test } from 'vitest';
import type { HealthRules, ProbeRule } from '../../src/healing/contract.js';
import { makeHealth } from '../../src/healing/health.js';

const probe = (every: number, failureCount: number, parts: Partial<ProbeRule> = {}): ProbeRule => ({
  initialDelayUs: 0,
  everyUs: every,
  timeoutUs: 1,
  failureCount,
  successCount: 1,
  ...parts,
});

const startUp = (rules: HealthRules, takesUs: number) => makeHealth(rules, true).startUp(takesUs);

test.each<[string, HealthRules, number, number, boolean]>([
  ['nothing asks: ready when it is up', {}, 25, 25, false],
  ['readiness asks at 0, 10, 20, 30: the first success is at 30', { readiness: probe(10, 3) }, 25, 30, false],
  ['two successes are wanted: 30 and 40', { readiness: probe(10, 3, { successCount: 2 }) }, 25, 40, false],
  [
    'a start-up probe first, then readiness at its own times',
    { startup: probe(4, 20), readiness: probe(10, 3) },
    25,
    30,
    false,
  ],
  ['a start-up probe alone', { startup: probe(4, 20) }, 25, 28, false],
  ['liveness fails at 0, 10 and 20: killed before it is up', { liveness: probe(10, 3) }, 25, 20, true],
  ['an initial delay lets it live', { liveness: probe(10, 3, { initialDelayUs: 30 }) }, 25, 25, false],
  ['the start-up probe loses patience', { startup: probe(4, 3), liveness: probe(10, 3) }, 25, 8, true],
  ['the start-up probe holds liveness back', { startup: probe(4, 20), liveness: probe(10, 1) }, 25, 28, false],
])('%s', (_, rules, takesUs, afterUs, isDoomed) => {
  expect(startUp(rules, takesUs)).toEqual({ afterUs, isDoomed });
});

/** The distribution a scenario carries and the one samplers are made from are one type, held together at compile time. */
import { expect, test } from 'vitest';
import type { DistributionSpec as Sampled } from '../../src/random/contract.js';
import type { DistributionSpec as Written } from '../../src/units/distributionSpec.js';

test('what scenario writes, random reads, and the other way round', () => {
  const written: Written = { kind: 'exponential', mean: 20_000 };
  const sampled: Sampled = written;
  const again: Written = sampled;
  expect(again).toBe(written);
});

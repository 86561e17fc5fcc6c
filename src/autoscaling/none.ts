/**
 * No scaler: the count stays what it is. A member of the table, so that `scale: none` is a choice like any other.
 */
import type { Scaler, ScalerFamily } from './contract.js';

const held: Scaler<null> = {
  kind: 'none',
  source: 'the count a scenario gives',
  everyUs: 3_600_000_000,
  offsetUs: 0,
  windowsUs: [],
  start: null,
  decide: ({ currentCount }) => ({ wantedCount: currentCount, because: 'fixed', memory: null }),
  explain: ({ currentCount }) => ({ observed: 'nothing', formula: 'fixed', askedCount: currentCount }),
};

export const none: ScalerFamily = { kind: 'none', options: {}, make: () => ({ ok: true, value: held }) };

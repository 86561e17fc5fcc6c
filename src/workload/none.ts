/** Nobody comes: what does standing idle cost? */
import type { ArrivalFamily, NoneSpec } from './arrivalSpec.js';
import type { ArrivalProcess } from './contract.js';

const nobody: ArrivalProcess = { entryIndex: 0, traceWaitUs: 0, nextUs: () => Infinity };

export const none: ArrivalFamily<NoneSpec> = {
  kind: 'none',
  acceptsModulation: true,
  fault: () => undefined,
  make: () => ({ kind: 'none', isStationary: true, meanPerSecond: () => 0, start: () => nobody }),
};

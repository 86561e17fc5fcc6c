/**
 * Figures that say "the platform sets no limit here", and what the language's table of defaults sets for every
 * platform that adds nothing of its own. One file, so that a preset only writes what is particular to it.
 */
import { figure } from './contract.js';
import { always } from './spans.js';

export const noLimit = figure(Number.POSITIVE_INFINITY, 'D', 'verified');
export const unlimitedConcurrency = { byDefault: noLimit, limit: noLimit } as const;
export const noRetries = figure<readonly number[]>([], 'D', 'verified');
export const cancelsAsAsked = figure(false, 'D', 'verified');
export const oneZone = figure(1, 'D', 'verified');
export const threeZones = figure(3, 'K9', 'inferred', 'at least three zones in a region of AWS; elsewhere as many');
export const anySize = figure({ kind: 'free', defaultVCpu: 1, defaultMemoryMb: 512 } as const, 'D', 'verified');
export const knownAtOnce = figure(0, 'D', 'verified');
export const knownAfterOneSecond = figure(1000, 'D', 'verified');
export const startsAtOnce = {
  placement: figure(always(0), 'D', 'verified'),
  imageMbPerSecond: noLimit,
  table: null,
  runtime: figure(always(0), 'D', 'verified'),
} as const;
export const oneReplica = figure({ min: 1, max: 1 }, 'D', 'verified');
export const nobodyWakes = figure(false, 'D', 'verified');
export const tenIdleMinutes = figure(600_000, 'D', 'verified');

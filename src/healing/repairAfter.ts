/**
 * Repair after: every crash is followed by a time to repair of its own, drawn from one distribution, whatever happened
 * before. Start-up is part of that time. For theory (machine repair) and for people who restart things by hand.
 */
import type { RestartRule } from './contract.js';

export interface RepairOptions {
  /** Inverse distribution function of the time to repair, microseconds, for a share in [0, 1); never negative. */
  quantileUs(share: number): number;
}

/** The restart rule that waits `quantileUs(draw)` after each crash, rounded to whole microseconds. */
export function repairAfter({ quantileUs }: RepairOptions): RestartRule {
  return {
    kind: 'repair-after',
    source: 'machine-repair model; availability is time between failures / (that + time to repair)',
    coversStartUp: true,
    afterCrash: (_startedUs, _nowUs, _memory, draw) => ({
      waitUs: Math.max(0, Math.round(quantileUs(draw))),
      memory: null,
    }),
  };
}

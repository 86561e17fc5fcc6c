/**
 * The restart rules there are, one line each, and what is wrong with their options.
 */
import type { RestartRule } from './contract.js';
import { type CrashLoopOptions, crashLoopBackoff, kubernetesCrashLoop } from './crashLoopBackoff.js';
import { probeRenewed, probeStart, probeStep, probeTimeline } from './probes.js';
import { type RepairOptions, repairAfter } from './repairAfter.js';

/** What a scenario may say of restarts: back-off with some of its times, or a plain time to repair. */
export type RestartOptions = Partial<CrashLoopOptions> | RepairOptions;

export type MadeRestart =
  | { readonly ok: true; readonly value: RestartRule }
  | { readonly ok: false; readonly fault: string; readonly option?: keyof CrashLoopOptions };

/** The restart rules by the kind they report. */
export const restartRules = { 'crash-loop-backoff': crashLoopBackoff, 'repair-after': repairAfter } as const;

export const restartKinds: readonly string[] = Object.keys(restartRules);

/**
 * The rule with these options. `{quantileUs}` is a time to repair; anything else is back-off, whose missing times are
 * Kubernetes' own (`resetAfterUs`: twice the longest wait). Times are in microseconds.
 */
export function makeRestart(options: RestartOptions = {}): MadeRestart {
  if ('quantileUs' in options) return { ok: true, value: repairAfter(options) };
  const backoffUs = options.backoffUs ?? kubernetesCrashLoop.backoffUs;
  const maxBackoffUs = options.maxBackoffUs ?? Math.max(kubernetesCrashLoop.maxBackoffUs, backoffUs);
  const resetAfterUs = options.resetAfterUs ?? 2 * maxBackoffUs;
  for (const [option, value] of Object.entries({ backoffUs, maxBackoffUs, resetAfterUs }))
    if (!Number.isFinite(value) || value < 0)
      return { ok: false, fault: `${value} is no time`, option: option as keyof CrashLoopOptions };
  if (maxBackoffUs < backoffUs)
    return { ok: false, fault: 'the longest back-off is shorter than the first', option: 'maxBackoffUs' };
  return { ok: true, value: crashLoopBackoff({ backoffUs, maxBackoffUs, resetAfterUs }) };
}

/**
 * The kubelet's counting of probe results, as functions: no scenario can ask for probes yet. For rehearsing a probe's
 * settings, and for the conformance cases.
 */
export const probeRules = { probeStart, probeStep, probeRenewed, probeTimeline } as const;

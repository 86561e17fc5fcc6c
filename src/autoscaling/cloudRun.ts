/**
 * Cloud Run's scaler: every 5 s the larger of two drivers over the last minute, requests in flight and CPU, each kept
 * at a target share of what the instances can take. A request that finds no free slot starts an instance besides; that
 * is the engine's, as is the idle timeout by which instances leave.
 */
import type { MadeScaler, Scaler, ScalerFamily } from './contract.js';
import { wholeUp } from './wholeUp.js';

export const cloudRun: ScalerFamily = {
  kind: 'cloudRun',
  options: { concurrency: 'number', target: 'share' },
  make(options): MadeScaler {
    const slotCount = (options['concurrency'] as number | undefined) ?? 80;
    const targetShare = (options['target'] as number | undefined) ?? 0.6;
    if (!(slotCount >= 1)) return { ok: false, option: 'concurrency', fault: '1 or more is needed' };
    if (!(targetShare > 0)) return { ok: false, option: 'target', fault: 'a share above 0 is needed' };
    return { ok: true, value: bound(slotCount, targetShare) };
  },
};

/** `slotCount`: requests one instance takes at once. */
function bound(slotCount: number, targetShare: number): Scaler<null> {
  return {
    kind: 'cloudRun',
    source:
      'cloud.google.com/run/docs/about-instance-autoscaling: 60% of CPU and of maximum concurrency, over one minute',
    everyUs: 5_000_000,
    offsetUs: 0,
    windowsUs: [60_000_000],
    start: null,
    decide(view) {
      const byConcurrency = wholeUp((view.concurrencyMeans[0] ?? 0) / (targetShare * slotCount));
      const byCpu = wholeUp((view.busyMeans[0] ?? 0) / targetShare);
      const wantedCount = Math.min(view.maxCount, Math.max(view.minCount, byConcurrency, byCpu));
      return { wantedCount, because: byCpu > byConcurrency ? 'cpu' : 'concurrency', memory: null };
    },
    explain(view) {
      const inFlight = Number((view.concurrencyMeans[0] ?? 0).toPrecision(4));
      const busy = Number((view.busyMeans[0] ?? 0).toPrecision(4));
      const byConcurrency = wholeUp((view.concurrencyMeans[0] ?? 0) / (targetShare * slotCount));
      const byCpu = wholeUp((view.busyMeans[0] ?? 0) / targetShare);
      return {
        observed: `${inFlight} in flight, ${busy} instances' CPU`,
        formula: `max(ceil(${inFlight} / (${targetShare} x ${slotCount})), ceil(${busy} / ${targetShare}))`,
        askedCount: Math.max(byConcurrency, byCpu),
      };
    },
  };
}

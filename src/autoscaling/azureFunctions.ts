/**
 * Azure Functions' scale controller on the Consumption plan: at most one more instance a second, while a request
 * waits for a slot that no instance on its way will have, or the instances' mean CPU of the last 10 s is high.
 * Instances leave by their idle timeout alone.
 *
 * The controller's rules are not published; the rate is documented, the CPU threshold is inferred (70%).
 */
import type { MadeScaler, Scaler, ScalerFamily, ScalerView } from './contract.js';

interface Memory {
  readonly lastStartUs: number | null;
}

export const azureFunctions: ScalerFamily = {
  kind: 'azureFunctions',
  options: { cpu: 'share', every: 'duration', concurrency: 'number' },
  make(options): MadeScaler {
    const cpuShare = (options['cpu'] as number | undefined) ?? 0.7;
    const spacingUs = (options['every'] as number | undefined) ?? 1_000_000;
    if (!(cpuShare > 0)) return { ok: false, option: 'cpu', fault: 'a share above 0 is needed' };
    const slotCount = (options['concurrency'] as number | undefined) ?? 100;
    if (!(slotCount >= 1)) return { ok: false, option: 'concurrency', fault: '1 or more is needed' };
    if (spacingUs < 1) return { ok: false, option: 'every', fault: 'a time above 0 is needed' };
    return { ok: true, value: bound(cpuShare, spacingUs, slotCount) };
  },
};

/** `slotCount`: requests one instance takes at once. */
function bound(cpuShare: number, spacingUs: number, slotCount: number): Scaler<Memory> {
  const isShort = ({ waitingCount, startingCount }: ScalerView): boolean =>
    waitingCount > (startingCount === 0 ? 0 : startingCount * slotCount);
  return {
    kind: 'azureFunctions',
    source: 'learn.microsoft.com/azure/azure-functions/event-driven-scaling: one new instance a second; CPU inferred',
    everyUs: spacingUs,
    offsetUs: 0,
    decidesOnWait: true,
    windowsUs: [],
    start: { lastStartUs: null },
    decide(view, memory) {
      const { nowUs, readyCount, startingCount, cpuShareShort, minCount, maxCount } = view;
      const heldCount = Math.max(minCount, readyCount + startingCount);
      const isWaiting = isShort(view);
      const isBusy = cpuShareShort !== null && cpuShareShort > cpuShare;
      if (!isWaiting && !isBusy)
        return { wantedCount: Math.min(maxCount, heldCount), because: 'nothing waits', memory };
      const isTooSoon = memory.lastStartUs !== null && nowUs - memory.lastStartUs < spacingUs;
      if (isTooSoon) return { wantedCount: Math.min(maxCount, heldCount), because: 'one a second', memory };
      if (heldCount >= maxCount) return { wantedCount: maxCount, because: 'at the maximum', memory };
      const because = isWaiting ? 'requests wait' : 'cpu';
      return { wantedCount: heldCount + 1, because, memory: { lastStartUs: nowUs } };
    },
    explain(view) {
      const { readyCount, startingCount, waitingCount, cpuShareShort } = view;
      const share = cpuShareShort === null ? 'no CPU seen' : `CPU ${Number((cpuShareShort * 100).toPrecision(4))}%`;
      const asksForOne = isShort(view) || (cpuShareShort !== null && cpuShareShort > cpuShare);
      const heldCount = readyCount + startingCount;
      return {
        observed: `${waitingCount} waiting, ${share}`,
        formula: asksForOne ? `${heldCount} + 1` : `${heldCount}`,
        askedCount: asksForOne ? heldCount + 1 : heldCount,
      };
    },
  };
}

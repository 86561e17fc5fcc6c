/**
 * Azure Functions' Elastic Premium plan: always-ready instances, further ones as the load asks for them, and a buffer
 * of prewarmed ones beside those at work, from the first request on until it has been quiet.
 *
 * Documented: the first trigger makes the always-ready instances active and has the buffer allocated; when the load
 * asks for one more, the buffer becomes active and is filled again, up to the plan's maximum; idle, there is no buffer.
 * Not documented, so inferred: when the load asks for more (CPU above 70% of the active instances', or more requests
 * than they take at once), one a second as on the Consumption plan, and after how long fewer do: ten minutes.
 */
import type { MadeScaler, Scaler, ScalerFamily, ScalerView } from './contract.js';
import { wholeUp } from './wholeUp.js';

/** Needed at most in each of the last ten minutes, the newest last; when the newest began; when somebody last came. */
interface Memory {
  readonly activeCount: number;
  readonly neededByMinute: readonly number[];
  readonly minuteUs: number;
  readonly lastRequestUs: number | null;
}

interface Rule {
  readonly cpuShare: number;
  readonly prewarmedCount: number;
  /** Requests one instance takes at once. */
  readonly slotCount: number;
}

const secondUs = 1_000_000;
const minuteUs = 60 * secondUs;
const quietMinutes = 10;

export const azurePremium: ScalerFamily = {
  kind: 'azurePremium',
  options: { cpu: 'share', prewarmed: 'count', slots: 'number' },
  make(options): MadeScaler {
    const cpuShare = (options['cpu'] as number | undefined) ?? 0.7;
    const prewarmedCount = (options['prewarmed'] as number | undefined) ?? 1;
    const slotCount = (options['slots'] as number | undefined) ?? Number.POSITIVE_INFINITY;
    if (!(cpuShare > 0)) return { ok: false, option: 'cpu', fault: 'a share above 0 is needed' };
    if (!(slotCount >= 1)) return { ok: false, option: 'slots', fault: '1 or more is needed' };
    return { ok: true, value: bound({ cpuShare, prewarmedCount, slotCount }) };
  },
};

function bound(rule: Rule): Scaler<Memory> {
  return {
    kind: 'azurePremium',
    source: 'learn.microsoft.com/azure/azure-functions/functions-premium-plan: always ready and prewarmed instances',
    everyUs: secondUs,
    offsetUs: 0,
    prewarms: true,
    windowsUs: [10 * secondUs, secondUs],
    start: { activeCount: 0, neededByMinute: [], minuteUs: 0, lastRequestUs: null },
    decide(view, memory) {
      const next = remembered(view, memory, neededCount(view, rule));
      const isActive = next.lastRequestUs !== null && view.nowUs - next.lastRequestUs < quietMinutes * minuteUs;
      const prewarmedCount = isActive ? Math.min(rule.prewarmedCount, view.maxCount - next.activeCount) : 0;
      const because =
        next.activeCount > Math.max(view.minCount, memory.activeCount) ? 'load' : isActive ? 'prewarmed' : 'quiet';
      return { wantedCount: next.activeCount + prewarmedCount, prewarmedCount, because, memory: next };
    },
    explain(view) {
      const busy = Number((view.busyMeans[0] ?? 0).toPrecision(4));
      const asked = neededCount(view, rule);
      return {
        observed: `${busy} instances' CPU, ${Number((view.concurrencyMeans[0] ?? 0).toPrecision(4))} in flight`,
        formula: `ceil(${busy} / ${rule.cpuShare}) active, ${rule.prewarmedCount} prewarmed`,
        askedCount: asked + rule.prewarmedCount,
      };
    },
  };
}

/** How many active instances the load of the last 10 s asks for, within the limits. */
function neededCount(view: ScalerView, { cpuShare, slotCount }: Rule): number {
  const byCpu = wholeUp((view.busyMeans[0] ?? 0) / cpuShare);
  const bySlots = wholeUp((view.concurrencyMeans[0] ?? 0) / slotCount);
  return Math.min(view.maxCount, Math.max(view.minCount, byCpu, bySlots));
}

/** One more at a time; fewer only down to what the last ten minutes needed. */
function remembered(view: ScalerView, memory: Memory, needed: number): Memory {
  const before = Math.max(view.minCount, memory.activeCount);
  const isNewMinute = memory.neededByMinute.length === 0 || view.nowUs - memory.minuteUs >= minuteUs;
  const older = memory.neededByMinute;
  const neededByMinute = isNewMinute
    ? [...older, needed].slice(-quietMinutes - 1)
    : [...older.slice(0, -1), Math.max(older.at(-1)!, needed)];
  const least = Math.max(...neededByMinute);
  const activeCount = needed > before ? before + 1 : Math.min(before, least);
  const hasCome = (view.requestRateMeans[1] ?? 0) > 0 || (view.concurrencyMeans[1] ?? 0) > 0;
  return {
    activeCount: Math.min(view.maxCount, activeCount),
    neededByMinute,
    minuteUs: isNewMinute ? view.nowUs : memory.minuteUs,
    lastRequestUs: hasCome ? view.nowUs : memory.lastRequestUs,
  };
}

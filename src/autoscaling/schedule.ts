/**
 * By the clock: from each moment of a list on, so many instances. Beside another scaler it is a floor, for the largest
 * wish wins: what a KEDA cron trigger, or a scheduled action on the minimum, does.
 *
 * Its own file as the one scaler that looks at nothing but the time.
 */
import type { MadeScaler, ScalerFamily, ScheduledCount } from './contract.js';

export const schedule: ScalerFamily = {
  kind: 'schedule',
  options: { changes: 'schedule' },
  bareOption: 'changes',
  make(options): MadeScaler {
    const changes = [...((options['changes'] as readonly ScheduledCount[] | undefined) ?? [])];
    if (changes.length === 0) return { ok: false, fault: 'a list of {at, replicas} is needed' };
    changes.sort((one, other) => one.atUs - other.atUs);
    const twice = changes.find(({ atUs }, index) => changes[index + 1]?.atUs === atUs);
    if (twice) return { ok: false, fault: `two numbers of replicas at ${twice.atUs / 1_000_000} s` };
    /** The change in force at `nowUs`; undefined before the first. */
    const inForce = (nowUs: number) => changes.findLast(({ atUs }) => atUs <= nowUs);
    return {
      ok: true,
      value: {
        kind: 'schedule',
        source: 'keda.sh/docs/latest/scalers/cron: a number of replicas between two moments',
        everyUs: 3_600_000_000,
        offsetUs: 0,
        momentsUs: changes.map(({ atUs }) => atUs),
        windowsUs: [],
        start: null,
        decide({ nowUs, currentCount, minCount, maxCount }) {
          const due = inForce(nowUs);
          const wantedCount = due ? Math.min(maxCount, Math.max(minCount, due.count)) : currentCount;
          return { wantedCount, because: 'the schedule', memory: null };
        },
        explain({ nowUs }) {
          const due = inForce(nowUs);
          const observed = `the clock at ${nowUs / 1_000_000} s`;
          return { observed, formula: 'the last change that is due', askedCount: due?.count ?? null };
        },
      },
    };
  },
};

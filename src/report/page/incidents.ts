/**
 * When a release or a fault began: the metrics only know for how long, the event log of the recorded replication knows
 * when. Its own file because two of one name are told apart here. Checked by test/report/incidents.test.ts.
 */
import type { EventRow, PlatformResult } from '../../experiment/contract.js';

/** Its first event; null where nothing was recorded or it had not begun. Two of one title are told by their order. */
export function beginningOf({ events }: PlatformResult, kind: 'release' | 'fault', title: string): EventRow | null {
  const [, name = title, count = '1'] = /^(.*?)(?: #(\d+))?$/s.exec(title) ?? [];
  const wanted = kind === 'fault' ? ['fault'] : ['release-begins', 'release'];
  const own = (events?.rows ?? []).filter(
    (row) => wanted.includes(row.kind) && (row.detail === name || row.detail.startsWith(`${name}:`)),
  );
  // A fault that strikes several services is told once for each, at one moment.
  const moments = [...new Set(own.map(({ tS }) => tS))];
  return own.find(({ tS }) => tS === moments[Number(count) - 1]) ?? null;
}

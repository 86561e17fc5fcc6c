/**
 * Time to ready: placement, pull, the runtime's start by the platform's table for the language, the application's own
 * start; or `coldStart` instead of all.
 *
 * The row taken: the service's language (without one javascript's), of those with a memory the nearest not above the
 * size taken, else the row that states none. Straight lines in the logarithm of the time between its percentiles. A
 * language without a row takes the platform's lognormal. Checked by test/model/starts.test.ts against the tables.
 */

import type { ColdStartTable } from '../platforms/contract.js';
import { percentiles } from '../platforms/spans.js';
import { type ColdStartRow, coldStarts } from '../platforms/tables/coldStarts.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { StartModel } from './contract.js';
import { chosen, needed, type Place } from './place.js';
import type { Origin } from './taken.js';

const bytesPerMb = 1_000_000;
/** Where the scenario doesn't say. */
export const defaultImageBytes = 100 * bytesPerMb;
const none: DistributionSpec = { kind: 'constant', value: 0 };

/** What of a cold start the provider does not bill as INIT, microseconds; 0 where `coldStart` says it all. */
export interface StartTaken {
  readonly model: StartModel;
  readonly unbilledUs: number;
}

/** @param memoryMb of the size taken */
export function compileStart(place: Place, memoryMb: number): StartTaken {
  const { preset, service, taken } = place;
  const at = ['platforms', place.platform.name, 'services', service.name] as const;
  const whole = chosen(place, 'coldStart');
  const application = chosen(place, 'startup') ?? needed(place, 'startup');
  const imageBytes = service.imageBytes ?? defaultImageBytes;
  const bandwidth = preset.start.imageMbPerSecond;
  const pullUs = bandwidth.value === Number.POSITIVE_INFINITY ? 0 : (imageBytes / bytesPerMb / bandwidth.value) * 1e6;
  const snapshot = snapshotStart(place);
  const runtime = snapshot ?? runtimeStart(place, memoryMb);
  if (whole) taken.add([...at, 'coldStart'], whole.value, '', { path: whole.path });
  else {
    const placement: Origin = { figure: preset.start.placement, preset };
    taken.add([...at, 'start', 'placement'], preset.start.placement.value, '', placement);
    if (pullUs > 0) taken.add([...at, 'start', 'pull'], pullUs / 1e6, 's', { figure: bandwidth, preset });
    taken.add([...at, 'start', 'runtime'], runtime.spec, '', runtime.origin);
    if (application && !snapshot) taken.add([...at, 'startup'], application.value, '', { path: application.path });
  }
  const limit = preset.start.initLimitMs;
  if (limit && !snapshot && !whole)
    taken.add([...at, 'start', 'initLimit'], limit.value / 1000, 's', { figure: limit, preset });
  const placementSampler = makeSampler(preset.start.placement.value);
  return {
    model: {
      whole: whole ? makeSampler(whole.value) : null,
      placement: placementSampler,
      pullUs: Math.round(pullUs),
      runtime: makeSampler(runtime.spec),
      application: makeSampler(snapshot ? none : (application?.value ?? none)),
      ...(limit && !snapshot && !whole ? { inVainAfterUs: limit.value * 1000 } : {}),
    },
    unbilledUs: whole ? 0 : Math.round(placementSampler.mean),
  };
}

/** Resuming from a snapshot, in place of starting runtime and application; null without `snapStart: true`. */
function snapshotStart(place: Place): { readonly spec: DistributionSpec; readonly origin: Origin } | null {
  const { preset, findings } = place;
  const choice = chosen(place, 'snapStart');
  if (!choice?.value) return null;
  const { path } = choice;
  const sold = preset.start.snapStart;
  if (!sold) {
    const message = `is not sold on ${preset.name}: snapshots of started functions are on lambda only`;
    findings.error({ path, code: 'conflict', message, hint: 'leave it out', part: 'key' });
    return null;
  }
  const language = needed(place, 'language')?.value ?? 'javascript';
  if (!sold.value.languages.includes(language)) {
    const message = `is not sold for ${language} on ${preset.name}; sold for ${sold.value.languages.join(', ')}`;
    findings.error({ path, code: 'conflict', message, hint: 'leave it out' });
    return null;
  }
  const kept = chosen(place, 'provisioned') ?? chosen(place, 'replicas');
  const isKept =
    kept && ('kind' in kept.value ? kept.value.kind !== 'fixed' || kept.value.count > 0 : kept.value.min > 0);
  if (isKept) {
    const message = `cannot stand beside instances kept ready on ${preset.name}`;
    findings.error({ path, code: 'conflict', message, hint: 'leave one of the two out' });
    return null;
  }
  return { spec: sold.value.restore, origin: { figure: sold, preset } };
}

function runtimeStart(place: Place, memoryMb: number): { readonly spec: DistributionSpec; readonly origin: Origin } {
  const { preset } = place;
  const { table, runtime } = preset.start;
  const language = needed(place, 'language')?.value ?? 'javascript';
  const row = table === null ? undefined : findColdStart(table, language, memoryMb);
  if (!row) return { spec: runtime.value, origin: { figure: runtime, preset } };
  const size = row.memoryMb === null ? '' : `, ${row.memoryMb} MB`;
  const note = `${row.language} ${row.version}${size}, ${row.measures === 'init' ? 'INIT' : 'client-observed'}`;
  const figure = { value: row, source: row.source, status: row.status, note };
  return { spec: percentiles(row.percentilesMs), origin: { figure, preset } };
}

/** The row of a table for a language and a size; undefined when the language has none. */
export function findColdStart(table: ColdStartTable, language: string, memoryMb: number): ColdStartRow | undefined {
  const rows = coldStarts.filter((row) => row.table === table && row.language === language);
  const ofSize = rows
    .filter((row): row is ColdStartRow & { readonly memoryMb: number } => row.memoryMb !== null)
    .sort((a, b) => a.memoryMb - b.memoryMb);
  const notAbove = ofSize.filter((row) => row.memoryMb <= memoryMb);
  return notAbove.at(-1) ?? rows.find((row) => row.memoryMb === null) ?? ofSize[0];
}

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
import { printDistribution } from './printDistribution.js';
import type { Origin } from './taken.js';

const bytesPerMb = 1_000_000;
const defaultImageBytes = 100 * bytesPerMb;
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
  const runtime = runtimeStart(place, memoryMb);
  if (whole) taken.add([...at, 'coldStart'], printDistribution(whole.value), '', { path: whole.path });
  else {
    const placement: Origin = { figure: preset.start.placement, preset };
    taken.add([...at, 'start', 'placement'], printDistribution(preset.start.placement.value), '', placement);
    if (pullUs > 0) taken.add([...at, 'start', 'pull'], pullUs / 1e6, 's', { figure: bandwidth, preset });
    taken.add([...at, 'start', 'runtime'], printDistribution(runtime.spec), '', runtime.origin);
    if (application)
      taken.add([...at, 'startup'], printDistribution(application.value), '', { path: application.path });
  }
  const placementSampler = makeSampler(preset.start.placement.value);
  return {
    model: {
      whole: whole ? makeSampler(whole.value) : null,
      placement: placementSampler,
      pullUs: Math.round(pullUs),
      runtime: makeSampler(runtime.spec),
      application: makeSampler(application?.value ?? none),
    },
    unbilledUs: whole ? 0 : Math.round(placementSampler.mean),
  };
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

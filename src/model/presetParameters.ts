/**
 * Every figure of a preset as one row: its name, value and unit, where it is from, of when, and how sure it is. Its own
 * file because `explain --preset`, the pages of docs/reference/platforms and the doors print the same rows; what a
 * preset is made of is known here and nowhere else outside its room. Checked by test/model/presetParameters.test.ts:
 * no figure of a preset is left out.
 */
import type { BalancedFigures, EnvironmentFigures, Figure, NodeFigures, Preset } from '../platforms/contract.js';
import { findPreset, presets } from '../platforms/registry.js';
import { coldStarts } from '../platforms/tables/coldStarts.js';
import { idleReclaim } from '../platforms/tables/idleReclaim.js';
import { sourceDates, sources } from '../platforms/tables/sources.js';
import { type FigureText, figureText } from './figureText.js';
import { percentileText } from './printDistribution.js';

export interface ParameterRow {
  readonly name: string;
  readonly value: string;
  /** '' for words and shares of none. */
  readonly unit: string;
  readonly source: string;
  /** '' where the source bears none. */
  readonly date: string;
  readonly status: string;
  /** '' without. */
  readonly note: string;
}

/** A preset's own facts, and its figures row by row. */
export interface PresetParameters {
  readonly name: string;
  readonly title: string;
  readonly provider: string;
  /** The region whose prices are taken; null where there is none. */
  readonly region: string | null;
  readonly claimedLevel: 0 | 1 | 2 | null;
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
  readonly parameters: readonly ParameterRow[];
  /** Measured cold starts, a row a language and size; empty where the preset has no table. */
  readonly coldStarts: readonly ParameterRow[];
  /** What is charged, a row a price. */
  readonly charges: readonly ParameterRow[];
}

export const presetNames: readonly string[] = presets.map(({ name }) => name);

/** Undefined for a name that no preset has. */
export function presetParameters(name: string): PresetParameters | undefined {
  const preset = findPreset(name);
  if (!preset) return undefined;
  const { title, provider, region, claimedLevel, yours, theirs } = preset;
  return {
    name,
    title,
    provider,
    region,
    claimedLevel,
    yours,
    theirs,
    parameters: [...ofInstance(preset), ...ofDispatch(preset.dispatch), ...ofStart(preset), ...ofRest(preset)],
    coldStarts: coldStartRows(preset),
    charges: preset.charges.map(chargeRow),
  };
}

function row<Value>(name: string, figure: Figure<Value>, text: FigureText): ParameterRow {
  const { source, status, note } = figure;
  const citation = sources[source] ?? source;
  return { name, ...text, source: citation, date: sourceDates[source] ?? '', status, note: note ?? '' };
}

/** Rows for the figures that are there. */
function rowsOf(list: readonly (readonly [string, Figure<unknown> | null | undefined, FigureText | null])[]) {
  return list.flatMap(([name, figure, text]) => (figure && text ? [row(name, figure, text)] : []));
}

const { count, ms, words, share, distribution, sizes, bucket, scaler, machine, reserve } = figureText;

function ofInstance({ sizes: sold, concurrency }: Preset): ParameterRow[] {
  return rowsOf([
    ['sizes', sold, sizes(sold.value)],
    ['concurrency: requests', concurrency.byDefault, count(concurrency.byDefault.value, 'at once')],
    ['concurrency: requests, at most', concurrency.limit, count(concurrency.limit.value, 'at once')],
  ]);
}

function ofDispatch(dispatch: BalancedFigures | EnvironmentFigures): ParameterRow[] {
  return dispatch.kind === 'balanced' ? ofReplicas(dispatch) : ofEnvironments(dispatch);
}

function ofReplicas(figures: BalancedFigures): ParameterRow[] {
  const { replicas, maxInstances, leastInstances, mostKept, rolling } = figures;
  const { min, max } = replicas.value;
  return rowsOf([
    ['replicas', replicas, words(min === max ? String(min) : `${min}..${max}`)],
    ['instances of a service, at least', leastInstances, leastInstances ? count(leastInstances.value, '') : null],
    ['instances kept ready, at most', mostKept, mostKept ? count(mostKept.value, '') : null],
    ['instances of a service, at most', maxInstances, count(maxInstances.value, '')],
    ['scaler', figures.scaler, figures.scaler ? scaler(figures.scaler.value) : null],
    ['a request wakes from zero', figures.wakeOnRequest, words(figures.wakeOnRequest.value ? 'yes' : 'no')],
    ['idleTimeout, where requests wake', figures.idleTimeoutMs, ms(figures.idleTimeoutMs.value)],
    ['starts', figures.launchLimit, figures.launchLimit ? bucket(figures.launchLimit.value) : null],
    [
      'rolling releases',
      rolling,
      rolling ? words(`maxSurge ${rolling.value.maxSurge}, maxUnavailable ${rolling.value.maxUnavailable}`) : null,
    ],
  ]);
}

function ofEnvironments(figures: EnvironmentFigures): ParameterRow[] {
  const { maxInstances, provisioned, idleTimeoutMs, overflowWaitMs, startLimit, byHand, measuredIdle } = figures;
  const waits = overflowWaitMs.value;
  const curve = measuredIdle ? idleReclaim[measuredIdle] : null;
  return rowsOf([
    ['maxInstances', maxInstances, count(maxInstances.value, '')],
    ['maxInstances, at most', figures.mostInstances, countOf(figures.mostInstances)],
    ['provisioned', provisioned, count(provisioned.value, '')],
    ['idleTimeout', idleTimeoutMs, ms(idleTimeoutMs.value)],
    ['idleTimeout: measured', curve, curve ? words(`gone after: ${percentileText(curve.value)}`) : null],
    ['starts', startLimit, startLimit ? bucket(startLimit.value) : null],
    ['overflow', overflowWaitMs, waits === 0 ? words('reject') : waits === Infinity ? words('wait') : ms(waits)],
    ['scaler', figures.scaler, figures.scaler ? scaler(figures.scaler.value) : null],
    ['requests go to provisioned ones first', figures.keptFirst, figures.keptFirst ? words('yes') : null],
    ['account: concurrency', figures.accountConcurrency, countOf(figures.accountConcurrency)],
    ['account: concurrency that stays unreserved', figures.unreservedLeast, countOf(figures.unreservedLeast)],
    ['requests a second for each of the concurrency', figures.requestsPerSlot, countOf(figures.requestsPerSlot)],
    ['what changes `provisioned`', figures.provisionedScaler, wordsOf(figures.provisionedScaler)],
    ['CPU between requests', figures.cpuWhenIdle, wordsOf(figures.cpuWhenIdle)],
    ['basic scaling: idleTimeout', byHand?.idleTimeoutMs, byHand ? ms(byHand.idleTimeoutMs.value) : null],
    ['basic, manual: requestTimeout', byHand?.requestTimeoutMs, byHand ? ms(byHand.requestTimeoutMs.value) : null],
  ]);
}

function ofStart({ start }: Preset): ParameterRow[] {
  const { placement, imageMbPerSecond, runtime, snapStart, initLimitMs } = start;
  const restore = snapStart?.value;
  return rowsOf([
    ['start: placement', placement, distribution(placement.value)],
    ['start: image pulled', imageMbPerSecond, count(imageMbPerSecond.value, 'MB/s')],
    ['start: runtime, without a row of the table', runtime, distribution(runtime.value)],
    ['start: INIT begins anew after', initLimitMs, initLimitMs ? ms(initLimitMs.value) : null],
    [
      'snapStart: restore',
      snapStart,
      restore ? words(`${restore.languages.join(', ')}: ${distribution(restore.restore).value}`) : null,
    ],
  ]);
}

function ofRest(preset: Preset): ParameterRow[] {
  const { hopMs, discoveryDelayMs, requestTimeoutMs, sendRetryWaitsMs, sendThrottle } = preset;
  const { neverCancels, zones, ephemeral } = preset;
  const waits = sendRetryWaitsMs.value;
  return [
    ...rowsOf([
      ['network: hop, each way', hopMs, hopMs ? ms(hopMs.value) : null],
      ['discovery: delay', discoveryDelayMs, ms(discoveryDelayMs.value)],
      ['requestTimeout', requestTimeoutMs, ms(requestTimeoutMs.value)],
      [
        'send: retried after',
        sendRetryWaitsMs,
        words(waits.length === 0 ? 'never' : waits.map((wait) => `${wait / 1000} s`).join(', ')),
      ],
      ['send, refused: retried', sendThrottle, sendThrottle ? words(throttleText(sendThrottle.value)) : null],
      ['work behind a caller who left', neverCancels, words(neverCancels.value ? 'always goes on' : 'as asked')],
      ['zones', zones, count(zones.value, '')],
      ['ephemeralStorage', ephemeral, ephemeral ? words(diskText(ephemeral.value)) : null],
    ]),
    ...(preset.nodes ? ofNodes(preset.nodes) : []),
  ];
}

function diskText({ includedMb, mostMb }: NonNullable<Preset['ephemeral']>['value']): string {
  return `${includedMb} MB included, ${mostMb} MB at most`;
}

function throttleText({ firstMs, mostMs, keptMs }: NonNullable<Preset['sendThrottle']>['value']): string {
  return `after ${firstMs / 1000} s, then twice as long each time up to ${mostMs / 1000} s, for ${keptMs / 3.6e6} h`;
}

function ofNodes(nodes: NodeFigures): ParameterRow[] {
  return rowsOf([
    ['nodes: type', nodes.machine, machine(nodes.machine.value)],
    ['nodes: count', nodes.count, count(nodes.count.value, '')],
    ['nodes: boot', nodes.boot, distribution(nodes.boot.value)],
    ['nodes: kept by the system', nodes.reserve, reserve(nodes.reserve.value)],
    ['nodes: scan', nodes.scanMs, ms(nodes.scanMs.value)],
    ['nodes: unneeded for', nodes.unneededMs, ms(nodes.unneededMs.value)],
    ['nodes: none goes after one came', nodes.delayAfterAddMs, ms(nodes.delayAfterAddMs.value)],
    ['nodes: unneeded below', nodes.threshold, share(nodes.threshold.value)],
  ]);
}

const countOf = (figure: Figure<number> | null | undefined): FigureText | null =>
  figure ? count(figure.value, '') : null;
const wordsOf = (figure: Figure<string> | null | undefined): FigureText | null => (figure ? words(figure.value) : null);

function coldStartRows({ start }: Preset): ParameterRow[] {
  return coldStarts
    .filter(({ table }) => table === start.table)
    .map(({ language, version, memoryMb, measures, percentilesMs, source, status }) => {
      const name = `${language} ${version}${memoryMb === null ? '' : `, ${memoryMb} MB`}`;
      const note = measures === 'init' ? "the platform's own INIT" : 'whole first answer, as a client saw it';
      const figure = { value: percentilesMs, source, status, note };
      return row(name, figure, words(percentileText(percentilesMs)));
    });
}

function chargeRow({ line, sku, skuEndsInSize, meter, note, source, status, ...charge }: Preset['charges'][number]) {
  const steps = 'granularityMs' in meter ? `, in steps of ${meter.granularityMs} ms` : '';
  const least = 'minimumMs' in meter && meter.minimumMs > 0 ? `, at least ${meter.minimumMs} ms` : '';
  const begins = 'billsStart' in meter ? `, start-up ${meter.billsStart ? 'included' : 'free'}` : '';
  const tail = meter.kind === 'tail-time' ? `, ${meter.tailMs / 60_000} min after the last request included` : '';
  const what = `${meter.kind.replaceAll('-', ' ')}${steps}${least}${begins}${tail}`;
  const per = charge.per === 'one' ? '' : `, times ${charge.per.replaceAll('-', ' ')}`;
  const figure = { value: what, source, status, ...(note === undefined ? {} : { note }) };
  return row(`${line} (${sku}${skuEndsInSize ? 'SIZE' : ''})`, figure, words(`${what}${per}; bills ${charge.bills}`));
}

/**
 * What is drawn: timeline, events and the latency curve, from the recorders' columns to plain rows with names.
 * Its own file because recorders know positions and microseconds, and readers want names and seconds.
 */
import type { Model } from '../model/contract.js';
import type { LoggedEvent } from '../observation/eventLog.js';
import type { TimelineColumn, TimelineColumns } from '../observation/timelineRecorder.js';
import { estimateMean } from '../stats/interval.js';
import type { CurvePoint, EventLogResult, Timeline, TimelineSeries } from './contract.js';
import { curveShares } from './measures.js';
import { metricEntry } from './metricCatalogue.js';
import type { MeasuredReplication } from './replication.js';

const usPerS = 1e6;

/** @param replication its number, from 1 */
export function timelineOf(
  model: Model,
  replication: number,
  { startsUs, lengthsUs, firstMeasuredIndex, columns }: TimelineColumns,
): Timeline {
  return {
    replication,
    windowMs: model.windowUs / 1000,
    firstMeasuredIndex,
    startsS: Array.from(startsUs, (us) => us / usPerS),
    lengthsS: Array.from(lengthsUs, (us) => us / usPerS),
    series: columns.map((column) => seriesOf(model, column)),
  };
}

function seriesOf(model: Model, { scope, slot, metric, values }: TimelineColumn): TimelineSeries {
  const named = { platform: [], traffic: model.traffic, service: model.services, database: model.databases }[scope];
  return {
    scope,
    name: named[slot]?.name ?? '',
    metric,
    unit: metricEntry(metric)?.unit ?? '1',
    values: Array.from(values, (value) => (Number.isFinite(value) ? value : null)),
  };
}

/** @param replication its number, from 1 */
export function eventRows(
  model: Model,
  replication: number,
  { rows, omittedCount }: { readonly rows: readonly LoggedEvent[]; readonly omittedCount: number },
): EventLogResult {
  return {
    replication,
    rows: rows.map(({ nowUs, kind, service, instance, detail }) => ({
      tS: nowUs / usPerS,
      kind,
      service: model.services[service]?.name ?? '',
      instance: instance < 0 ? null : instance,
      detail,
    })),
    omittedCount,
  };
}

/** Each point is the mean of the replications' own quantiles; one that some replication can't know is left out. */
export function latencyCurve(replications: readonly MeasuredReplication[], confidence: number): CurvePoint[] {
  return curveShares.flatMap((share, place) => {
    const values = replications.map(({ numbers }) => numbers.latencyCurveMs[place]!);
    if (values.length === 0 || values.some(Number.isNaN)) return [];
    const estimate = estimateMean(values, confidence);
    return estimate ? { share, ms: estimate.mean, ...(estimate.interval ? { ci: estimate.interval } : {}) } : [];
  });
}

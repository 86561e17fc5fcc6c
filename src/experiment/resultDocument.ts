/**
 * The one JSON document of a result: what `--format json` prints and `result.json` holds, byte for byte.
 *
 * Its own file because this layout is a public promise (formatVersion), and the `Comparison` it is made from is not.
 * Only here do users' names become keys; such objects have no prototype, so `__proto__` is a name like any other.
 * Metrics are plain numbers in base units; unit prices, quantities and amounts of the invoice are decimal strings.
 */
import type { Comparison, Metrics, ObjectiveResult, PlatformResult, ScopeResult } from './contract.js';
import { freePart } from './freePart.js';
import { differencesDocument } from './storedDifferencesDocument.js';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A plain value for `JSON.stringify`; the order of its keys is fixed. */
export function resultDocument(comparison: Comparison): JsonObject {
  const { formatVersion, complete, scenario, seed, replications, confidence, digest } = comparison;
  const head = { formatVersion, complete, scenario, seed, replications, confidence, digest };
  return {
    ...head,
    platforms: keyed(comparison.platforms, platformDocument),
    warnings: comparison.warnings.map(({ code, message }) => ({ code, message })),
    ...(comparison.baseline ? { baseline: differencesDocument(comparison.baseline) } : {}),
  };
}

function platformDocument(platform: PlatformResult): JsonObject {
  const { observed, claimed, features, why, yours, theirs } = platform.level;
  return {
    preset: platform.preset,
    level: { observed, claimed, features, why, yours, theirs },
    metrics: metricsDocument(platform.metrics),
    services: keyed(platform.services, scopeDocument),
    traffic: keyed(platform.traffic, scopeDocument),
    databases: keyed(platform.databases, scopeDocument),
    releases: keyed(platform.releases, scopeDocument),
    faults: keyed(platform.faults, scopeDocument),
    ...(platform.queues ? { queues: keyed(platform.queues, scopeDocument) } : {}),
    invoice: platform.bill.lines.map((line) => ({
      service: line.service,
      part: line.part,
      sku: line.sku,
      line: line.line,
      bills: line.bills,
      unit: line.unit,
      unitPriceUsd: line.unitPriceUsd,
      quantityRun: line.quantityRun,
      quantityMonth: line.quantityMonth,
      freeMonth: freePart(line),
      amountRunUsd: line.amountRunUsd,
      amountMonthUsd: line.amountMonthUsd,
      priceDate: line.priceDate,
    })),
    objectives: platform.objectives.map(objectiveDocument),
    warnings: platform.warnings.map(({ code, message }) => ({ code, message })),
  };
}

export function objectiveDocument({ text, met, sure, value, ci, unit, baseline }: ObjectiveResult): JsonObject {
  const against = baseline === undefined ? {} : { baseline };
  return { text, met, sure, ...(value === null ? {} : { value }), ...(ci ? { ci } : {}), unit, ...against };
}

export function scopeDocument(scope: ScopeResult): JsonObject {
  return metricsDocument(scope.metrics);
}

export function metricsDocument(metrics: Metrics): JsonObject {
  const named = Object.entries(metrics).map(([name, metric]) => ({ name, metric }));
  return keyed(named, ({ metric: { mean, ci, unit, weak } }) => {
    // Why the number is weak: the code of a warning beside it.
    return { mean, ...(ci ? { ci } : {}), unit, ...(weak === undefined ? {} : { weak }) };
  });
}

/** An object whose keys are users' names. */
export function keyed<T extends { readonly name: string }>(
  items: readonly T[],
  document: (item: T) => Json,
): JsonObject {
  const result: Record<string, Json> = Object.create(null); // Without a prototype every name is a plain key.
  for (const item of items) result[item.name] = document(item);
  return result;
}

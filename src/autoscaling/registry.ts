/**
 * The autoscalers there are, one line each; what their options are called, and what is wrong with those given.
 */
import { appEngine } from './appEngine.js';
import { azureFunctions } from './azureFunctions.js';
import { azurePremium } from './azurePremium.js';
import { cloudRun } from './cloudRun.js';
import type { MadeScaler, ScalerFamily, ScalerOptions, ScalerOptionUnit } from './contract.js';
import { hpa } from './hpa.js';
import { averageValue, totalValue } from './hpaReplicas.js';
import { kpa } from './kpa.js';
import { applyKpaScale } from './kpaApply.js';
import { breakerCapacity, breakerFinish, breakerRequest, breakerReserve, breakerStart } from './kpaBreaker.js';
import { kpaScale, kpaStart } from './kpaScale.js';
import { recorded, windowAverage, windowStart, windowWeightedAverage } from './kpaWindows.js';
import { none } from './none.js';
import { queue } from './queue.js';
import { schedule } from './schedule.js';
import { step } from './step.js';
import { targetTracking } from './targetTracking.js';

export const scalerFamilies: readonly ScalerFamily[] = [
  none,
  hpa,
  kpa,
  targetTracking,
  step,
  queue,
  schedule,
  appEngine,
  azureFunctions,
  azurePremium,
  cloudRun,
];

/** Their names; those of the scenario language as it writes them, the platforms' own besides. */
export const scalerKinds: readonly string[] = scalerFamilies.map(({ kind }) => kind);

/** Decisions of real scalers as functions: for rehearsing them row by row. Each is documented where it stands. */
export const scalerRules = {
  hpaTotalValue: totalValue,
  hpaAverageValue: averageValue,
  kpaStart,
  kpaScale,
  applyKpaScale,
  kpaWindow: { start: windowStart, recorded, average: windowAverage, weightedAverage: windowWeightedAverage },
  kpaBreaker: {
    start: breakerStart,
    request: breakerRequest,
    reserve: breakerReserve,
    finish: breakerFinish,
    capacity: breakerCapacity,
  },
} as const;

/** The kind of scaler of that name; undefined when there is none. Its `options` say how each option is to be parsed. */
export function findScaler(kind: string): ScalerFamily | undefined {
  return scalerFamilies.find((family) => family.kind === kind);
}

/**
 * The scaler a scenario calls `kind`, bound to options parsed as its family says: durations in microseconds, shares as
 * numbers, rates per second. Missing options take the real system's defaults; undefined counts as missing.
 */
export function makeScaler(kind: string, options: ScalerOptions = {}): MadeScaler {
  const family = findScaler(kind);
  if (!family) return { ok: false, fault: `there is no scaler ${kind}` };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(family.options, option))
      return { ok: false, option, fault: `${kind} has no such option; it has ${namesOf(family)}` };
    const fault = faultOf(value, family.options[option]!);
    if (fault) return { ok: false, option, fault };
  }
  return family.make(options);
}

function namesOf({ options }: ScalerFamily): string {
  return Object.keys(options).join(', ') || 'none';
}

/** Read, and checked, by whoever reads scenarios or by the family itself. */
const freeForms: readonly ScalerOptionUnit[] = ['behavior', 'word', 'schedule', 'steps', 'service-metric'];

function faultOf(value: unknown, unit: ScalerOptionUnit): string | undefined {
  if (freeForms.includes(unit)) return undefined;
  if (unit === 'flag') return typeof value === 'boolean' ? undefined : 'true or false is needed';
  if (unit === 'signed' && typeof value === 'number' && Number.isFinite(value)) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return 'a number of 0 or more is needed';
  return unit === 'count' && !Number.isInteger(value) ? 'a whole number is needed' : undefined;
}

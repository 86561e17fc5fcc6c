/**
 * The serverless level of a platform, observed: three experiments on its own settings, beside what the provider claims.
 *
 * 1. The user owns no servers: a fact of the settings. 2. A month without arrivals bills nothing, and a request sent
 * then is completed. 3. Two runs of 1,000 requests of 100 ms, one at a time, with gaps of 10 s and of 60 s, the first
 * request left out, bill the same. Every service of the platform is probed, so a mixed platform has the lowest level of
 * its services. Amounts are gross (no free tier) and of the platform's own lines (no database, no front door, no
 * transfer).
 *
 * The month without arrivals is two simulated days: the first as it is, and the second for all that follow, because no
 * idle time-out, window or cool-down remembers anything for a day.
 */
import { type BillingPlan, type Invoice, ownParts, type Usage } from '../billing/contract.js';
import { Fraction } from '../billing/fraction.js';
import { writeInvoice } from '../billing/invoice.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { Model } from '../model/contract.js';
import { printMoney } from '../units/print.js';
import type { LevelAmounts, LevelResult } from './contract.js';
import { everyArrivals, probeSource, withProbeWork } from './probeArrivals.js';
import { type MeasuredReplication, runReplication } from './replication.js';

const usPerHour = 3.6e9;
const dayHours = 24;
/** What the experiment calls a month, whatever the scenario's billed month is. */
const monthHours = '730';
const answerLimitUs = usPerHour;
const probeWaitUs = 100_000;
const probeCount = 1000;

/** What the experiments found; plain data, made by one job. */
export interface LevelFindings {
  /** Usage of requests with gaps of 10 s, and of 60 s. */
  readonly shortGaps: Usage;
  readonly longGaps: Usage;
  /** Usage of the month without visitors: of its first day, and of each later one. */
  readonly emptyDays: EmptyDays;
  /** Services whose request was not completed after the quiet time. */
  readonly asleep: readonly string[];
}

export interface EmptyDays {
  readonly first: Usage;
  readonly later: Usage;
}

export function observeLevel(platform: CompiledPlatform): LevelFindings {
  const dayUs = dayHours * usPerHour;
  const emptyDays = {
    first: measured(platform, quietModel(platform.zeroModel, 0, dayUs)).metered.usage,
    later: measured(platform, quietModel(platform.zeroModel, dayUs, dayUs)).metered.usage,
  };
  return {
    emptyDays,
    asleep: servicesAsleep(platform),
    shortGaps: measured(platform, gapsModel(platform.zeroModel, 10e6)).metered.usage,
    longGaps: measured(platform, gapsModel(platform.zeroModel, 60e6)).metered.usage,
  };
}

/** The bill of a month of `hours` without visitors: its first day as it was, each later one like the second. */
export function emptyMonthInvoice(plan: BillingPlan, { first, later }: EmptyDays, hours: string): Invoice {
  const month = { monthH: hours, representsH: String(Math.min(dayHours, Number(hours))), restShare: '0' };
  return writeInvoice({ ...plan, month }, [first], [later]);
}

/** The level that the findings amount to, in words too. */
export function judgeLevel(platform: CompiledPlatform, findings: LevelFindings): LevelResult {
  const { ownsServers, claimed, soldAsServerless, yours, theirs } = platform.levelFacts;
  const { asleep } = findings;
  const amounts = amountsOf(platform, findings);
  const billsNothing = Fraction.of(amounts.emptyMonthUsd).isZero;
  const billsAlike = Fraction.of(amounts.shortGapsUsd).compare(Fraction.of(amounts.longGapsUsd)) === 0;
  const features = [!ownsServers, billsNothing && amounts.isWoken, billsAlike] as const;
  const evidence = [
    ownsServers ? 'The servers are the user’s own to size, patch and pay for.' : 'No servers of the user’s own.',
    emptyEvidence(amounts, asleep),
    gapsEvidence(amounts, billsAlike),
  ] as const;
  const observed = features[0] && features[1] ? (features[2] ? 2 : 1) : 0;
  const missing = features[0] ? (features[1] ? 2 : 1) : 0;
  const why = observed === 2 ? evidence.join(' ') : evidence[missing];
  const isDifferent = claimed !== null && claimed !== observed;
  const whyDifferent = isDifferent ? `Level ${claimed} is claimed, ${observed} was observed: ${lowerFirst(why)}` : null;
  return { observed, claimed, soldAsServerless, features, why, whyDifferent, evidence, yours, theirs, amounts };
}

function amountsOf(
  { billing }: CompiledPlatform,
  { emptyDays, asleep, shortGaps, longGaps }: LevelFindings,
): LevelAmounts {
  return {
    emptyMonthUsd: ownMonthUsd(emptyMonthInvoice({ ...billing, freeTier: 'none' }, emptyDays, monthHours)),
    isWoken: asleep.length === 0,
    shortGapsUsd: ownGrossUsd(billing, shortGaps),
    longGapsUsd: ownGrossUsd(billing, longGaps),
  };
}

/** What stands in the place of a level where the experiments were not made: the claim, and that it was not checked. */
export function levelNotObserved({ levelFacts }: CompiledPlatform): LevelResult {
  const { claimed, soldAsServerless, yours, theirs } = levelFacts;
  const why = 'The level was not observed.';
  const amounts = { emptyMonthUsd: '0', isWoken: false, shortGapsUsd: '0', longGapsUsd: '0' };
  const features = [false, false, false] as const;
  const evidence = [why, why, why] as const;
  const told = { features, why, whyDifferent: null, evidence, yours, theirs, amounts };
  return { observed: 0, claimed, soldAsServerless, ...told };
}

function emptyEvidence({ emptyMonthUsd, isWoken }: LevelAmounts, asleep: readonly string[]): string {
  if (!Fraction.of(emptyMonthUsd).isZero) return `${printMoney(emptyMonthUsd)} for a month with nobody there.`;
  if (isWoken) return 'Nothing is billed for a month with nobody there, and a request then is answered.';
  return `Nothing is billed for a month with nobody there, but a request then is not answered (${asleep.join(', ')}).`;
}

function gapsEvidence({ shortGapsUsd, longGapsUsd }: LevelAmounts, billsAlike: boolean): string {
  const subject = `${probeCount - 1} requests of 100 ms cost`;
  if (billsAlike) return `${subject} ${printMoney(shortGapsUsd)}, however far apart.`;
  const amounts = `${printMoney(shortGapsUsd)} when 10 s apart and ${printMoney(longGapsUsd)} when 60 s apart`;
  return `${subject} ${amounts}: the time between is paid too.`;
}

function lowerFirst(sentence: string): string {
  return `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1)}`;
}

/** The platform with nobody there, measured from `warmupUs` for `durationUs`, in one window. */
function quietModel(zeroModel: Model, warmupUs: number, durationUs: number): Model {
  return { ...zeroModel, warmupUs, durationUs, windowUs: warmupUs + durationUs, eventLimit: Number.POSITIVE_INFINITY };
}

/** One request to each service after a quiet day: who is not answered? */
function servicesAsleep(platform: CompiledPlatform): string[] {
  const quietUs = dayHours * usPerHour;
  const model = quietModel(withProbeWork(platform.zeroModel, probeWaitUs), quietUs, answerLimitUs);
  const arrivals = everyArrivals(quietUs, 1);
  const { numbers } = measured(platform, withProbes(model, arrivals));
  return model.services.flatMap(({ name }, service) =>
    (numbers.services[service]?.['requests_completed'] ?? 0) === 1 ? [] : [name],
  );
}

/** Each service visited `probeCount` times, `gapUs` apart; measuring begins just before the second visit. */
function gapsModel(zeroModel: Model, gapUs: number): Model {
  const model = quietModel(withProbeWork(zeroModel, probeWaitUs), 2 * gapUs - 1, (probeCount - 1) * gapUs);
  return withProbes(model, everyArrivals(gapUs, probeCount));
}

/** A source of its own for each service, beside those that are there (and silent), under names nobody has taken. */
function withProbes(model: Model, arrivals: Parameters<typeof probeSource>[2]): Model {
  const taken = new Set(model.traffic.map(({ name }) => name));
  const probes = model.services.map((service, place) => {
    let name = `probe of ${service.name}`;
    while (taken.has(name)) name += "'";
    return probeSource(name, place, arrivals);
  });
  const silent = model.traffic.map((source) => ({ ...source, entries: [{ service: 0, operation: 0 }] }));
  return { ...model, traffic: [...silent, ...probes] };
}

function measured(platform: CompiledPlatform, model: Model): MeasuredReplication {
  const plan = { model, billing: platform.billing, within: [] };
  const { measured: found, stopped } = runReplication(plan, { replicationIndex: 0, withTimeline: false });
  if (!found) throw new Error(`level of ${platform.name}: ${stopped?.message}`);
  return found;
}

/** Of a month's lines, those of the platform itself. */
function ownMonthUsd({ lines }: Invoice): string {
  const own = lines.filter(({ part }) => ownParts.includes(part));
  return Fraction.sum(own.map(({ amountMonthUsd }) => Fraction.of(amountMonthUsd))).toDecimal(12);
}

function ownGrossUsd(billing: BillingPlan, usage: Usage): string {
  const month = { monthH: billing.month.monthH, representsH: billing.month.monthH, restShare: '1' };
  return writeInvoice({ ...billing, freeTier: 'none', month }, [usage], null).total.ownRunUsd;
}

/**
 * What an experiment hands to its readers: the `Comparison`, one plain value that the report draws, the terminal prints
 * and `result.json` is written from. Its own file because three rooms read it and only this one makes it.
 *
 * Everything here survives `structuredClone` and `JSON` without loss: no Map, no typed array, no NaN, no Infinity, no
 * undefined; what has no value is null or left out. Money is a decimal string (`...Usd`), save inside a `MetricValue`.
 * Things with users' names stand in arrays with their names beside them, never as keys of an object.
 * Times are milliseconds (`...Ms`) or seconds (`...S`) from clock 0, the beginning of the warm-up.
 */
import type { InvoiceLine } from '../billing/contract.js';
import type { RequestColumns } from '../observation/requestLog.js';
import type { ServiceGraph } from './graphFacts.js';
import type { NearbyChange } from './nearbyFacts.js';
import type { StoredComparison } from './storedComparison.js';

export const formatVersion = '1.0';

/** A confidence interval, lower end first. */
export type Interval = readonly [number, number];

/** Unit of a metric, as the CSV and the JSON write it. */
export type MetricUnit = '1' | 'share' | '1/s' | 'ms' | 's' | 'h' | 'USD';

/** One number of the result: the mean over the replications in which it has a value. */
export interface MetricValue {
  readonly mean: number;
  /** Left out with fewer than two replications that have a value. */
  readonly ci?: Interval;
  readonly unit: MetricUnit;
  /** How many replications have a value. */
  readonly replicationCount: number;
  /** Money only: the mean as an exact decimal, the sum of the invoice lines behind it. */
  readonly exactUsd?: string;
  /** Why the number is weak, where it is: the code of a warning of the same platform. */
  readonly weak?: string;
}

/**
 * Metrics by name, in the catalogue's order (`metricCatalogue.ts`). The names are the product's own, never a user's.
 */
export type Metrics = Readonly<Record<string, MetricValue>>;

/** One service, traffic source, database, release or fault with its metrics. */
export interface ScopeResult {
  readonly name: string;
  /** What a person calls it; the name where the scenario gives no title. */
  readonly title: string;
  readonly metrics: Metrics;
  /** Of a fault: who noticed it, in the first replication; left out where nobody did, or nobody is there to. */
  readonly noticedBy?: string;
}

/** Something that weakens a number or deserves to be known; `code` is stable and kebab-case. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** The answer to: which scenario, run how? Everything in it is known before the first event. */
export interface RunFacts {
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly windowMs: number;
  /**
   * Length of the billed month, the part of it that looks like the measured time, and the load of the rest (share of
   * the mean rate).
   */
  readonly monthHours: number;
  readonly representsHours: number;
  readonly restShare: number;
  /** What clock 0 is called, as the scenario says it (`Fri 18:00`), and as numbers: day 0 is Monday. Null: not said. */
  readonly starts: { readonly text: string; readonly dayIndex: number | null; readonly minuteOfDay: number } | null;
}

export interface Comparison {
  readonly formatVersion: typeof formatVersion;
  /** False when a run was stopped by a limit or by the user: what is here is partial. */
  readonly complete: boolean;
  readonly scenario: string;
  readonly description: string | null;
  readonly seed: string;
  readonly replications: number;
  /** Confidence level of every interval, in (0, 1). */
  readonly confidence: number;
  /** 128-bit digest of the results, 32 hexadecimal digits: equal digests, equal numbers. */
  readonly digest: string;
  readonly run: RunFacts;
  /** In the order of the scenario; the first is the baseline. */
  readonly platforms: readonly PlatformResult[];
  /**
   * Platforms from best to worst: those that meet every objective first, by `cost_month`; then the rest by share of
   * visitors answered well. Places in `platforms`.
   */
  readonly ranking: readonly number[];
  /** Each later platform against the first, paired by replication. */
  readonly differences: readonly PairedDifference[];
  /**
   * What concerns the comparison as a whole (unpaired closed arrivals, one replication, latencies of unequal success
   * …).
   */
  readonly warnings: readonly Warning[];
  readonly verdict: Verdict;
  /** What was tried near platforms that miss an objective, where a page shows it; left out where nothing was tried. */
  readonly nearby?: readonly NearbyChange[];
  /** What the model leaves out, and what was assumed; sentences. */
  readonly assumptions: readonly string[];
  /** Against a stored result, where one was named. */
  readonly baseline?: StoredComparison;
}

/** One metric of one platform minus the same of the baseline, replication by replication. */
export interface PairedDifference {
  readonly platform: string;
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly mean: number;
  readonly ci?: Interval;
  /** The difference over the baseline's mean; null where that is zero. */
  readonly relative: number | null;
  /** Whether more of this metric is worse, better, or neither. */
  readonly moreIs: 'worse' | 'better' | 'neither';
  /** True when the interval does not contain zero. Without an interval: false. */
  readonly isReal: boolean;
}

/** What decides the exit code, as data; the table of codes is the command line's. */
export interface Verdict {
  /** Reasons why a platform's result is not trustworthy; exit 4 when every platform has one. */
  readonly untrusted: readonly { readonly platform: string; readonly code: string; readonly message: string }[];
  /** Platforms that miss an objective, with the texts of those missed; exit 99 when every platform does. */
  readonly missed: readonly { readonly platform: string; readonly objectives: readonly string[] }[];
  readonly isTrusted: boolean;
  readonly isMissedByAll: boolean;
  /** The platform to take: cheapest of those that meet the objectives; null when none does. */
  readonly winner: string | null;
}

export interface PlatformResult {
  readonly name: string;
  readonly title: string;
  readonly preset: string;
  /** Place among the scenario's platforms in order of their names: a platform keeps its colour wherever it stands. */
  readonly colourIndex?: number;
  readonly level: LevelResult;
  readonly metrics: Metrics;
  readonly traffic: readonly ScopeResult[];
  readonly services: readonly ScopeResult[];
  readonly databases: readonly ScopeResult[];
  readonly releases: readonly ScopeResult[];
  readonly faults: readonly ScopeResult[];
  /** Left out where the scenario has none. */
  readonly queues?: readonly ScopeResult[];
  readonly bill: BillResult;
  readonly objectives: readonly ObjectiveResult[];
  readonly meetsObjectives: boolean;
  readonly warnings: readonly Warning[];
  /** Replication 1. Null when timelines weren't asked for. */
  readonly timeline: Timeline | null;
  readonly events: EventLogResult | null;
  /** Single visitors of replication 1: a median one and the slowest who was answered, where there is any. */
  readonly visits?: readonly VisitResult[];
  /** Every visitor of replication 1, where they were asked for. */
  readonly requests?: RequestRows;
  /** Of further replications, where all were asked for. */
  readonly otherRecordings?: readonly Recording[];
  /** Latency of completed requests by share of them, in increasing share. Empty when nothing completed. */
  readonly latencyCurve: readonly CurvePoint[];
  readonly costCurve: CostCurve | null;
  readonly graph: ServiceGraph;
  /** Every setting as it was taken, with where it comes from. */
  readonly inputs: readonly InputFact[];
  readonly prices: readonly PriceFact[];
}

/** The course of one replication. */
export interface Recording {
  readonly timeline: Timeline;
  readonly events: EventLogResult | null;
}

/** Serverless level by experiment (features 1, 2, 3) beside the provider's claim. */
export interface LevelResult {
  readonly observed: 0 | 1 | 2;
  /** As the course notes have it; null when they say nothing of it. */
  readonly claimed: 0 | 1 | 2 | null;
  /** The provider's own words, where it sells this as serverless; null: it does not. */
  readonly soldAsServerless: string | null;
  readonly features: readonly [boolean, boolean, boolean];
  readonly why: string;
  /** Why observation and claim differ; null when they agree or nothing is claimed. */
  readonly whyDifferent: string | null;
  /** One sentence a feature, with the amounts seen: "$73.00 with nobody there". */
  readonly evidence: readonly [string, string, string];
  /** What stays the user's to decide, and what is the platform's. */
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
  readonly amounts: LevelAmounts;
}

/** What the three experiments billed, gross (no free tier), of the platform's own compute lines. */
export interface LevelAmounts {
  /** 730 h without arrivals. */
  readonly emptyMonthUsd: string;
  /** Whether the request sent after that month was completed. */
  readonly isWoken: boolean;
  /** 999 requests of 100 ms with gaps of 10 s, and with gaps of 60 s. */
  readonly shortGapsUsd: string;
  readonly longGapsUsd: string;
}

/** A platform's invoice: means over the replications, so that lines add up exactly to the totals. */
export interface BillResult {
  readonly provider: string;
  readonly region: string;
  readonly freeTier: 'full' | 'none';
  readonly lines: readonly InvoiceLineResult[];
  /** The measured time without allowances. */
  readonly runUsd: string;
  /** A month of it with them. */
  readonly monthUsd: string;
  /** The part that paid for idling, and the part that paid for waiting on others. */
  readonly monthIdleUsd: string;
  readonly monthWaitingUsd: string;
  /** The part that minimum charges added: restarts and short lives, paid for and never there. */
  readonly monthMinimumUsd: string;
  /** Lines that bill instances, and lines that bill invocations. */
  readonly monthBaselineUsd: string;
  readonly monthUsageUsd: string;
  /** A month without visitors. */
  readonly monthAtZeroUsd: string;
  /** How the month was made from the run; one sentence. */
  readonly monthAssumption: string;
  /** What is not on the bill, and what was approximated. */
  readonly notes: readonly string[];
}

/** A line as billing writes it, and what it would have cost this month had there been no allowance or credit. */
export interface InvoiceLineResult extends InvoiceLine {
  readonly grossMonthUsd: string;
}

export interface ObjectiveResult {
  readonly text: string;
  readonly met: boolean;
  /** False where the interval holds the limit, or there is none. */
  readonly sure: boolean;
  /** Null when the metric has no value; then it is not met. */
  readonly value: number | null;
  readonly ci?: Interval;
  readonly unit: MetricUnit;
  /** The metric and scope that were judged, and the limit in the metric's unit. */
  readonly metric: string;
  readonly scope: string;
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly limit: number;
  /** Of a `regression:`: the mean of the stored result it is judged against. */
  readonly baseline?: number;
}

/**
 * One replication over time, by window. Windows end at every multiple of `windowMs` from clock 0, and one ends where
 * measuring begins; so the measured windows add up to the summary. Window i covers [startsS[i], startsS[i] +
 * lengthsS[i]).
 */
export interface Timeline {
  readonly replication: number;
  readonly windowMs: number;
  /** Windows before this one are warm-up. */
  readonly firstMeasuredIndex: number;
  readonly startsS: readonly number[];
  readonly lengthsS: readonly number[];
  readonly series: readonly TimelineSeries[];
}

/** Scope, name and metric as in timeline.csv; `name` is empty for the platform. Null: no value in that window. */
export interface TimelineSeries {
  readonly scope: 'platform' | 'traffic' | 'service' | 'database';
  readonly name: string;
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly values: readonly (number | null)[];
}

/** Rows of events.csv, in order of time. */
export interface EventLogResult {
  readonly replication: number;
  readonly rows: readonly EventRow[];
  /** Rows beyond the cap, counted and left out. */
  readonly omittedCount: number;
}

export interface EventRow {
  readonly tS: number;
  readonly kind: string;
  /** Empty where it concerns no service. */
  readonly service: string;
  /** Null where it concerns no single instance. */
  readonly instance: number | null;
  readonly detail: string;
}

/** One visitor of replication 1 with all that worked for him. Its name for `trace` is `source/number`. */
export interface VisitResult {
  readonly which: 'median' | 'slowest' | 'wanted';
  readonly source: string;
  /** His number within the source, from 0. */
  readonly number: number;
  readonly outcome: 'completed' | 'failed' | 'rejected' | 'timed_out';
  readonly attemptCount: number;
  readonly beganS: number;
  readonly latencyMs: number;
  /** Callers before those they called, in order of beginning. */
  readonly spans: readonly VisitSpan[];
}

/** A span or a query; times are milliseconds after the visitor's coming. */
export interface VisitSpan {
  readonly kind: 'span' | 'query';
  /** Service or database, as a person calls it; and the operation, empty for a query. */
  readonly title: string;
  readonly service: string;
  readonly operation: string;
  /** Place of its caller in the list; -1: the visitor, or nobody who waited. */
  readonly parent: number;
  readonly depth: number;
  /** From 1. */
  readonly attempt: number;
  readonly instance: number | null;
  readonly outcome: VisitResult['outcome'];
  /** Whether an environment was started for it, or it joined one that was starting. */
  readonly cold: 'warm' | 'started' | 'joined';
  readonly beganMs: number;
  /** Null: it never arrived, or never started. */
  readonly arrivedMs: number | null;
  readonly startedMs: number | null;
  readonly endedMs: number;
  /** Between its first step and its end: CPU at work for it. */
  readonly cpuMs: number;
}

/** Rows of requests.csv; `source` is a place in the names. */
export interface RequestRows {
  readonly sourceNames: readonly string[];
  readonly columns: RequestColumns;
}

/** Latency `ms` below which `share` of the completed requests were answered. */
export interface CurvePoint {
  readonly share: number;
  readonly ms: number;
  readonly ci?: Interval;
}

/** Cost of a month against requests of a month; points in increasing traffic. */
export interface CostCurve {
  readonly points: readonly { readonly requestsPerMonth: number; readonly costMonthUsd: number }[];
  /** How the points were made, for the caption. */
  readonly basis: string;
  /** Traffic and cost of this scenario, the vertical line. */
  readonly todayRequestsPerMonth: number;
}

/** A setting as taken: its path, value as text, and origin (`file:line`, a preset's name, or `default`). */
export interface InputFact {
  readonly path: string;
  readonly value: string;
  readonly origin: string;
}

export interface PriceFact {
  readonly sku: string;
  readonly unit: string;
  readonly unitPriceUsd: string;
  readonly priceDate: string;
  readonly source: string;
  /** True when the scenario overrode the price book, or the price is marked as approximated. */
  readonly isApproximate: boolean;
}

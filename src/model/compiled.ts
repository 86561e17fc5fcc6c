/**
 * What `compileModel` returns: one immutable model a platform, with what readers of the run need beside it (bill,
 * level,
 * inputs). Its own file because `experiment` reads these types and nothing else of this room but the functions that
 * return them.
 */
import type { BillingPlan } from '../billing/contract.js';
import type { ClockName, ObjectiveSpec } from '../scenario/contract.js';
import type { Issue } from '../units/issue.js';
import type { Model } from './contract.js';

export interface CompiledScenario {
  readonly name: string;
  /** '' when the scenario gives none. */
  readonly description: string;
  readonly seed: string;
  readonly run: CompiledRun;
  /** Checked against the metric catalogue and the scenario's names; as written. */
  readonly objectives: readonly ObjectiveSpec[];
  /** In the order of the file. */
  readonly platforms: readonly CompiledPlatform[];
  /** What concerns the scenario as a whole. */
  readonly warnings: readonly Issue[];
}

export interface CompiledRun {
  readonly warmupUs: number;
  readonly durationUs: number;
  readonly windowUs: number;
  readonly replications: number;
  readonly confidence: number;
  readonly starts: ClockName | null;
  readonly monthH: number;
  readonly representsH: number;
  readonly restShare: number;
}

export interface CompiledPlatform {
  readonly name: string;
  /** As written; else the name. */
  readonly title: string;
  readonly preset: string;
  readonly presetTitle: string;
  /** Place among the platforms in order of their names: the same platform keeps its colour wherever it stands. */
  readonly colourIndex: number;
  readonly model: Model;
  /**
   * The rest of the month: every source at `restShare` of its mean rate; null when the measured time stands for all
   * of it.
   */
  readonly restModel: Model | null;
  /** An hour without visitors, faults and releases: what standing there costs. */
  readonly zeroModel: Model;
  readonly billing: BillingPlan;
  readonly levelFacts: LevelFacts;
  /** Titles by name, in the order of the file. */
  readonly titles: {
    readonly services: readonly Titled[];
    readonly databases: readonly Titled[];
    readonly traffic: readonly Titled[];
  };
  /** Every setting as it was taken, in a fixed order. */
  readonly inputs: readonly InputTaken[];
  readonly warnings: readonly Issue[];
}

export interface Titled {
  readonly name: string;
  /** The name where the scenario gives no title. */
  readonly title: string;
}

export interface LevelFacts {
  /** The provider's words where all of it is sold as serverless; null: not all is. */
  readonly soldAsServerless: string | null;
  /**
   * What the course notes claim: of a mixed platform the lowest of those that are
   * claimed.
   */
  readonly claimed: 0 | 1 | 2 | null;
  /** Whether any service runs on servers that are the user's own. */
  readonly ownsServers: boolean;
  readonly yours: readonly string[];
  readonly theirs: readonly string[];
}

/** A value as it was taken, and where it is from: `file:line`, `preset lambda (measured, M1: …)` or `default`. */
export interface InputTaken {
  readonly path: string;
  readonly value: string;
  readonly unit: string;
  readonly origin: string;
}

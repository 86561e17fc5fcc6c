/**
 * What was tried near a platform that misses an objective. Plain data under the rules of `contract.ts`; its own file
 * because only the report that shows it and the search that makes it need it.
 */

export interface NearbyChange {
  /** By name. */
  readonly platform: string;
  readonly tried: readonly NearbyTry[];
  /** The cheapest that meets every objective; null: none does. */
  readonly best: NearbyTry | null;
}

/** One replication with one change. */
export interface NearbyTry {
  /** As `--set` takes it: `platforms.fargate.defaults.replicas=2`. */
  readonly change: string;
  readonly meetsObjectives: boolean;
  readonly costMonthUsd: number;
}

/**
 * The service graph as part of a result: who calls whom, how often and how fast, and what would saturate first. Plain
 * data under the rules of `contract.ts`; its own file because only the graph's makers and drawers need it.
 */

export interface ServiceGraph {
  readonly services: readonly { readonly name: string; readonly title: string; readonly utilisation: number | null }[];
  readonly databases: readonly { readonly name: string; readonly title: string; readonly utilisation: number | null }[];
  /** Arrows: from a traffic source or a service to a service or a database, with how often it is gone. */
  readonly edges: readonly GraphEdge[];
  /** The service or database with the highest utilisation; null when nothing has one. */
  readonly busiest: { readonly kind: 'service' | 'database'; readonly name: string } | null;
  /** What reaches its limit first were all traffic to grow alike; null where nothing has a limit. */
  readonly firstToSaturate: Saturation | null;
}

/** @see `saturation.ts` */
export interface Saturation {
  readonly kind: 'service' | 'database';
  readonly name: string;
  /** At how many times the mean load of the measured time. */
  readonly times: number;
}

export interface GraphEdge {
  readonly from: { readonly kind: 'traffic' | 'service'; readonly name: string };
  readonly to: { readonly kind: 'service' | 'database'; readonly name: string };
  readonly kind: 'visit' | 'call' | 'send' | 'query';
  /**
   * Per second of the measured time, expected from the scenario's rates and chances, without retries; null under closed
   * arrivals.
   */
  readonly callsPerSecond: number | null;
  /**
   * p99 of the completed calls that this caller made, in the first replication; of a visit, of the visitors of that
   * source in all of them. Null: none was completed, or nobody waits for it.
   */
  readonly latencyP99Ms: number | null;
}

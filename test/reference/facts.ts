/**
 * What a run of the reference engine tells: the same facts that observers of the product's engine hear.
 */
import type { QueryFact, SpanFact, VisitorFact } from '../../src/observation/contract.js';

export interface PhaseFact {
  readonly service: number;
  readonly instance: number;
  readonly phase: string;
  readonly nowUs: number;
  readonly version: number;
  readonly isProvisioned: boolean;
}

export interface Facts {
  readonly visitors: VisitorFact[];
  readonly spans: SpanFact[];
  readonly queries: QueryFact[];
  readonly phases: PhaseFact[];
}

/**
 * What was measured on AWS Lambda: cold-start probability and mean number of instances at given rates of arrivals. Our
 * error over the whole table is held to the case's own targets, and stands beside SimFaaS's in what is reported.
 */
import { CaseFields } from '../caseFields.js';
import type { Examiner, Finding } from '../contract.js';
import { modelOf, replicate } from './replicate.js';
import { randomScenario } from './simfaas.js';
import { seedCount } from './size.js';

/** One row as it was measured, and as we have it. */
export interface ComparedRow {
  readonly id: string;
  readonly probCold: number;
  readonly ourProbCold: number;
  readonly instances: number;
  readonly ourInstances: number;
}

/** Mean absolute errors over the table, percent, averaged over seeds; and the rows themselves. */
export interface MeasuredErrors {
  readonly probColdPct: number;
  readonly instancesPct: number;
  readonly rows: readonly ComparedRow[];
}

export const examineMeasured: Examiner = (vector) => {
  const expected = new CaseFields(vector['expected'] ?? vector['expect'], 'expected');
  const errors = errorsAgainst(new CaseFields(vector['inputs'], 'inputs'), seedCount);
  return [
    atMost('mape_prob_cold_pct', expected, errors.probColdPct),
    atMost('mape_inst_count_pct', expected, errors.instancesPct),
  ];
};

function atMost(name: string, expected: CaseFields, got: number): Finding {
  const most = expected.fields(name).number('target_max');
  return { path: `${name}.target_max`, expected: most, got, isMet: got <= most };
}

/** @param seeds over how many runs of the whole table the errors are averaged */
export function errorsAgainst(inputs: CaseFields, seeds: number): MeasuredErrors {
  const lengthS = inputs.number('sim_time_s');
  const runs = Array.from({ length: seeds }, (_, seed) =>
    inputs.all('table').map((row) => compared(row, lengthS, seed)),
  );
  const errorOf = (of: (row: ComparedRow) => number): number =>
    mean(runs.map((rows) => 100 * mean(rows.map((row) => Math.abs(of(row))))));
  return {
    probColdPct: errorOf(({ probCold, ourProbCold }) => ourProbCold / probCold - 1),
    instancesPct: errorOf(({ instances, ourInstances }) => ourInstances / instances - 1),
    rows: runs[0]!.map((row, place) => ({
      ...row,
      ourProbCold: mean(runs.map((rows) => rows[place]!.ourProbCold)),
      ourInstances: mean(runs.map((rows) => rows[place]!.ourInstances)),
    })),
  };
}

function compared(row: CaseFields, lengthS: number, seed: number): ComparedRow {
  const inputs = new CaseFields(
    {
      arrival_rate_per_s: row.number('arrival_rate_per_s'),
      warm_service_mean_s: row.number('warm_ms') / 1000,
      cold_service_mean_s: row.number('cold_ms') / 1000,
      expiration_threshold_s: row.number('idle_kill_s'),
    },
    row.text('id'),
  );
  const { services } = replicate(modelOf(randomScenario(inputs, lengthS)), seed).numbers;
  return {
    id: row.text('id'),
    probCold: row.number('aws_prob_cold'),
    instances: row.number('aws_inst_count'),
    ourProbCold: services[0]!['cold_start_ratio'] ?? 0,
    ourInstances: services[0]!['instances_mean'] ?? 0,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

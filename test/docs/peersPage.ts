/**
 * The reality check: what was measured on AWS Lambda, what SimFaaS makes of it, and what we do, row by row. Its own
 * file because it simulates: two runs of the table, some seconds.
 */
import { CaseFields } from '../conformance/caseFields.js';
import { errorsAgainst } from '../conformance/peers/measured.js';
import peerFile from '../conformance/peers/peers.json' with { type: 'json' };
import { page, table } from './markdown.js';

const seeds = 2;

export function peersPage(): string {
  const vector = peerFile.vectors.find(({ id }) => id === 'aws-lambda-experiments')!;
  const inputs = new CaseFields(vector.inputs, 'inputs');
  const theirs = new Map(inputs.all('table').map((row) => [row.text('id'), row]));
  const { rows, probColdPct, instancesPct } = errorsAgainst(inputs, seeds);
  const lines = rows.map(({ id, probCold, ourProbCold, instances, ourInstances }) => {
    const row = theirs.get(id)!;
    const peerCold = row.number('simfaas_prob_cold');
    const peerInstances = row.number('simfaas_inst_count');
    return [
      id,
      String(row.number('arrival_rate_per_s')),
      short(probCold),
      ...beside(peerCold, probCold),
      ...beside(ourProbCold, probCold),
      short(instances),
      ...beside(peerInstances, instances),
      ...beside(ourInstances, instances),
    ];
  });
  const meanOf = (measured: string, simulated: string): string =>
    percent(mean([...theirs.values()].map((row) => off(row.number(simulated), row.number(measured)))));
  return page('Our error beside the peers’', [
    `Experiments on AWS Lambda, measured by the authors of SimFaaS, and the same table through SimFaaS and through
windtunnel (preset \`faas\`, newest idle environment first; mean of ${seeds} runs). Nothing was fitted to these
rows: rates, service times and the idle time are the experiments' own. The measurement's own standard error
of the share of cold starts is about 10%.`,
    `Mean absolute error of the share of cold starts: SimFaaS ${meanOf('aws_prob_cold', 'simfaas_prob_cold')}, ours ` +
      `${percent(probColdPct / 100)}. Of the mean number of instances: SimFaaS ` +
      `${meanOf('aws_inst_count', 'simfaas_inst_count')}, ours ${percent(instancesPct / 100)}. (Ours is the mean ` +
      "of each run's error, theirs the error of a mean of three runs, which is the smaller way to count.)",
    table(
      [
        'experiment',
        'arrivals/s',
        'cold starts: Lambda',
        'SimFaaS',
        'off',
        'ours',
        'off',
        'instances: Lambda',
        'SimFaaS',
        'off',
        'ours',
        'off',
      ],
      lines,
    ),
    `Source: ${vector.source}`,
    'The other published experiments are compared by `windtunnel selfcheck`, at full length with `--full`, number by ' +
      'number.',
  ]);
}

const off = (got: number, wanted: number): number => Math.abs(got / wanted - 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const short = (value: number): string => String(Number(value.toPrecision(3)));
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const beside = (got: number, wanted: number): string[] => [
  short(got),
  `${got >= wanted ? '+' : '−'}${percent(off(got, wanted))}`,
];

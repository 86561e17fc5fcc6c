import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { CaseFields } from './caseFields.js';
import { errorsAgainst } from './peers/measured.js';
test('x', { timeout: 300000 }, () => {
  const v = JSON.parse(readFileSync('test/conformance/peers/peers.json', 'utf8')).vectors.find((x: any) => x.id === 'aws-lambda-experiments');
  const e = errorsAgainst(new CaseFields(v.inputs, 'inputs'), 6);
  console.log(e.probColdPct, e.instancesPct);
  for (const r of e.rows) { const t = v.inputs.table.find((x: any) => x.id === r.id); console.log(['|', t.arrival_rate_per_s, '|', r.probCold, '|', t.simfaas_prob_cold, '|', r.ourProbCold.toPrecision(4), '|', r.instances, '|', t.simfaas_inst_count, '|', r.ourInstances.toPrecision(4), '|'].join(' ')); }
});

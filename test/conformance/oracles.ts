/**
 * The oracles: problems of queueing, serverless, reliability, money and statistics whose answers are known without
 * simulating. Each becomes a scenario and runs through the product; README.md and oracles.json in the folder beside (both
 * as published to us) define parameters, mapping and acceptance, and the code there holds no knowledge of single cases.
 *
 * By default a tenth of the requests and three times the precision; `npm run conformance:full` runs all of it.
 */
import type { Examiner } from './contract.js';
import { commitSize, fullSize } from './oracles/acceptance.js';
import { judgeOracle, simulated } from './oracles/judge.js';
import { isOracle, readOracle } from './oracles/oracle.js';
import { sampled } from './oracles/samples.js';
import { statisticsOf } from './oracles/statistics.js';

export { isOracle };

const size = process.env['CONFORMANCE_FULL'] === '1' ? fullSize : commitSize;

export const examineOracle: Examiner = (vector) => {
  const oracle = readOracle(vector);
  const experiment = statisticsOf(oracle) ?? sampled(oracle) ?? simulated(oracle);
  return judgeOracle(oracle, size, experiment);
};

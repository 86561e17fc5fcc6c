/**
 * How long idle environments were kept when somebody measured it: what `idleTimeout: measured` draws from.
 *
 * Percent of single idle environments already gone after so many minutes since their last request (source M1, single
 * function, one request per interval, 2021-01). Data only. Providers change this without notice: Lambda's median was
 * 44 to 46 minutes in the spring of 2019 and 10 minutes that August. Where a later, longer gap found fewer gone
 * (noise),
 * the running maximum is kept; in between, straight lines.
 */
import type { Figure } from '../contract.js';
import { figure } from '../contract.js';

/** [percent gone, milliseconds idle], rising. */
export type ReclaimCurve = readonly (readonly [number, number])[];

const minuteMs = 60_000;
const minutes = (points: ReclaimCurve): ReclaimCurve => points.map(([percent, at]) => [percent, at * minuteMs]);

export const idleReclaim: Readonly<
  Record<'aws-lambda' | 'azure-functions-consumption' | 'google-cloud-functions-gen1', Figure<ReclaimCurve>>
> = {
  'aws-lambda': figure(
    minutes([
      [0, 3],
      [0.3, 4],
      [0.31, 5],
      [40.61, 6],
      [100, 7],
    ]),
    'M1',
    'measured',
  ),
  'azure-functions-consumption': figure(
    minutes([
      [0, 1],
      [10, 2],
      [10.01, 7],
      [12.82, 8],
      [12.83, 11],
      [16.22, 12],
      [20.47, 13],
      [20.48, 16],
      [21.3, 17],
      [21.31, 20],
      [40.82, 21],
      [50, 22],
      [76.09, 23],
      [78.48, 24],
      [81.91, 26],
      [91.02, 28],
      [94.43, 30],
      [94.44, 58],
      [97.5, 59],
      [100, 60],
    ]),
    'M1',
    'measured',
    'the last 2.5 % outlived the hour that was measured; they go at its end',
  ),
  'google-cloud-functions-gen1': figure(
    minutes([
      [0, 15],
      [100, 16],
    ]),
    'M1',
    'measured',
  ),
};

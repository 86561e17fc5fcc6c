/** Kind of task -> the function that measures it: what a child process looks up. One line each. */
import type { Asked, TaskKind, Tasks } from '../task.js';
import { measureBalancing } from './balancing.js';
import { measureComparison } from './comparison.js';
import { measureGrowing } from './growing.js';
import { measureHold } from './hold.js';
import { measureServed } from './served.js';
import { measureStudies } from './studies.js';
import { measureWorkload } from './workload.js';

type Measurements = {
  readonly [K in TaskKind]: (asked: Asked<K>) => Tasks[K]['answer'] | Promise<Tasks[K]['answer']>;
};

export const measurements: Measurements = {
  workload: measureWorkload,
  comparison: measureComparison,
  served: measureServed,
  growing: measureGrowing,
  hold: measureHold,
  balancing: measureBalancing,
  studies: measureStudies,
};

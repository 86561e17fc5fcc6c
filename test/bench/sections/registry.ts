/** The sections of the bench, in the order in which they are printed: one line each. */
import { balancingGrowth } from './balancingGrowth.js';
import { comparison } from './comparison.js';
import type { Section } from './contract.js';
import { growing } from './growing.js';
import { instanceGrowth } from './instanceGrowth.js';
import { memory } from './memory.js';
import { page } from './page.js';
import { queueGrowth } from './queueGrowth.js';
import { startUp } from './startUp.js';
import { studies } from './studies.js';
import { workloads } from './workloads.js';

export const sections: readonly Section[] = [
  workloads,
  instanceGrowth,
  growing,
  comparison,
  studies,
  memory,
  queueGrowth,
  balancingGrowth,
  startUp,
  page,
];

export const sectionNames: readonly string[] = sections.flatMap(({ names }) => names);

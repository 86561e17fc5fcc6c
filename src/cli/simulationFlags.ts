/** The flags of every command that simulates, in the order of the help. Its own file because two commands take them. */
import type { FlagName } from './flags.js';

export const simulationFlags: readonly FlagName[] = [
  'seed',
  'replications',
  'until-ci',
  'max-replications',
  'duration',
  'warmup',
  'set',
  'threshold',
  'prices',
  'out',
  'force',
  'report',
  'format',
  'json',
  'workers',
  'progress',
  'strict',
  'all-replications',
  'requests',
  'github-summary',
  'no-github-summary',
  'watch',
];

/**
 * The families of test/conformance/orchestration: decisions of real orchestrators, out of their own tests and pages.
 * One line each; the README beside the cases defines input and outcome.
 */
import { CaseFields } from './caseFields.js';
import { compareLeaves, readTolerance } from './compare.js';
import type { Adapter } from './contract.js';
import { crashloopBackoff, leastConn, probeTimelineCase, schedulerScore, smoothWrr } from './fleetCases.js';
import { kpa } from './kpaCases.js';
import { rollingFenceposts, rollingSteps } from './rolloutCases.js';
import { hpaBehavior, hpaPodGroups, hpaReplicas, targetTracking } from './scalingCases.js';

/** From a case's input to the whole outcome, in the cases' words. */
const outcomes: ReadonlyMap<string, (input: CaseFields) => unknown> = new Map([
  ['hpa-replicas', hpaReplicas],
  ['hpa-pod-groups', hpaPodGroups],
  ['hpa-behavior', hpaBehavior],
  ['kpa', kpa],
  ['target-tracking', targetTracking],
  ['rolling-fenceposts', rollingFenceposts],
  ['rolling-steps', rollingSteps],
  ['smooth-wrr', smoothWrr],
  ['least-conn', leastConn],
  ['crashloop-backoff', crashloopBackoff],
  ['probe-timeline', probeTimelineCase],
  ['scheduler-score', schedulerScore],
]);

export const orchestrationAdapters: ReadonlyMap<string, Adapter> = new Map(
  [...outcomes].map(([family, outcomeOf]) => [
    family,
    (vector) =>
      compareLeaves(
        vector['expect'] ?? vector['expected'],
        outcomeOf(new CaseFields(vector['input'], 'input')),
        readTolerance(vector['tolerance']),
      ),
  ]),
);

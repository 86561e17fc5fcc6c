/**
 * Cases about rolling releases: fence posts, and the deployment controller's steps.
 */
import {
  ecsFencePosts,
  type FencePosts,
  type IntOrPercent,
  kubernetesFencePosts,
} from '../../src/rollout/fencePosts.js';
import { proportionalSizes } from '../../src/rollout/proportional.js';
import { recreate } from '../../src/rollout/recreate.js';
import {
  isRolloutComplete,
  type NewSetView,
  newCountAllowed,
  reconciledNewCount,
  reconciledOld,
  rollingSequence,
  type SetSize,
  scaledDownOld,
  withoutUnhealthy,
} from '../../src/rollout/rollingSteps.js';
import { type CaseFields, functionOf } from './caseFields.js';

type Outcome = (input: CaseFields) => unknown;

export function rollingFenceposts(input: CaseFields): unknown {
  return functionOf(fencePostFunctions, input.text('fn'))(input);
}

const fencePostFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['kubernetes', (input) => writtenPosts(input) ?? { error: 'invalid-value' }],
  [
    'ecs',
    (input) => {
      const { lowerCount, upperCount } = ecsFencePosts(input.number('desired'), {
        minimumHealthyPercent: input.number('minimumHealthyPercent'),
        maximumPercent: input.number('maximumPercent'),
      });
      return { lower: lowerCount, upper: upperCount };
    },
  ],
]);

function intOrPercent(input: CaseFields, name: string): IntOrPercent {
  const raw = input.raw(name) ?? null;
  if (raw !== null && typeof raw !== 'number' && typeof raw !== 'string') throw input.fault(name, 'a number or a text');
  return raw;
}

function writtenPosts(input: CaseFields): FencePosts | undefined {
  return kubernetesFencePosts(
    intOrPercent(input, 'maxSurge'),
    intOrPercent(input, 'maxUnavailable'),
    input.number('desired'),
  );
}

function postsOf(input: CaseFields): FencePosts {
  const posts = writtenPosts(input);
  if (!posts) throw input.fault('maxSurge or maxUnavailable', 'a number or a whole percentage');
  return posts;
}

export function rollingSteps(input: CaseFields): unknown {
  return functionOf(stepFunctions, input.text('fn'))(input);
}

const stepFunctions: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['newReplicas', (input) => ({ newReplicas: newReplicas(input, newCountAllowed) })],
  ['reconcileNew', (input) => ({ newReplicas: newReplicas(input, reconciledNewCount) })],
  [
    'oldReplicas',
    (input) => {
      const old = reconciledOld({
        desiredCount: input.number('desired'),
        posts: postsOf(input),
        old: oldSetsOf(input),
        newSet: { count: input.number('newReplicas'), availableCount: input.number('newAvailable') },
      });
      return { old: old.map(({ count }) => count) };
    },
  ],
  [
    'cleanupUnhealthy',
    (input) => {
      const { old, removedCount } = withoutUnhealthy(oldSetsOf(input), input.number('maxCleanup'));
      return { cleaned: removedCount, old: old.map(({ count }) => count) };
    },
  ],
  [
    'scaleDownOld',
    (input) => {
      const old = scaledDownOld(oldSetsOf(input), {
        desiredCount: input.number('desired'),
        posts: postsOf(input),
        availableTotalCount: input.number('availableTotal'),
      });
      return { old: old.map(({ count }) => count) };
    },
  ],
  ['sequence', (input) => ({ steps: rollingSequence(input.number('desired'), postsOf(input)) })],
  [
    'complete',
    (input) => ({
      complete: isRolloutComplete({
        desiredCount: input.number('desired'),
        totalCount: input.number('replicas'),
        newCount: input.number('updated'),
        availableCount: input.number('available'),
      }),
    }),
  ],
  [
    'proportional',
    (input) => {
      const sets = input.all('sets').map((set) => ({
        name: set.text('name'),
        count: set.number('replicas'),
        createdAt: set.number('createdAt'),
        isNew: set.flag('isNew'),
        recordedMaxCount: set.number('recordedMax', 0),
        recordedDesiredCount: set.number('recordedDesired', 0),
        availableCount: set.number('available', 0),
      }));
      const sizes = proportionalSizes({ desiredCount: input.number('desired'), surge: postsOf(input).surge, sets });
      return { sizes: Object.fromEntries(sizes) };
    },
  ],
]);

function newReplicas(input: CaseFields, rolled: (view: NewSetView) => number): number {
  const desiredCount = input.number('desired');
  const newCount = input.number('newReplicas');
  const totalCount = input.number('totalReplicas');
  const strategy = input.text('strategy', 'RollingUpdate');
  if (strategy === 'RollingUpdate') return rolled({ desiredCount, surge: postsOf(input).surge, totalCount, newCount });
  if (strategy !== 'Recreate') throw input.fault('strategy', 'RollingUpdate or Recreate');
  // The controller asks this of Recreate only once every old instance has gone.
  const view = { desiredCount, newCount, newAvailableCount: 0, oldCount: 0, oldAvailableCount: 0 };
  const options = { minReadyUs: 0, progressDeadlineUs: 1, rollsBack: false };
  return recreate(options).decide({ ...view, elapsedUs: 0, stalledUs: 0 }).newCount;
}

function oldSetsOf(input: CaseFields): readonly SetSize[] {
  return input.all('old').map((set) => ({ count: set.number('replicas'), availableCount: set.number('available') }));
}

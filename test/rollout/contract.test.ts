/**
 * What every strategy keeps, played through: it ends, never overshoots its fence posts, and never hangs an old version
 * on a bad new one.
 */
import { describe, expect, test } from 'vitest';
import { Draws } from '../../src/random/draws.js';
import type { Rollout, RolloutView } from '../../src/rollout/contract.js';
import { kubernetesFencePosts } from '../../src/rollout/fencePosts.js';
import { makeRollout, type RolloutOptions, rolloutKinds } from '../../src/rollout/registry.js';

function made(kind: string, options: RolloutOptions = {}): Rollout {
  const rollout = makeRollout(kind, options);
  if (!rollout.ok) throw new Error(rollout.fault);
  return rollout.value;
}

const seconds = 1_000_000;

const variants: readonly (readonly [string, RolloutOptions])[] = [
  ['rolling', {}],
  ['rolling', { maxSurge: 1, maxUnavailable: 0 }],
  ['rolling', { maxSurge: 0, maxUnavailable: '10%' }],
  ['rolling', { maxSurge: '100%', maxUnavailable: '100%' }],
  ['recreate', {}],
  ['blueGreen', {}],
  [
    'canary',
    {
      steps: [
        { weight: 0.1, forUs: 5 },
        { weight: 0.5, forUs: 5 },
      ],
    },
  ],
];

interface Fleet {
  newCount: number;
  newAvailableCount: number;
  oldCount: number;
  oldDrainingCount: number;
}

/** Plays a release with random moments of readiness and ends of draining; `watch` sees every state. */
function play(rollout: Rollout, desiredCount: number, seed: number, watch: (fleet: Fleet) => void): boolean {
  const draws = new Draws(seed, desiredCount);
  const fleet: Fleet = { newCount: 0, newAvailableCount: 0, oldCount: desiredCount, oldDrainingCount: 0 };
  let stage = 0;
  let sinceUs = 0;
  for (let step = 0; step < 1000; step++) {
    const elapsedUs = step * seconds;
    const view: RolloutView = {
      ...fleet,
      desiredCount,
      oldAvailableCount: fleet.oldCount,
      elapsedUs,
      stalledUs: 0,
      stage,
      inStageUs: elapsedUs - sinceUs,
    };
    const decision = rollout.decide(view);
    if (decision.isComplete) return true;
    if (decision.stage !== undefined && decision.stage !== stage) {
      stage = decision.stage;
      sinceUs = elapsedUs;
    }
    fleet.oldDrainingCount += fleet.oldCount - decision.oldCount;
    fleet.newCount = decision.newCount;
    fleet.oldCount = decision.oldCount;
    watch(fleet);
    if (draws.uniform() < 0.5) fleet.oldDrainingCount = Math.floor(draws.uniform() * (fleet.oldDrainingCount + 1));
    fleet.newAvailableCount += Math.floor(draws.uniform() * (fleet.newCount - fleet.newAvailableCount + 1));
  }
  return false;
}

describe.each(variants)('%s %o', (kind, options) => {
  const rollout = made(kind, options);

  test('a release of any size ends, and every instance is new then', () => {
    for (const desiredCount of [0, 1, 2, 3, 7, 25, 100])
      for (let seed = 0; seed < 5; seed++) expect(play(rollout, desiredCount, seed, () => {})).toBe(true);
  });

  test('asked again with nothing changed it says the same: it has come to rest', () => {
    for (const desiredCount of [1, 4, 10, 33]) {
      const view = { desiredCount, newAvailableCount: 0, elapsedUs: 0, stalledUs: 0 };
      const first = rollout.decide({ ...view, newCount: 0, oldCount: desiredCount, oldAvailableCount: desiredCount });
      const again = { ...view, newCount: first.newCount, oldCount: first.oldCount, oldAvailableCount: first.oldCount };
      const oldDrainingCount = kind === 'recreate' ? 1 : 0;
      expect(rollout.decide({ ...again, oldDrainingCount })).toMatchObject({
        newCount: first.newCount,
        oldCount: first.oldCount,
      });
    }
  });

  test('a release that makes no progress is called stalled after its deadline', () => {
    const view = {
      desiredCount: 2,
      newCount: 2,
      newAvailableCount: 0,
      oldCount: 0,
      oldAvailableCount: 0,
      elapsedUs: 0,
      inStageUs: 700_000_000,
    };
    expect(rollout.decide({ ...view, stalledUs: 600_000_000 }).isStalled).not.toBe(true);
    expect(rollout.decide({ ...view, stalledUs: 600_000_001 })).toMatchObject({
      isStalled: true,
      because: 'progress deadline exceeded',
    });
  });
});

test('a rolling release never has more than desired + surge, nor fewer available than desired - unavailable', () => {
  for (const [kind, options] of variants.filter(([one]) => one === 'rolling'))
    for (const desiredCount of [1, 2, 3, 7, 25, 100]) {
      const { maxSurge = '25%', maxUnavailable = '25%' } = options;
      const posts = kubernetesFencePosts(maxSurge, maxUnavailable, desiredCount)!;
      play(made(kind, options), desiredCount, 3, ({ newCount, oldCount, newAvailableCount }) => {
        expect(newCount + oldCount).toBeLessThanOrEqual(desiredCount + posts.surge);
        expect(newAvailableCount + oldCount).toBeGreaterThanOrEqual(desiredCount - posts.unavailable);
      });
    }
});

test('recreate starts nothing new while an old instance is still there', () => {
  play(made('recreate'), 5, 1, ({ newCount, oldCount }) => {
    if (oldCount > 0) expect(newCount).toBe(0);
  });
  const waiting = { desiredCount: 5, newCount: 0, newAvailableCount: 0, oldCount: 0, oldAvailableCount: 0 };
  const view = { ...waiting, elapsedUs: 0, stalledUs: 0 };
  expect(made('recreate').decide({ ...view, oldDrainingCount: 1 }).newCount).toBe(0);
  expect(made('recreate').decide(view).newCount).toBe(5);
});

test('every strategy is tried here, and one that there is not says so', () => {
  expect(new Set(variants.map(([kind]) => kind))).toEqual(new Set(rolloutKinds));
  expect(makeRollout('__proto__').ok).toBe(false);
});

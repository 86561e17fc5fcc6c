/** Settings that contradict each other or say nothing together: each with its place and its mend. */
import { expect, test } from 'vitest';
import { compileText, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

function warningsOf(platform: string) {
  const result = compileText(oneService(platform));
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.warnings.filter(({ code }) => code === 'no-effect');
}

test('a scaler between two equal limits has nothing to decide', () => {
  expect(warningsOf('{preset: eks, defaults: {replicas: 3, scale: {hpa: {cpu: 60%}}}}')).toMatchObject([
    { path: 'platforms.p.defaults.scale', hint: 'write a range, as in replicas: 3..10, or scale: none' },
  ]);
  // Without a word there is one replica.
  expect(warningsOf('{preset: eks, defaults: {scale: {hpa: {cpu: 60%}}}}')).toHaveLength(1);
  expect(warningsOf('{preset: eks, defaults: {replicas: 3, scale: none}}')).toEqual([]);
  expect(warningsOf('{preset: fargate, defaults: {replicas: 3..4, scale: {targetTracking: {cpu: 60%}}}}')).toEqual([]);
});

test('Knative’s own bounds beyond those of replicas are refused', () => {
  const on = (bounds: string) =>
    oneService(`{preset: knative, defaults: {replicas: 2..10, scale: {kpa: {${bounds}}}}}`);
  expect(issuesOf(on('minScale: 11'))).toMatchObject([
    {
      path: 'platforms.p.defaults.scale.kpa.minScale',
      code: 'conflict',
      message: expect.stringContaining('is above the most replicas, 10'),
    },
  ]);
  expect(issuesOf(on('initialScale: 12'))).toHaveLength(1);
  expect(issuesOf(on('maxScale: 1'))).toMatchObject([{ path: 'platforms.p.defaults.scale.kpa.maxScale' }]);
  expect(issuesOf(on('minScale: 3, maxScale: 8'))).toEqual([]);
  expect(issuesOf(on('minScale: 5, maxScale: 3'))).toMatchObject([{ path: 'platforms.p.defaults.scale.kpa.minScale' }]);
});

test('a schedule that asks for what replicas does not allow', () => {
  const schedule = '{schedule: [{at: 10m, replicas: 4}, {at: 20m, replicas: 20}]}';
  expect(warningsOf(`{preset: eks, defaults: {replicas: 2..5, scale: ${schedule}}}`)).toMatchObject([
    { path: 'platforms.p.defaults.scale.schedule[1].replicas', hint: 'write replicas: 2..20' },
  ]);
});

test('two of one scaler are refused: as one key twice, and as a list', () => {
  const twice = issuesOf(oneService('{preset: eks, defaults: {scale: {hpa: {cpu: 60%}, hpa: {memory: 50%}}}}'));
  expect(twice).toMatchObject([{ path: 'platforms.p.defaults.scale.hpa', code: 'duplicate-key' }]);
  const list = issuesOf(oneService('{preset: eks, defaults: {scale: [{hpa: {cpu: 60%}}, {hpa: {memory: 50%}}]}}'));
  expect(list).toMatchObject([{ path: 'platforms.p.defaults.scale', code: 'type' }]);
});

test('limits the wrong way round, and fence posts that let nothing move, are refused with the mend', () => {
  const reversed = issuesOf(oneService('{preset: eks, defaults: {replicas: 5..2}}'));
  expect(reversed).toMatchObject([{ path: 'platforms.p.defaults.replicas', hint: 'write 2..5' }]);
  for (const nothing of ['0', '0%']) {
    const rolling = `{rolling: {maxSurge: ${nothing}, maxUnavailable: ${nothing}}}`;
    expect(issuesOf(oneService(`{preset: eks, defaults: {replicas: 3, rollout: ${rolling}}}`))).toMatchObject([
      { path: 'platforms.p.defaults.rollout.rolling.maxUnavailable', hint: expect.stringContaining('maxSurge: 1') },
    ]);
  }
});

test('a preStop that uses up its grace', () => {
  expect(warningsOf('{preset: eks, defaults: {drain: {preStop: 60s}}}')).toMatchObject([
    { path: 'platforms.p.defaults.drain', hint: 'make grace longer than preStop' },
  ]);
  expect(warningsOf('{preset: eks, defaults: {drain: {preStop: 10s}}}')).toEqual([]);
});

test('App Engine’s manual scaling: so many replicas, and no scaler beside it', () => {
  const on = (words: string) => oneService(`{preset: app-engine-flexible, defaults: {${words}}}`);
  const { dispatch } = onlyPlatform(on('scale: {manual: 3}')).model.services[0]!;
  expect(dispatch).toMatchObject({ kind: 'balanced', initialCount: 3, minCount: 3, maxCount: 3, scalers: [] });
  expect(issuesOf(on('scale: {manual: 0}'))).toMatchObject([{ path: 'platforms.p.defaults.scale.manual' }]);
  expect(issuesOf(on('replicas: 2..5, scale: {manual: 3}'))).toMatchObject([
    { path: 'platforms.p.defaults.replicas', code: 'conflict' },
  ]);
  const both = issuesOf(on('scale: {manual: 3, targetTracking: {cpu: 60%}}'));
  expect(both).toMatchObject([{ path: 'platforms.p.defaults.scale.targetTracking', code: 'conflict' }]);
  expect(issuesOf(oneService('{preset: eks, defaults: {scale: {manual: 3}}}'))).toHaveLength(1);
});

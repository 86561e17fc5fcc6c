/** Budgets, priorities, spread, spot and consolidation as scenarios write them: taken, or refused with the mend. */
import { expect, test } from 'vitest';
import { compileText, issuesOf, oneService, onlyPlatform } from './scenarioText.js';

function dispatchOn(platform: string) {
  const { dispatch } = onlyPlatform(oneService(platform)).model.services[0]!;
  if (dispatch.kind !== 'balanced') throw new Error('no replicas');
  return dispatch;
}

test('a budget, a priority and spread reach the scheduler', () => {
  const dispatch = dispatchOn(
    '{preset: eks, defaults: {replicas: 10, disruptionBudget: {minAvailable: 80%}, priority: 10, spread: zones}}',
  );
  expect(dispatch).toMatchObject({ priority: 10, spreadsZones: true });
  expect(dispatch.disruptionBudget!.allowedCount(10, 10)).toBe(2);
});

test('nodes: spot with two minutes of notice, consolidation with Karpenter’s defaults', () => {
  const pools = onlyPlatform(
    oneService(
      '{preset: eks, scheduler: {score: most-allocated}, nodes: [{name: a, type: m6i.large, count: 2..9, ' +
        'consolidation: {after: 30s}}, {name: b, count: 2, spot: {interruptions: {exponential: 4h}}}]}',
    ),
  ).model.nodePools;
  expect(pools[0]!.consolidation).toEqual({
    includesUnderused: true,
    afterUs: 30e6,
    budget: { kind: 'share', share: 0.1 },
  });
  expect(pools[1]!.spot!.noticeUs).toBe(120e6);
  const offered = { cpu: 2000, memory: 8000 };
  expect(pools[0]!.score(offered, offered)).toBe(100);
});

test.each([
  ['{preset: eks, defaults: {disruptionBudget: {}}}', 'one of minAvailable and maxUnavailable'],
  ['{preset: eks, defaults: {disruptionBudget: {minAvailable: 1, maxUnavailable: 1}}}', 'one of minAvailable and'],
  ['{preset: eks, defaults: {disruptionBudget: {minAvailable: 120%}}}', 'must be a number of instances or a share'],
  ['{preset: eks, nodes: {count: 3, consolidation: {}}}', 'the number of nodes is fixed'],
  ['{preset: eks, scheduler: {score: most-alocated}}', 'names no score of nodes'],
  ['{preset: lambda, defaults: {priority: 3}}', 'says nothing on lambda'],
])('%s is refused: %s', (platform, words) => {
  const [issue] = issuesOf(oneService(platform));
  expect(`${issue?.message} ${issue?.hint}`).toContain(words);
});

test('a budget under which no node can ever be drained is warned about', () => {
  const { warnings } = onlyPlatform(
    oneService('{preset: eks, defaults: {replicas: 3, disruptionBudget: {minAvailable: 100%}}}'),
  );
  expect(warnings.map(({ code }) => code)).toContain('never-drains');
});

test('spread over the zones of a platform that has one is told to change nothing', () => {
  const codes = (zones: string): readonly string[] => {
    const result = compileText(oneService(`{preset: eks, ${zones}defaults: {replicas: 3, spread: zones}}`));
    return (result.ok ? result.warnings : []).filter(({ code }) => code === 'no-effect').map(({ message }) => message);
  };
  expect(codes('zones: 3, ')).toEqual([]);
  const said = 'platforms.p.defaults.spread says nothing on p: all its instances stand in one zone';
  expect(codes('zones: 1, ')).toEqual([said]);
});

/**
 * What a provider doesn't sell is refused: every preset of the registry, by its own figures, one step outside each of
 * its ranges and with each feature that it lacks. A refusal names what is allowed, and the figure's source and status.
 */
import { describe, expect, test } from 'vitest';
import { compileScenario } from '../../src/experiment/prepare.js';
import type { Preset, SizeRule } from '../../src/platforms/contract.js';
import { presets } from '../../src/platforms/registry.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { printIssue } from '../../src/units/issue.js';

/** What is wrong with `p` as written; empty where nothing is. */
function refusals(platform: string): readonly string[] {
  const parsed = parseScenario(
    `
traffic: {all: {entry: a.op, arrivals: {none: {}}}}
services: {a: {operations: {op: [{wait: 1s}]}}}
platforms: {p: ${platform}}
`,
    'case.yaml',
  );
  const found = parsed.ok ? compileScenario(parsed.value) : parsed;
  return found.ok ? [] : found.issues.filter(({ severity }) => severity === 'error').map(printIssue);
}

const withDefaults = ({ name }: Preset, settings: string) => `{preset: ${name}, defaults: {${settings}}}`;
/** A figure's status and source, as they stand behind what is allowed. */
const cited = /\((verified|measured|inferred|estimated|recalled): ./;

function memoryRange(rule: SizeRule): readonly [number, number] | null {
  if (rule.kind === 'memory-steps') return [rule.minMb, rule.maxMb];
  if (rule.kind === 'free') return null;
  const sizes = rule.kind === 'list' ? rule.sizes.map(({ memoryMb }) => [memoryMb, memoryMb]) : [];
  const grids =
    rule.kind === 'grid' ? rule.grids.map(({ memoryMinMb, memoryMaxMb }) => [memoryMinMb, memoryMaxMb]) : [];
  const all = [...sizes, ...grids];
  return [Math.min(...all.map(([least]) => least!)), Math.max(...all.map(([, most]) => most!))];
}

describe.each(presets.map((preset) => [preset.name, preset] as const))('%s', (name, preset) => {
  const { dispatch, concurrency, requestTimeoutMs } = preset;
  const isStarted = dispatch.kind === 'environments';

  test('memory below the smallest and above the largest sold is refused with the nearest and the source', () => {
    const range = memoryRange(preset.sizes.value);
    if (!range) return;
    for (const memoryMb of [range[0] - 1, range[1] + 1]) {
      const [issue] = refusals(withDefaults(preset, `memory: ${memoryMb}MB`));
      expect(issue).toMatch(/memory is not sold on .*; the nearest sold: [\d.]+[MG]B/);
      expect(issue).toMatch(cited);
    }
  });

  test('more requests at once than an instance takes are refused with the most and the source; none, too', () => {
    const most = concurrency.limit.value;
    if (most < Number.POSITIVE_INFINITY) {
      const [issue] = refusals(withDefaults(preset, `concurrency: ${most + 1}`));
      expect(issue).toMatch(new RegExp(`takes at once on ${name}, ${most}, got ${most + 1}; write at most ${most}`));
      expect(issue).toMatch(cited);
    }
    expect(refusals(withDefaults(preset, 'concurrency: 0'))[0]).toMatch(/whole number of at least 1/);
  });

  test('a request that may run longer than the platform lets it is refused with the longest and the source', () => {
    if (requestTimeoutMs.value === Number.POSITIVE_INFINITY) return;
    const [issue] = refusals(withDefaults(preset, `requestTimeout: ${requestTimeoutMs.value + 1}ms`));
    expect(issue).toMatch(/longer than .* lets a request run, .*; write at most/);
    expect(issue).toMatch(cited);
  });

  test('more instances than run of one service, and fewer, are refused with the bound', () => {
    const figures = isStarted ? (dispatch.mostInstances ?? dispatch.accountConcurrency) : dispatch.maxInstances;
    const most = figures?.value ?? Number.POSITIVE_INFINITY;
    if (most < Number.POSITIVE_INFINITY) {
      const least = isStarted || !dispatch.leastInstances ? 0 : dispatch.leastInstances.value;
      const [issue] = refusals(withDefaults(preset, `replicas: ${least}..${most + 1}`));
      expect(issue).toMatch(new RegExp(`is more than .*, ${most}.*at most ${most}`));
    }
    if (!isStarted && dispatch.leastInstances)
      expect(refusals(withDefaults(preset, 'replicas: 0..2'))[0]).toMatch(/is fewer than .*at least 1 \(\w+: /);
    expect(refusals(withDefaults(preset, 'replicas: 5..2'))[0]).toMatch(/write 2..5/);
  });

  test('instances kept ready are refused where none are sold, and above the most that may run', () => {
    const [issue] = refusals(withDefaults(preset, 'provisioned: 2'));
    if (!isStarted) expect(issue).toMatch(/says nothing on .*; leave it out/);
    else if (!preset.sellsProvisioned) expect(issue).toMatch(/is not sold on .*\(verified: /);
    else {
      expect(issue).toBeUndefined();
      const [above] = refusals(withDefaults(preset, 'provisioned: 6, maxInstances: 5'));
      expect(above).toMatch(/keeps 6 instances ready where at most 5 may run; lower it, or raise maxInstances/);
    }
  });

  test('nodes are refused where servers are the provider’s', () => {
    const found = refusals(`{preset: ${name}, nodes: {cpu: 4, memory: 8GB, price: $50/mo, count: 2}}`);
    if (preset.nodes) expect(found).toEqual([]);
    else expect(found[0]).toMatch(/nodes says nothing on .*; leave it out/);
  });

  test('features of other platforms are refused: snapshots, reservations, classes, processors', () => {
    const isLambda = name === 'lambda';
    expect(refusals(withDefaults(preset, 'snapStart: true'))[0]).toMatch(isLambda ? /sold for java/ : /lambda only/);
    const [reserved] = refusals(withDefaults(preset, 'reserved: 950'));
    expect(reserved).toMatch(isLambda ? /at least 100 must stay \(verified: .*set aside at most 900/ : /lambda only/);
    expect(refusals(withDefaults(preset, 'class: F3'))[0]).toMatch(/no class of .*; sold: |says nothing on/);
    expect(refusals(withDefaults(preset, 'arch: mips'))[0]).toMatch(/no processor sold on .*; sold: x86/);
    expect(refusals(withDefaults(preset, 'gpu: 1'))[0]).toMatch(/gpu is not a known setting/);
  });

  test('another provider’s scaler is refused', () => {
    const own = isStarted || dispatch.scaler ? dispatch.scaler?.value.kind : null;
    for (const kind of ['appEngine', 'azureFunctions', 'azurePremium', 'cloudRun'])
      if (kind !== own) expect(refusals(withDefaults(preset, `scale: {${kind}: {}}`))[0]).toMatch(/is no scaler of/);
    if (isStarted) expect(refusals(withDefaults(preset, 'scale: {hpa: {cpu: 60%}}'))[0]).toMatch(/scales by itself/);
  });

  test('settings of replicas are refused where requests start instances, and theirs where replicas run', () => {
    const settings = isStarted
      ? ['balancer: random', 'rollout: {recreate: {}}', 'health: {liveness: {every: 5s}}', 'spread: zones']
      : ['coldStart: 1s', 'pick: oldest', 'maxInstances: 5', 'overflow: reject'];
    for (const setting of settings)
      expect(refusals(withDefaults(preset, setting))[0]).toMatch(/says nothing on .*; leave it out/);
  });
});

test('a limit of the account is warned about where no service heeds one', () => {
  const warned = (platform: string) => {
    const parsed = parseScenario(
      `
traffic: {all: {entry: a.op, arrivals: {none: {}}}}
services: {a: {operations: {op: [{wait: 1s}]}}}
platforms: {p: {preset: ${platform}, account: {concurrency: 50}}}
`,
      'case.yaml',
    );
    const found = parsed.ok ? compileScenario(parsed.value) : parsed;
    return found.ok ? found.warnings.filter(({ path }) => path === 'platforms.p.account.concurrency').length : -1;
  };
  expect([warned('fargate'), warned('eks'), warned('lambda')]).toEqual([1, 1, 0]);
});

/** Files that a scenario names: what it extends, traces, measured columns; and settings changed from outside. */
import { describe, expect, test } from 'vitest';
import type { FileAnswer } from '../../src/scenario/files.js';
import { applyOverrides, parseScenario } from '../../src/scenario/parse.js';
import { checkedScenario, filesOf, issuesIn, short, withSteps, written } from './written.js';

describe('extends', () => {
  const below = `name: Below
traffic: {visit: {entry: web.get, arrivals: {poisson: 10/s}, timeout: 5s}}
services:
  web: {cpu: 1, operations: {get: [{cpu: 1ms}, {cpu: 2ms}]}}
  old: {operations: {get: []}}
`;
  test('merges key by key, replaces lists, removes with null', () => {
    const text =
      'extends: below.yaml\nservices: {web: {cpu: null, operations: {get: [{cpu: 9ms}]}}, old: null}\nload: 2\n';
    const scenario = checkedScenario(text, filesOf({ 'below.yaml': below }));
    expect(scenario).toMatchObject({
      name: 'Below',
      load: 2,
      traffic: [{ name: 'visit', timeout: { after: { value: 5e6 } } }],
    });
    expect(scenario.services).toEqual([
      {
        name: 'web',
        operations: [{ name: 'get', steps: [{ kind: 'cpu', work: { kind: 'constant', value: 9_000 } }] }],
      },
    ]);
  });
  test('another kind of arrivals or of distribution is meant instead of the one below; names stay names', () => {
    const under = below.replace('cpu: 1,', 'startup: {exponential: 2s},').replace('old:', 'gamma:');
    const text =
      'extends: below.yaml\ntraffic: {visit: {arrivals: {constant: 3/s}}}\n' +
      'services: {web: {startup: {uniform: [1s, 2s]}}, uniform: {operations: {get: []}}}\n';
    const scenario = checkedScenario(text, filesOf({ 'below.yaml': under }));
    expect(scenario.traffic[0]!.arrivals).toMatchObject({ kind: 'constant' });
    expect(scenario.services[0]!.startup).toMatchObject({ kind: 'uniform' });
    expect(scenario.services.map(({ name }) => name)).toEqual(['web', 'gamma', 'uniform']);
  });
  test('a mistake is found in the file it was made in', () => {
    const files = filesOf({ 'below.yaml': below.replace('10/s', '10') });
    expect(issuesIn('extends: below.yaml\nrun: {warmup: 1}\n', files)).toEqual([
      expect.stringMatching(/^2:15 unit run\.warmup/),
      expect.stringMatching(/^below\.yaml:2:55 unit traffic\.visit\.arrivals\.poisson/),
    ]);
  });
  test('is over once read: changes from outside come last', () => {
    const scenario = checkedScenario('extends: below.yaml\n', filesOf({ 'below.yaml': below }));
    const changed = applyOverrides(scenario, [{ path: 'services.old', value: 'null' }]);
    expect(changed.ok && changed.value.services.map(({ name }) => name)).toEqual(['web']);
    expect(applyOverrides(scenario, [{ path: 'extends', value: 'x.yaml' }]).ok).toBe(false);
  });
  test('goes over several files, but not in circles', () => {
    const files = filesOf({ 'a.yaml': 'extends: b.yaml\nload: 3\n', 'b.yaml': below, 'c.yaml': 'extends: c.yaml\n' });
    expect(checkedScenario('extends: a.yaml\n', files)).toMatchObject({ name: 'Below', load: 3 });
    expect(issuesIn('extends: c.yaml\n', files)[0]).toMatch(/^1:1 missing|cycle extends comes back to itself/);
  });
  test.each([
    ['missing', /^1:10 file extends names a file that does not exist: "x\.yaml"/],
    ['directory', /file extends names a directory/],
    ['unreadable', /file extends names a file that cannot be read/],
    ['outside', /file extends names a file outside the scenario folder: "x\.yaml"; keep it below/],
    ['empty', /file extends names a file that is empty/],
  ] as const)('a file that is %s is refused at the place that names it', (why, expected) => {
    const read = (): FileAnswer => ({ ok: false, why });
    expect(issuesIn(`extends: x.yaml\n${written()}`, { read })).toEqual([expect.stringMatching(expected)]);
  });
});

describe('traces and measured columns', () => {
  const tracing = written({ traffic: '{v: {entry: web.get, arrivals: {trace: {file: a.csv, speed: 10}}}}' });
  test('a trace travels as text with the scenario', () => {
    const { arrivals } = checkedScenario(tracing, filesOf({ 'a.csv': 'time_s\n1\n' })).traffic[0]!;
    expect(arrivals).toEqual({
      kind: 'trace',
      traceFile: 'a.csv',
      traceText: 'time_s\n1\n',
      format: null,
      column: null,
      speed: 10,
      repeats: false,
      spread: 'even',
    });
  });
  test('a missing or empty one is found where the scenario names it', () => {
    expect(issuesIn(tracing)[0]).toMatch(
      /^1:56 file traffic\.v\.arrivals\.trace\.file names a file that cannot be read: "a\.csv"/,
    );
    expect(issuesIn(tracing, filesOf({}))[0]).toMatch(/^1:56 file .* does not exist: "a\.csv"/);
    expect(issuesIn(tracing, filesOf({ 'a.csv': '\n' }))[0]).toMatch(/^1:56 trace .* with no rows: "a\.csv"/);
  });
  test('entries by path need a trace', () => {
    const traffic = '{v: {entry: {"GET /*": web.get, else: web.get}, arrivals: {poisson: 1/s}}}';
    expect(issuesIn(written({ traffic }))[0]).toMatch(/conflict traffic\.v\.entry by path needs arrivals/);
  });
  const measured = withSteps('[{cpu: {empirical: d.csv}}]');
  test('a column of measured durations is read in its unit', () => {
    const text = '\uFEFF"duration_ms"\r\n1.5\r\n\r\n20\r\n"3e1"';
    expect(checkedScenario(measured, filesOf({ 'd.csv': text })).services[0]!.operations[0]!.steps[0]).toEqual({
      kind: 'cpu',
      work: { kind: 'empirical', values: [1_500, 20_000, 30_000] },
    });
  });
  test.each([
    ['duration_ms\n', /^d\.csv:1:1 trace .*no rows/],
    ['duration\n1\n', /^d\.csv:1:1 trace .*ends in its unit, got "duration"; name it/],
    ['a_ms,b_ms\n1,2\n', /^d\.csv:1:1 trace .*one column/],
    ['d_ms\n1\nx\n2\n-3\nNaN\n', /^d\.csv:3:1 trace .*\(and 2 more rows like it\)/],
  ])('a column that cannot be read is found in its own file: %j', (text, expected) => {
    expect(issuesIn(measured, filesOf({ 'd.csv': text }))).toEqual([expect.stringMatching(expected)]);
  });
});

describe('--set', () => {
  const base = written({
    platforms: '{p: {preset: fixed, defaults: {replicas: 2}}}',
    faults: '[{at: 1m, crash: web}]',
  });
  const set = (...overrides: [string, string | number][]) => {
    const changes = overrides.map(([path, value]) => ({ path, value }));
    return parseScenario(base, 's.yaml', undefined, changes);
  };
  const changedBy = (...overrides: [string, string | number][]) => {
    const checked = set(...overrides);
    if (!checked.ok) throw new Error(checked.issues.map(short).join('\n'));
    return checked.value;
  };
  test('changes, adds and removes, whatever the kind of value', () => {
    expect(changedBy(['platforms.p.defaults.replicas', 5]).platforms[0]!.defaults.replicas).toEqual({ min: 5, max: 5 });
    expect(changedBy(['traffic.visit.arrivals', '{constant: 3/s}']).traffic[0]!.arrivals).toEqual({
      kind: 'constant',
      ratePerSecond: 3,
    });
    expect(changedBy(['run.warmup', '10m'], ['run.duration', '2h']).run).toMatchObject({
      warmupUs: 600e6,
      durationUs: 7200e6,
    });
    expect(changedBy(['faults[0].at', '2m']).faults[0]).toMatchObject({ atUs: 120e6 });
    expect(changedBy(['faults.0.at', '3m']).faults[0]).toMatchObject({ atUs: 180e6 });
    expect(changedBy(['faults', 'null']).faults).toEqual([]);
    expect(changedBy(['services."a.b".operations', '{x: []}']).services[1]!.name).toBe('a.b');
    expect(
      changedBy(['services."a.b".operations', '{x: []}'], ['services.a.b.cpu', '2']).services[1]!.cpu!.limitVcpu,
    ).toBe(2);
  });
  test('meets the same rules, at its own place', () => {
    const issues = (...overrides: [string, string | number][]) => {
      const checked = set(...overrides);
      return checked.ok ? [] : checked.issues.map(short);
    };
    expect(issues(['run.warmup', 5])).toEqual([
      '--set:1:12 unit run.warmup must be a duration with its unit, got 5; write 5s or 5ms',
    ]);
    expect(issues(['load', 2], ['run.warmpu', '5s'])).toEqual([
      '--set:2:1 unknown-key run.warmpu is not a known setting; did you mean "warmup"?',
    ]);
    expect(issues(['faults[7].at', '1s'])[0]).toMatch(/^--set:1:1 unknown-key .* the list has 1, counted from 0/);
    expect(issues(['load', '[1'])[0]).toMatch(/^--set:1:6 syntax/);
    expect(issues(['', '1'])).toHaveLength(1);
    expect(issues(['..', '1'])[0]).toMatch(/is no path/);
  });
  test('works on a checked scenario, again and again, with the files it has', () => {
    const traced = written({ traffic: '{v: {entry: web.get, arrivals: {trace: a.csv}}}' });
    const scenario = checkedScenario(traced, filesOf({ 'a.csv': 'time_s\n1\n' }));
    const changed = applyOverrides(scenario, [{ path: 'load', value: 4 }]);
    expect(changed).toMatchObject({
      ok: true,
      value: { load: 4, traffic: [{ arrivals: { traceText: 'time_s\n1\n' } }] },
    });
    const again = changed.ok ? applyOverrides(changed.value, [{ path: 'seed', value: 'x' }]) : changed;
    expect(again).toMatchObject({ ok: true, value: { load: 4, seed: 'x' } });
  });
});

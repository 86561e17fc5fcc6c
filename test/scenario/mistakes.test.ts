/** Mistakes of shape, reference and number: each is found at its place with its mend, all of them at once. */
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { checkedScenario, issuesIn, withSteps, written } from './written.js';

const platform = (choices: string) => written({ platforms: `{p: {preset: fixed, defaults: {${choices}}}}` });

describe('wrong names and missing settings', () => {
  test('a key one letter off is found at the key, with the right one', () => {
    expect(issuesIn(platform('replica: 3'))).toEqual([
      '3:43 unknown-key platforms.p.defaults.replica is not a known setting; did you mean "replicas"?',
    ]);
  });
  test('a near miss and the missing setting it causes are one message', () => {
    expect(issuesIn(written({ services: '{web: {operation: {get: []}}}' }))).toEqual([
      '2:18 unknown-key services.web.operation is not a known setting; did you mean "operations"?',
    ]);
    const text = written({ service: '{web: {operations: {get: []}}}' }).replace(/^services: .*\n/m, '');
    expect(issuesIn(text)).toEqual([
      expect.stringMatching(/unknown-key service is not a known setting; did you mean "services"\?$/),
    ]);
  });
  test('a missing setting is found at its parent', () => {
    expect(issuesIn(written({ traffic: '{visit: {entry: web.get}}' }))).toEqual([
      '1:11 missing traffic.visit has no arrivals; write arrivals',
    ]);
    expect(issuesIn('services: {web: {operations: {get: []}}}\n')).toEqual([
      '1:1 missing the scenario has no traffic; write traffic',
    ]);
  });
  test('a key without a value is not taken for its default', () => {
    expect(issuesIn(written({ faults: '', seed: '~' }))).toEqual([
      expect.stringMatching(/^3:1 missing faults has no value/),
      expect.stringMatching(/^4:7 missing seed has no value/),
    ]);
  });
  test('wrong kinds are found at the value', () => {
    expect(issuesIn(written({ run: '[1]' }))[0]).toMatch(/^3:6 type run must be a mapping, got a list/);
    expect(issuesIn(written({ faults: '{}' }))[0]).toMatch(/^3:9 type faults must be a list, got a mapping/);
    expect(issuesIn(written({ seed: '[1]' }))[0]).toMatch(/^3:7 type seed must be a number or text, got a list/);
    expect(issuesIn(platform('wakeOnRequest: yes'))[0]).toMatch(/must be true or false.*; write true/);
  });
  test('three mistakes are reported in one go, in file order', () => {
    const text = written({ load: '-1', run: '{warmup: 5}', platforms: '{p: {defaults: {pick: first}}}' });
    expect(issuesIn(text).map((line) => line.split(' ')[0])).toEqual(['3:7', '4:15', '5:34']);
  });
});

describe('references', () => {
  test('an unknown service, operation, database, platform: the nearest is suggested', () => {
    expect(issuesIn(written({ traffic: '{v: {entry: wep.get, arrivals: {none: {}}}}' }))).toEqual([
      '1:22 reference traffic.v.entry names no service: "wep.get"; did you mean "web.get"?',
    ]);
    expect(issuesIn(written({ traffic: '{v: {entry: web.got, arrivals: {none: {}}}}' }))).toEqual([
      '1:22 reference traffic.v.entry names no operation of that service: "web.got"; did you mean "web.get"?',
    ]);
    expect(issuesIn(`${withSteps('[{query: mian}]')}databases: {main: {}}\n`)).toEqual([
      '2:45 reference services.web.operations.get[0].query names no database: "mian"; did you mean "main"?',
    ]);
    expect(issuesIn(written({ platforms: '{p: {services: {wep: {}}}}' }))[0]).toMatch(
      /reference .* did you mean "web"/,
    );
    expect(issuesIn(written({ platforms: '{p: {databases: {db: {}}}}' }))[0]).toMatch(/reference .* names no database/);
  });
  test('a name with dots is resolved at whichever dot fits', () => {
    const scenario = checkedScenario(
      'services: {a.b: {operations: {c.d: []}}}\ntraffic: {v: {entry: a.b.c.d, arrivals: {none: {}}}}\n',
    );
    expect(scenario.traffic[0]!.entries[0]!.target).toEqual({ service: 'a.b', operation: 'c.d' });
  });
  test('faults: unknown service, after the end, negative length', () => {
    const faults = '[{at: 1m, crash: wob}, {at: 2h, crash: web}, {at: 1m, for: -1s, slow: web, factor: 2}]';
    expect(issuesIn(written({ run: '{duration: 1h}', faults }))).toEqual([
      '4:26 reference faults[0].crash names no service: "wob"; did you mean "web"?',
      '4:37 range faults[1].at must be before the end of the run, got 2h; warm-up and duration end at 1h',
      '4:68 range faults[2].for must be a duration of at least 0s, got -1s; allowed: 0s to 104249d',
    ]);
    expect(issuesIn(written({ faults: '[{crash: web}]' }))[0]).toMatch(/missing faults\[0\] has neither at nor mtbf/);
    expect(issuesIn(written({ faults: '[{at: 1m, loose: web}]' }))[0]).toMatch(/unknown-key faults\[0\]/);
  });
});

describe('circles of calls', () => {
  const two = (a: string, b: string) =>
    `services: {a: {operations: {x: ${a}}}, b: {operations: {y: ${b}}}}\n` +
    'traffic: {v: {entry: a.x, arrivals: {none: {}}}}\n';
  test('a certain circle is printed whole', () => {
    expect(issuesIn(two('[{call: b.y}]', '[{call: a.x}]'))).toEqual([
      expect.stringMatching(/^1:77 cycle .*: a\.x -> b\.y -> a\.x; /),
    ]);
  });
  test.each([
    ['optional', '[{call: {to: a.x, optional: true}}]'],
    ['inside parallel', '[{parallel: [{cpu: 1ms}, [{call: a.x}]]}]'],
    ['inside repeat', '[{repeat: {times: 2, do: [{call: a.x}]}}]'],
    ['a choice of 100%', '[{choose: [{chance: 100%, do: [{call: a.x}]}]}]'],
    ['messages without end', '[{send: a.x}]'],
  ])('it stays a circle when the call is %s', (_, back) => {
    expect(issuesIn(two('[{call: b.y}]', back)).filter((line) => line.includes(' cycle '))).toHaveLength(1);
  });
  test.each([
    ['by a choice below 100%', '[{choose: [{chance: 99%, do: [{call: a.x}]}]}]'],
    ['repeated no times', '[{repeat: {times: 0, do: [{call: a.x}]}}]'],
  ])('it is legal %s', (_, back) => {
    expect(issuesIn(two('[{call: b.y}]', back))).toEqual([]);
  });
  test('an operation that calls itself is the smallest circle', () => {
    expect(issuesIn(withSteps('[{call: web.get}]'))[0]).toMatch(/cycle .* web\.get -> web\.get/);
  });
  test('a chain of five thousand calls is no circle and no overflow', () => {
    const operations = Array.from({ length: 5_000 }, (_, i) => `      o${i}: [{call: s.o${i + 1}}]\n`).join('');
    const visit = 'traffic: {v: {entry: s.o0, arrivals: {none: {}}}}';
    const text = `services:\n  s:\n    operations:\n${operations}      o5000: []\n${visit}\n`;
    expect(issuesIn(text)).toEqual([]);
  });
});

describe('sums and limits', () => {
  test('chances above 100% show their sum', () => {
    const steps = '[{choose: [{chance: 80%, do: []}, {chance: 0.5, do: []}]}]';
    expect(issuesIn(withSteps(steps))[0]).toMatch(/conflict .* has chances that sum to 130%/);
  });
  test.each(['5..2', '-1', '0', '1.5', 'many'])('replicas %s is refused in its own words', (replicas) => {
    expect(issuesIn(platform(`replicas: ${replicas}`))).toHaveLength(1);
  });
  test('a range from 0 is a range', () => {
    expect(checkedScenario(platform('replicas: 0..4')).platforms[0]!.defaults.replicas).toEqual({ min: 0, max: 4 });
  });
  test.each(['concurrency: 0', 'cpu: 0', 'cpu: 0m', 'memory: 0MB', 'maxInstances: 0', 'pool: 0'])(
    'no capacity: %s',
    (setting) => {
      expect(issuesIn(platform(setting))).toEqual([expect.stringMatching(/ range platforms\.p\.defaults\./)]);
    },
  );
  test('a database without connections is refused', () => {
    expect(issuesIn(written({ databases: '{db: {connections: 0}}' }))[0]).toMatch(/ range .*at least 1, got 0/);
  });
  test.each([
    ['poisson: 1e308/s', /expect over 1e308 visitors; at most 10000000000 are allowed/],
    ['poisson: 1e12/s', /3600000000000000 visitors; at most 10000000000/],
    ['constant: 1e12/s', /at most 10000000000/],
    ['renewal: 0s', /mean gap must be positive/],
    ['batch: {every: 0s, size: 3}', /mean gap must be positive/],
    ['batch: {every: 1s, size: 0}', /at least 1/],
    ['closed: {users: 0, think: 1s}', /at least 1/],
    ['poisson: {profile: [[1m, 1/s], [0m, 1/s]]}', /before the point above/],
    ['poisson: {rate: 1/s, profile: [[1m, 1/s]]}', /only one of them/],
    ['bursty: {states: []}', /at least 1/],
  ])('arrivals {%s} cannot be run', (arrivals, expected) => {
    expect(
      issuesIn(written({ run: '{duration: 1h}', traffic: `{v: {entry: web.get, arrivals: {${arrivals}}}}` })),
    ).toEqual([expect.stringMatching(expected)]);
  });
  test.each([
    ['replications: 0', 'replications: 1'],
    ['replications: -1', 'replications: 100000'],
    ['replications: 1e9', 'replications: 1e3'],
    ['replications: 2.5', 'replications: 20'],
    ['confidence: 0%', 'confidence: 90%'],
    ['confidence: 100%', 'confidence: 0.99'],
    ['confidence: 95', 'confidence: 95%'],
    ['duration: 0s', 'duration: 1us'],
    ['{duration: 100001s, window: 1s}', '{duration: 100000s, window: 1s}'],
    ['represents: 731h', 'represents: 17h'],
    ['starts: 25:00', 'starts: 23:59'],
    ['starts: Frx 12:00', 'starts: Friday 12:00'],
  ])('run %s is refused, %s is not', (wrong, right) => {
    const braced = (text: string) => written({ run: text.startsWith('{') ? text : `{${text}}` });
    expect(issuesIn(braced(wrong))).toHaveLength(1);
    expect(issuesIn(braced(right))).toEqual([]);
  });
});

describe('distributions', () => {
  test.each([
    ['pareto: {mean: 1ms, alpha: 1}', /above 1, got 1/],
    ['weibull: {mean: 1ms, shape: 0}', /above 0, got 0/],
    ['hyperexponential: {mean: 1ms, cv: 0.9}', /above 1, got 0.9/],
    ['uniform: [30ms, 10ms]', /write \[10ms, 30ms\]/],
    ['quantiles: {0%: 5ms, 50%: 3ms, 100%: 9ms}', /must rise/],
    ['quantiles: {50%: 3ms, 99%: 9ms}', /begin at 0% and end at 100%/],
    ['lognormal: {p50: 9ms, p99: 3ms}', /at least p50/],
    ['lognormal: {mean: 9ms, sigma: 1}', /sigma is not a known setting/],
    ['gamma: {mean: 9ms, cv: -1}', /at least 0, got -1/],
    ['normal: {mean: 9ms, sd: .inf}', /must be a finite number/],
    ['exponential: 3', /write 3s or 3ms/],
    ['exponentail: 3ms', /did you mean "exponential"/],
  ])('{%s} is refused with its condition', (text, expected) => {
    const found = issuesIn(withSteps(`[{cpu: {${text}}}]`));
    expect(found.join('\n')).toMatch(expected);
  });
  test('a distribution with mean 0 is the constant 0', () => {
    const scenario = checkedScenario(withSteps('[{cpu: {exponential: 0ms}}, {wait: 0s}]'));
    expect(scenario.services[0]!.operations[0]!.steps).toEqual([
      { kind: 'cpu', work: { kind: 'constant', value: 0 } },
      { kind: 'wait', time: { kind: 'constant', value: 0 } },
    ]);
  });
});

describe('every number refuses what is not finite', () => {
  test.each([
    ['load', (x: string) => written({ load: x })],
    ['run.warmup', (x: string) => written({ run: `{warmup: ${x}}` })],
    ['run.rest', (x: string) => written({ run: `{rest: ${x}}` })],
    ['rate', (x: string) => written({ traffic: `{v: {entry: web.get, arrivals: {constant: ${x}}}}` })],
    ['cpu', (x: string) => platform(`cpu: ${x}`)],
    ['memory', (x: string) => platform(`memory: ${x}`)],
    ['concurrency', (x: string) => platform(`concurrency: ${x}`)],
    ['replicas', (x: string) => platform(`replicas: ${x}`)],
  ])('%s', (_, text) => {
    for (const x of ['.nan', '.inf', '-.inf']) expect(issuesIn(text(x))[0]).toMatch(/must be a finite number, got/);
  });
});

describe('names', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', '../x', 'a/b', "a,'b", 'no', '1e3'])(
    'the name %s is a name like any other',
    (name) => {
      const key = JSON.stringify(name);
      const text = `services: {${key}: {operations: {${key}: [{cpu: 1ms}]}}}
traffic: {${key}: {entry: ${JSON.stringify(`${name}.${name}`)}, arrivals: {poisson: 1/s}}}
platforms: {${key}: {preset: fixed, services: {${key}: {replicas: 2}}}}\n`;
      const scenario = checkedScenario(text);
      expect(scenario.services[0]).toMatchObject({ name, operations: [{ name }] });
      expect(scenario.traffic[0]).toMatchObject({ name, entries: [{ target: { service: name, operation: name } }] });
      expect(scenario.platforms[0]).toMatchObject({ name, services: [{ name, replicas: { min: 2, max: 2 } }] });
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
  test.each([
    ['""', /empty name/],
    [`"${'x'.repeat(10_000)}"`, /10000 characters; at most 200/],
    ['"a\\nb"', /control characters/],
    ['"a\\tb"', /control characters/],
  ])('a name that is none is refused: %s', (name, expected) => {
    const found = issuesIn(written({ platforms: `{${name}: {preset: fixed}}` }));
    expect(found).toEqual([expect.stringMatching(expected)]);
    expect(found[0]!.length).toBeLessThan(300);
  });
  test('__proto__ as a setting is an unknown key', () => {
    expect(issuesIn(platform('__proto__: 1'))[0]).toMatch(/unknown-key .*__proto__ is not a known setting/);
  });
});

describe('the seed', () => {
  test.each(['-1', '1.5', 'monday', '0x10', '1e3', `"${'s'.repeat(10_000)}"`])('%s is kept as written', (seed) => {
    expect(checkedScenario(written({ seed })).seed).toBe(seed.replaceAll('"', ''));
  });
  test('an empty one is refused; none at all is 1', () => {
    expect(issuesIn(written({ seed: '""' }))[0]).toMatch(/seed must not be empty/);
    expect(checkedScenario(written()).seed).toBe('1');
  });
  test.each(['.nan', '.inf', '-.inf'])("%s, YAML's own, is no number", (seed) => {
    expect(issuesIn(written({ seed }))[0]).toMatch(/seed must be a finite number.*any number or text/);
  });
});

test('a scenario survives a copy to a worker', () => {
  const checked = parseScenario(written(), 's.yaml');
  expect(structuredClone(checked)).toEqual(checked);
});

/**
 * One thing changed in a scenario that is otherwise right: every row is refused before anything is simulated, at the place of
 * the mistake, with what was found and how to put it right. In process, through the same two stages as the commands;
 * exit codes and files are `mistakes.test.ts`.
 */
import { expect, test } from 'vitest';
import { compileModel } from '../../src/model/compile.js';
import type { ScenarioFiles } from '../../src/scenario/files.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { printIssue } from '../../src/units/issue.js';

const right = `name: right
run: {warmup: 1s, duration: 10s, replications: 2}
traffic:
  all: {entry: server.work, arrivals: {poisson: 8/s}, timeout: 5s}
services:
  server: {cpu: 1, concurrency: 10, operations: {work: [{cpu: {exponential: 10ms}}]}}
platforms: {bench: {preset: fixed, defaults: {replicas: 1}}}
`;
const fault = (words: string): string => `${right}faults:\n  - ${words}\n`;
const steps = (words: string): string => right.replace('[{cpu: {exponential: 10ms}}]', words);
const work = (words: string): string => right.replace('{exponential: 10ms}', words);
const arrivals = (words: string): string => right.replace('{poisson: 8/s}', words);
const bench = (words: string): string => right.replace('preset: fixed, defaults: {replicas: 1}', words);
const replicas = (words: string): string => right.replace('replicas: 1', `replicas: ${words}`);
const run = (words: string): string => right.replace('replications: 2', words);
const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]']
  .concat([...'bcdefgh'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[i]}`).join(',')}]`))
  .join('\n');

/** What the scenario is refused with, a line each; empty when it is accepted. */
function refusals(text: string, files: Readonly<Record<string, string>> = {}): string[] {
  const reader: ScenarioFiles = {
    read: (path) =>
      Object.hasOwn(files, path) ? { ok: true, text: files[path]!, file: path } : { ok: false, why: 'missing' },
  };
  const parsed = parseScenario(text, 's.yaml', reader);
  if (!parsed.ok) return parsed.issues.map(printIssue);
  const compiled = compileModel(parsed.value);
  return compiled.ok ? [] : compiled.issues.map(printIssue);
}

test('the scenario that all rows change is right', () => {
  expect(refusals(right)).toEqual([]);
});

const rows: readonly (readonly [string, string, RegExp])[] = [
  ['an empty file', '', /1:1.*empty.*traffic.*services/],
  ['a list at the top', '- a\n', /1:1.*a scenario is a mapping, got a list/],
  ['a tab for indentation', right.replace('  all:', '\tall:'), /4:1.*YAML indents with spaces/],
  ['a service written twice', right.replace('platforms:', '  server: {}\nplatforms:'), /7:3.*6:3/],
  ['an alias bomb', `${bomb}\n${right}`, /alias expansion limit/],
  ['a node that contains itself', `a: &a [*a]\n${right}`, /contains itself/],
  ['100,000 brackets', `a: ${'['.repeat(100_000)}\n`, /nests deeper/],
  ['a second document', `${right}---\nname: b\n`, /8:1.*one scenario per file/],
  ['minutes and seconds with a colon', right.replace('5s', '1:30'), /1:30.*write 90s/],
  ['a bare number for a duration', right.replace('5s', '5'), /4:64.*write 5s or 5ms/],
  ['a negative duration', right.replace('5s', '-5s'), /-5s.*allowed/],
  ['a negative rate', right.replace('8/s', '-8/s'), /-8\/s.*allowed/],
  ['a key one letter off', right.replace('replicas', 'replica'), /7:47.*did you mean .*replicas/],
  ['an operation that is not there', right.replace('server.work, arr', 'server.wark, arr'), /4:16.*server\.work/],
  ['a circle of calls', steps('[{call: server.b}], b: [{call: server.work}]'), /server\.work -> server\.b -> server/],
  ['chances of 130%', steps('[{choose: [{chance: 70%, do: []}, {chance: 60%, do: []}]}]'), /130%/],
  ['a preset misspelt', bench('preset: lamda'), /lamda.*did you mean .*lambda.*known/],
  ['a region without prices', bench('preset: lambda, region: mars-1'), /mars-1.*known: us-east-1/],
  ['a node type nobody sells', bench('preset: eks, nodes: {type: m9z.large, count: 2}'), /m9z\.large/],
  ['a reversed range', replicas('5..2'), /5\.\.2.*write 2\.\.5/],
  ['fewer than no replicas', replicas('-1'), /-1/],
  ['a fixed zero of replicas', replicas('0'), /at least 1, got 0/],
  ['a fault on nobody', fault('{at: 2s, crash: servr}'), /9:21.*did you mean .*server/],
  ['a fault after the end', fault('{at: 2h, crash: server}'), /2h.*11s/],
  ['a fault that lasts less than nothing', fault('{at: 2s, for: -1s, slow: server, factor: 2}'), /-1s/],
  ['an empty name', right.replace('server: {', '"": {'), /empty name/],
  ['infinite concurrency in digits', right.replace('concurrency: 10', 'concurrency: .inf'), /finite number, got \.inf/],
  ['more visitors than can be counted', right.replace('8/s', '1e12/s'), /expect .* visitors; at most/],
  ['gaps of nothing', arrivals('{renewal: 0s}'), /mean gap must be positive/],
  ['groups without a gap', arrivals('{batch: {every: 0s, size: 3}}'), /mean gap must be positive/],
  ['no slots', right.replace('concurrency: 10', 'concurrency: 0'), /at least 1, got 0/],
  ['no CPU', right.replace('cpu: 1,', 'cpu: 0,'), /above 0/],
  ['no memory', replicas('1, memory: 0MB'), /above 0/],
  ['no environments at all', bench('preset: faas, defaults: {maxInstances: 0}'), /at least 1, got 0/],
  ['a tail without a mean', work('{pareto: {mean: 10ms, alpha: 1}}'), /above 1, got 1/],
  ['a shape of zero', work('{weibull: {mean: 10ms, shape: 0}}'), /above 0, got 0/],
  ['too little spread for two phases', work('{hyperexponential: {mean: 10ms, cv: 0.5}}'), /above 1, got 0\.5/],
  ['a range from large to small', work('{uniform: [30ms, 10ms]}'), /smaller to the larger/],
  ['quantiles that fall', work('{quantiles: {0%: 9ms, 50%: 3ms, 100%: 20ms}}'), /must rise/],
  ['an empty seed', `seed: ""\n${right}`, /1:7.*must not be empty/],
  ['no replications', run('replications: 0'), /at least 1.*got 0/],
  ['a billion replications', run('replications: 1e9'), /at most 100000, got 1e9/],
  ['certainty', run('replications: 2, confidence: 100%'), /below 100%, got 100%/],
  ['confidence without its sign', run('replications: 2, confidence: 95'), /write 95%/],
  ['a trace that is not there', arrivals('{trace: none.csv}'), /4:\d+.*does not exist.*none\.csv/],
];

test.each(rows)('%s is refused at its place', (_what, text, wanted) => {
  const lines = refusals(text);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join('\n')).toMatch(wanted);
  for (const line of lines) expect(line).toMatch(/^[\w.]+:\d+:\d+ /);
});

test('a trace without rows, and one with text for numbers, are refused with their own line', () => {
  const traced = arrivals('{trace: {file: t.csv, format: timestamps}}');
  expect(refusals(traced, { 't.csv': 't_s\n' }).join()).toMatch(/t\.csv:1:1.*no rows/);
  expect(refusals(traced, { 't.csv': 't_s\n1\nabc\nxyz\n' }).join()).toMatch(/t\.csv:3:1.*abc.*1 more row/);
});

test('names that mean something to the language are names like any other', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'no', '1e3'])
    expect(refusals(right.replaceAll('server', name).replace('bench', name)), name).toEqual([]);
  expect(({} as { entry?: unknown }).entry).toBeUndefined();
});

/** What the words of a command line become: a call, help, or every mistake at once with the nearest name. */
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';
import { laterCommands, laterFlags } from '../../src/cli/flags.js';

const read = (...words: readonly string[]) => readCommandLine(words, commands, '1.2.3');
function mistakesOf(...words: readonly string[]): readonly string[] {
  const reading = read(...words);
  return reading.kind === 'mistakes' ? reading.messages : [`read as ${reading.kind}`];
}
function callOf(...words: readonly string[]) {
  const reading = read(...words);
  if (reading.kind !== 'call') throw new Error(JSON.stringify(reading));
  return reading;
}

test('texts stay texts: no number is read, shortened or turned round', () => {
  const { call } = callOf('run', 'a.yaml', '--seed', '007', '-n', '1e9', '--workers', '0x10');
  expect(call.operands).toEqual(['a.yaml']);
  expect(['seed', 'replications', 'workers'].map((name) => call.flags.text(name as 'seed'))).toEqual([
    '007',
    '1e9',
    '0x10',
  ]);
});

test('a negative number is a value, not a flag', () => {
  const { call } = callOf('run', 'a.yaml', '--replications', '-3');
  expect(call.flags.text('replications')).toBe('-3');
});

test('--set and --threshold may be repeated and keep their order and their dots', () => {
  const { call } = callOf(
    'run',
    'a.yaml',
    '--set',
    'run.duration=5m',
    '--set=services.a b.cpu=2',
    '--threshold',
    'latency_p99 < 1s',
  );
  expect(call.flags.list('set')).toEqual(['run.duration=5m', 'services.a b.cpu=2']);
  expect(call.flags.list('threshold')).toEqual(['latency_p99 < 1s']);
});

test('any other flag given twice is a mistake, never last-one-wins', () => {
  expect(mistakesOf('run', 'a.yaml', '--seed', '1', '--seed', '2')).toEqual(['--seed is given 2 times; once is meant']);
});

test('no command, an unknown one and one of a later version are told apart', () => {
  expect(mistakesOf()).toEqual(['no command was given']);
  expect(mistakesOf('comprae', 'a.yaml')).toEqual(['unknown command "comprae"; did you mean "compare"?']);
  for (const later of laterCommands)
    expect(mistakesOf(later, 'a.yaml')).toEqual([`the command "${later}" is not supported yet`]);
});

test('an unknown flag names the nearest, one of a later version says so, and all are told at once', () => {
  expect(mistakesOf('run', 'a.yaml', '--replicatoins', '3')).toEqual([
    'unknown flag --replicatoins; did you mean --replications?',
  ]);
  for (const later of laterFlags)
    expect(mistakesOf('run', 'a.yaml', `--${later}`, '--zzzzzzzzz')).toEqual([
      `--${later} is not supported yet`,
      'unknown flag --zzzzzzzzz',
    ]);
  expect(mistakesOf('validate', 'a.yaml', '--workers', '3')).toEqual([
    'unknown flag --workers; "validate" does not take it',
  ]);
});

test('a missing value, a missing file and a word too many are mistakes', () => {
  expect(mistakesOf('run', 'a.yaml', '--seed')).toEqual(['--seed needs a value']);
  expect(mistakesOf('run')).toEqual(['"run" needs <file>']);
  expect(mistakesOf('run', 'a.yaml', 'b.yaml')).toEqual(['"run" takes <file>, not also "b.yaml"']);
});

test('a word that a flag does not know is refused with those it knows', () => {
  expect(mistakesOf('run', 'a.yaml', '--format', 'xml')).toEqual([
    '--format "xml" is none of table, json, ndjson, csv, markdown, junit',
  ]);
  expect(mistakesOf('breakeven', 'a.yaml', '--report', 'junit')).toEqual([
    '--report "junit" is none of html, csv, json, parquet, png, svg, md, none',
  ]);
  expect(mistakesOf('run', 'a.yaml', '--quiet=3')).toEqual(['--quiet takes no value']);
});

test('every command shows its flags and an EXAMPLES block, in 100 columns', () => {
  for (const { name } of commands) {
    const reading = read(name, '--help');
    expect(reading.kind).toBe('text');
    const text = reading.kind === 'text' ? reading.text : '';
    expect(text).toContain('EXAMPLES');
    expect(text).toContain('FLAGS');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  }
});

test('the command line is kept as one would type it', () => {
  const { call } = callOf('run', 'a b.yaml', '--threshold', "it's < 1s");
  expect(call.commandLine).toBe(`windtunnel run 'a b.yaml' --threshold 'it'\\''s < 1s'`);
});

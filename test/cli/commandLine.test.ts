/** What the words of a command line become: a call, help, or every mistake at once with the nearest name. */
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';

const read = (...words: readonly string[]) => readCommandLine(words, commands, '1.2.3');
async function mistakesOf(...words: readonly string[]): Promise<readonly string[]> {
  const reading = await read(...words);
  return reading.kind === 'mistakes' ? reading.messages : [`read as ${reading.kind}`];
}
async function callOf(...words: readonly string[]) {
  const reading = await read(...words);
  if (reading.kind !== 'call') throw new Error(JSON.stringify(reading));
  return reading;
}

test('texts stay texts: no number is read, shortened or turned round', async () => {
  const { call } = await callOf('run', 'a.yaml', '--seed', '007', '-n', '1e9', '--workers', '0x10');
  expect(call.operands).toEqual(['a.yaml']);
  expect(['seed', 'replications', 'workers'].map((name) => call.flags.text(name as 'seed'))).toEqual([
    '007',
    '1e9',
    '0x10',
  ]);
});

test('a negative number is a value, not a flag', async () => {
  const { call } = await callOf('run', 'a.yaml', '--replications', '-3');
  expect(call.flags.text('replications')).toBe('-3');
});

test('--set and --threshold may be repeated and keep their order and their dots', async () => {
  const { call } = await callOf(
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

test('any other flag given twice is a mistake, never last-one-wins', async () => {
  expect(await mistakesOf('run', 'a.yaml', '--seed', '1', '--seed', '2')).toEqual([
    '--seed is given 2 times; once is meant',
  ]);
});

test('no command, an unknown one and one of a later version are told apart', async () => {
  expect(await mistakesOf()).toEqual(['no command was given']);
  expect(await mistakesOf('comprae', 'a.yaml')).toEqual(['unknown command "comprae"; did you mean "compare"?']);
  expect(await mistakesOf('sweep', 'a.yaml')).toEqual(['the command "sweep" is not supported yet']);
});

test('an unknown flag names the nearest, one of a later version says so, and all are told at once', async () => {
  expect(await mistakesOf('run', 'a.yaml', '--replicatoins', '3')).toEqual([
    'unknown flag --replicatoins; did you mean --replications?',
  ]);
  expect(await mistakesOf('run', 'a.yaml', '--watch', '--zzzzzzzzz')).toEqual([
    '--watch is not supported yet',
    'unknown flag --zzzzzzzzz',
  ]);
  expect(await mistakesOf('validate', 'a.yaml', '--workers', '3')).toEqual([
    'unknown flag --workers; "validate" does not take it',
  ]);
});

test('a missing value, a missing file and a word too many are mistakes', async () => {
  expect(await mistakesOf('run', 'a.yaml', '--seed')).toEqual(['--seed needs a value']);
  expect(await mistakesOf('run')).toEqual(['"run" needs <file>']);
  expect(await mistakesOf('run', 'a.yaml', 'b.yaml')).toEqual(['"run" takes <file>, not also "b.yaml"']);
});

test('a word that a flag does not know is refused with those it knows', async () => {
  expect(await mistakesOf('run', 'a.yaml', '--format', 'xml')).toEqual([
    '--format "xml" is none of table, json, csv, markdown',
  ]);
  expect(await mistakesOf('run', 'a.yaml', '--format', 'ndjson')).toEqual(['--format ndjson is not supported yet']);
  expect(await mistakesOf('run', 'a.yaml', '--report', 'html,parquet')).toEqual([
    '--report parquet is not supported yet',
  ]);
  expect(await mistakesOf('run', 'a.yaml', '--quiet=3')).toEqual(['--quiet takes no value']);
});

test('every command shows its flags and an EXAMPLES block, in 100 columns', async () => {
  for (const { name } of commands) {
    const reading = await read(name, '--help');
    expect(reading.kind).toBe('text');
    const text = reading.kind === 'text' ? reading.text : '';
    expect(text).toContain('EXAMPLES');
    expect(text).toContain('FLAGS');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  }
});

test('the command line is kept as one would type it', async () => {
  const { call } = await callOf('run', 'a b.yaml', '--threshold', "it's < 1s");
  expect(call.commandLine).toBe(`windtunnel run 'a b.yaml' --threshold 'it'\\''s < 1s'`);
});

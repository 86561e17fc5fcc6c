/**
 * The form of a file, as far as a machine can judge it: it begins by saying what it is, it is not too long, its name
 * says something, and it does not ask a machine for what only `host` and `cli` may.
 */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { bareCode, placesOf, sourcesBelow } from './sources.js';

const sources = sourcesBelow('src');
const tests = sourcesBelow('test');
const doesNotTouchTheMachine = sources.filter(({ room }) => room !== 'host' && room !== 'cli');

test('every file of the product and every test begins with a comment that says what it is', () => {
  const bad = [...sources, ...tests].filter(({ text }) => !/^(#!.*\n)?(\/\*\*[\s\S]|\/\/ )/.test(text));
  expect(bad.map(({ path }) => `${path}:1: does not begin with a comment`)).toEqual([]);
});

test('no file of the product is longer than 400 lines, and none of its lines longer than 120 characters', () => {
  const tooLong = sources.flatMap(({ path, text }) => {
    const lines = text.split('\n');
    const wide = lines.flatMap((line, i) => (line.length > 120 ? [`${path}:${i + 1}: ${line.length} characters`] : []));
    return lines.length > 401 ? [`${path}:401: ${lines.length - 1} lines`, ...wide] : wide;
  });
  const growing = sources.filter(({ text }) => text.split('\n').length > 301);
  if (growing.length > 0) console.warn(`Over 300 lines, look for the missing noun: ${growing.map((f) => f.path)}`);
  expect(tooLong).toEqual([]);
});

test('no file or folder has a name that says nothing', () => {
  const empty = /^(utils?|helpers?|common|misc|shared|lib|core|base|manager|index)$/i;
  const bad = [...sources, ...tests].filter(({ path }) =>
    path.split('/').some((part) => empty.test(basename(part, '.ts'))),
  );
  expect(bad.map(({ path }) => path)).toEqual([]);
});

test('outside host and cli nothing asks the machine for chance, time, a process, a timer or a locale', () => {
  const banned =
    /\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bperformance\.now\b|\bprocess\.|\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b|\.toLocale\w+\(|\bIntl\.|\blocaleCompare\b/;
  expect(
    doesNotTouchTheMachine.flatMap((file) => placesOf(banned, file, (found) => `${found} is banned here`)),
  ).toEqual([]);
});

test('exports have names, and nothing is typed any', () => {
  const banned = /\bexport default\b|(?<=[:<,|&(]\s*)\bany\b(?=\s*[[\]>,;)=|&{])|\bas any\b/;
  expect(sources.flatMap((file) => placesOf(banned, file, (found) => `${found} is banned`))).toEqual([]);
});

test('policies are picked by table: none of them switches on a kind', () => {
  const policyRooms = ['workload', 'balancing', 'autoscaling', 'healing', 'rollout', 'random'];
  const files = sources.filter(({ room, path }) => policyRooms.includes(room) && !path.endsWith('/registry.ts'));
  expect(
    files.flatMap((file) => placesOf(/\bswitch \([\w.]*\bkind\)/, file, (found) => `${found}: use the registry`)),
  ).toEqual([]);
});

test('no price passes through a binary float', () => {
  const files = sources.filter(({ room }) => room === 'billing');
  const float = /\b(parseFloat|Number)\((?=[^)]*(usd|price|amount|money)[^)]*\))/i;
  expect(files.flatMap((file) => placesOf(float, file, (found) => `${found}…) makes a binary float of money`))).toEqual(
    [],
  );
});

test('nothing is left for later without saying so to the user', () => {
  const later = /\b(TODO|FIXME|XXX|HACK|not implemented|placeholder)\b/i;
  const places = [...sources, ...tests]
    .filter(({ path }) => path !== 'test/house/form.test.ts')
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => (later.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
    );
  expect(places).toEqual([]);
});

test('bare code is what is left without comments, strings and template text', () => {
  const code = bareCode(
    ['a(); // process.exit\n', "const b = 'Date.now' + `x $", '{c} process.`; /* new Date */ d();'].join(''),
  );
  expect(code).toContain('a();');
  expect(code).toContain('c');
  expect(code).toContain('d();');
  expect(code).not.toMatch(/process|Date/);
});

test('a file that says which test checks it names one that is there', () => {
  const wrong = [...sources, ...tests].flatMap(({ path, text }) =>
    [...text.matchAll(/\btest\/[\w/-]+\.test\.ts\b/g)]
      .filter(([named]) => !existsSync(named))
      .map(([named]) => `${path}: ${named} is not there`),
  );
  expect(wrong).toEqual([]);
});

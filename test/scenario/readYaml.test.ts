/** Damaged, hostile and surprising YAML: each refused at its place, or read as what was typed. */
import { expect, test } from 'vitest';
import { readYaml } from '../../src/scenario/readYaml.js';
import { checkedScenario, issuesIn, written } from './written.js';

test('an empty file says so and which sections are needed', () => {
  for (const text of ['', '\n\n', '\uFEFF', '# only a comment\n'])
    expect(issuesIn(text)).toEqual(['1:1 syntax the file is empty; a scenario needs traffic and services']);
});

test('a list or a scalar at the top is no scenario', () => {
  expect(issuesIn('- a\n')[0]).toMatch(/^1:1 syntax a scenario is a mapping, got a list/);
  expect(issuesIn('hello')[0]).toMatch(/^1:1 syntax a scenario is a mapping, got text/);
});

test('a tab for indentation is found at its line', () => {
  expect(issuesIn('run:\n  warmup: 1s\n\tduration: 2s\n')[0]).toMatch(/^3:1 syntax .*tab.*; YAML indents with spaces/);
});

test('a key written twice names both places', () => {
  const text = `${written()}run: {}\nload: 1\nrun: {warmup: 1s}\n`;
  expect(issuesIn(text)).toEqual(['5:1 duplicate-key run is written twice, first at s.yaml:3:1; keep one of them']);
});

test('an alias bomb ends at the limit', () => {
  let bomb = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
  for (let i = 1; i < 9; i++)
    bomb += `a${i}: &a${i} [${Array(10)
      .fill(`*a${i - 1}`)
      .join(', ')}]\n`;
  expect(issuesIn(bomb)[0]).toMatch(/alias expansion limit/);
});

test('a node that contains itself is refused', () => {
  expect(issuesIn('a: &a [*a]\n')[0]).toMatch(/^1:8 syntax .*contains itself/);
});

test('depth is limited before anything recurses', () => {
  for (const open of ['[', '{a: ', '- ', '? '])
    expect(issuesIn(open.repeat(100_000))[0]).toMatch(/nests deeper than 100 levels/);
  let stairs = '';
  for (let level = 0; level < 300; level++) stairs += `${' '.repeat(level)}a:\n`;
  expect(issuesIn(stairs)[0]).toMatch(/nests deeper than 100 levels/);
});

test('brackets inside text are not depth', () => {
  expect(issuesIn(written({ description: `"${'['.repeat(500)}"` }))).toEqual([]);
});

test('a byte order mark and CRLF change nothing, not even the places', () => {
  const plain = written({ run: '{warmup: 5}' });
  const windows = `\uFEFF${plain.replaceAll('\n', '\r\n')}`;
  expect(issuesIn(windows)).toEqual(issuesIn(plain));
  const clean = written();
  const { positions: _, source: __, ...scenario } = checkedScenario(`\uFEFF${clean.replaceAll('\n', '\r\n')}`);
  expect(checkedScenario(clean)).toMatchObject(scenario);
});

test('UTF-16 read as UTF-8 is named for what it is', () => {
  const utf16 = `\uFFFD\uFFFD${[...written()].join('\u0000')}`;
  expect(issuesIn(utf16)).toEqual(['1:1 syntax the file is not UTF-8; save it as UTF-8 and try again']);
});

test('a second document is refused at its line', () => {
  expect(issuesIn(`${written()}---\n${written()}`)[0]).toMatch(/^3:1 syntax .*; one scenario per file/);
});

test('names and texts stay as typed: no, on, 1e3, 1:30, null as a key', () => {
  const { tree } = readYaml('no: {on: 1:30, y: 1e3, null: 0x10}', 's.yaml');
  const no = tree?.kind === 'map' ? tree.entries[0] : undefined;
  expect(no?.name).toBe('no');
  const inner = no?.value.kind === 'map' ? no.value.entries : [];
  expect(inner.map(({ name, value }) => [name, value.kind === 'text' && value.text])).toEqual([
    ['on', '1:30'],
    ['y', '1e3'],
    ['null', '0x10'],
  ]);
});

test('tags, merge keys and unknown aliases are refused, not ignored', () => {
  expect(issuesIn(written({ load: '!!int 2' }))[0]).toMatch(/3:7 syntax a tag/);
  expect(issuesIn(written({ run: '{<<: {warmup: 1s}}' }))[0]).toMatch(/merge keys/);
  expect(issuesIn(written({ run: '*other' }))[0]).toMatch(/names no anchor/);
});

test('an anchor and its alias may be used to say something once', () => {
  const text = `services: {web: {operations: {get: &same [{cpu: 1ms}], list: *same}}}\ntraffic: {v: {entry: web.list, arrivals: {none: {}}}}\n`;
  const { operations } = checkedScenario(text).services[0]!;
  expect(operations[1]!.steps).toEqual(operations[0]!.steps);
});

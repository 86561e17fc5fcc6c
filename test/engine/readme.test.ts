/**
 * The engine's map is complete: what there is in the code stands in `src/engine/README.md`, so that no table, column,
 * event or file can be added without a word about it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eventKinds, rankOfKind, ranks } from '../../src/engine/eventKinds.js';
import { FiberTable } from '../../src/engine/fibers.js';
import { InstanceTable, machineFields } from '../../src/engine/instanceTable.js';
import { Measures } from '../../src/engine/measures.js';
import { VisitorTable } from '../../src/engine/visitors.js';
import { model } from './modelBuilder.js';

const readme = readFileSync('src/engine/README.md', 'utf8');

/** The text from a heading up to the next one. */
function section(heading: string): string {
  const from = readme.indexOf(`\n${heading}`);
  expect(from, `the README has a section ${heading}`).toBeGreaterThan(0);
  const rest = readme.slice(from + 1);
  const to = rest.search(/\n#+ /);
  return to < 0 ? rest : rest.slice(0, to);
}

/** Names that the text does not hold in backticks. */
function missingFrom(text: string, names: readonly string[]): string[] {
  return names.filter((name) => !text.includes(`\`${name}\``));
}

/** Fields of an object, without those of the class it extends. */
function columnsOf(table: object, parent: readonly string[] = []): string[] {
  return Object.keys(table).filter((name) => !parent.includes(name));
}

const ofEveryTable = ['highWater', 'liveCount', 'capacity', 'freeHead', 'nextFree'];

test('every event kind has a row with the rank it really has', () => {
  const rows = section('## The events').split('\n');
  const nameOfRank = Object.entries(ranks);
  for (const [kind, number] of Object.entries(eventKinds)) {
    const rank = nameOfRank.find(([, value]) => value === rankOfKind[number])![0];
    expect(
      rows.some((row) => row.startsWith(`| \`${kind}\` | ${rank} |`)),
      `${kind} (${rank})`,
    ).toBe(true);
  }
});

test('every row of the events names a kind that there is', () => {
  const named = [...section('## The events').matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind!);
  expect([...named].sort()).toEqual(Object.keys(eventKinds).sort());
});

test.each([
  ['### Fibers and spans', new FiberTable(1)],
  ['### Visitors', new VisitorTable(1)],
  ['### Instances', new InstanceTable(1)],
])('every column of the table under "%s" is named there', (heading, table) => {
  expect(missingFrom(section(heading), columnsOf(table, ofEveryTable))).toEqual([]);
});

test('every figure of a machine is named', () => {
  expect(missingFrom(section('### Instances'), Object.keys(machineFields))).toEqual([]);
});

test('every measure is named', () => {
  expect(missingFrom(section('### Measures'), columnsOf(new Measures(model({}))))).toEqual([]);
});

test('every file of the engine has its line, and every line its file', () => {
  const files = readdirSync('src/engine').filter((name) => name.endsWith('.ts'));
  const listed = [...section('## Every file').matchAll(/`(\w+\.ts)`/g)].map(([, name]) => name!);
  expect([...listed].sort()).toEqual(files.sort());
});

/** What travels through the queue and lies beside it, without a queue: chunks of cells, and a study as a text. */
import { expect, test } from 'vitest';
import { scenarioDigestOf } from '../../src/experiment/cells.js';
import { gridSettings } from '../../src/experiment/designs.js';
import { readVaried, type Varied } from '../../src/experiment/vary.js';
import { cellsPerChunkFor, chunkFrom, chunkIdOf, chunksOf, namedOrders, ordersIn } from '../../src/host/queueJobs.js';
import { readStudyText, writeStudyText } from '../../src/host/studyText.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { quickScenario } from '../cli/program.js';

const words = { version: '1.2.3', scenarioDigest: 'abc', store: '/cells' };
const varied = ['load=1..5', 'a.b=x,y'].map(readVaried) as Varied[];
const orders = Array.from({ length: 10 }, (_, place) => ({
  settings: gridSettings(varied, place),
  platforms: ['one'],
  replications: 3,
}));

test('a chunk names its cells by their values, and gives the orders back', () => {
  const named = namedOrders(orders, words);
  const chunks = chunksOf(named, 4);
  expect(chunks.map(({ length }) => length)).toEqual([4, 4, 2]);
  expect(chunks.flatMap((chunk) => ordersIn(chunkFrom(chunk, words)))).toEqual(orders);
  expect(JSON.stringify(chunkFrom(chunks[0]!, words)).match(/load/g)).toHaveLength(1);
});

test('the same cells are one job, other cells or another version another; a queue takes the name', () => {
  const [first, second] = chunksOf(namedOrders(orders, words), 4);
  const [other] = chunksOf(namedOrders(orders, { ...words, version: '1.2.4' }), 4);
  // BullMQ takes neither whole numbers nor colons.
  expect(chunkIdOf(first!)).toMatch(/^k[0-9a-f]{32}$/);
  expect(chunkIdOf([...first!])).toBe(chunkIdOf(first!));
  expect(new Set([first, second, other].map((chunk) => chunkIdOf(chunk!))).size).toBe(3);
});

test('an order that is asked for twice is done once; orders of other replications do not share a chunk', () => {
  expect(namedOrders([...orders, ...orders], words)).toHaveLength(10);
  const mixed = [...orders, ...orders.map((order) => ({ ...order, replications: 6 }))];
  expect(chunksOf(namedOrders(mixed, words), 1000).map(({ length }) => length)).toEqual([10, 10]);
});

test('a job is about two seconds of work, a single cell at least, and leaves something to every machine', () => {
  expect(cellsPerChunkFor(20, 1_000_000)).toBe(100);
  expect(cellsPerChunkFor(5000, 1_000_000)).toBe(1);
  expect(cellsPerChunkFor(0.1, 1_000_000)).toBe(1000);
  expect(cellsPerChunkFor(0.1, 512)).toBe(2);
});

test('a study comes back from its text with its changes and the digest it had; damage and others are seen', () => {
  const parsed = parseScenario(quickScenario, 'quick.yaml', undefined, [{ path: 'seed', value: '77' }]);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const digest = scenarioDigestOf(parsed.value);
  const text = writeStudyText({ scenario: parsed.value, cellsPerChunk: 7 });
  const read = readStudyText(text, digest);
  expect(read?.scenario.seed).toBe('77');
  expect(read?.scenario).toEqual(parsed.value);
  expect(read?.cellsPerChunk).toBe(7);
  expect(readStudyText(text.slice(0, -20), digest)).toBeNull();
  expect(readStudyText(text.replace('80/s', '81/s'), digest)).toBeNull();
  expect(readStudyText('{}', digest)).toBeNull();
});

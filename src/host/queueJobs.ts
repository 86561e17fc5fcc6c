/**
 * What travels through the queue: chunks of cells. A chunk names its cells by their values alone, so that a million of
 * cells are some megabytes there; results never pass through it. Its own file because sender and worker must agree on
 * it, and neither needs a queue to be checked: test/host/queueJobs.test.ts.
 */
import { type CellOrder, cellKey } from '../experiment/cells.js';
import { digestOf } from '../experiment/digest.js';

/** One job: cells of one study that vary the same paths. Plain data. */
export interface Chunk {
  /** Of the program that asks; another may come to other numbers and does not do it. */
  readonly version: string;
  readonly scenarioDigest: string;
  /** Where the study lies and the cells go, as the asking machine names it. */
  readonly store: string;
  readonly platforms: readonly string[] | null;
  readonly replications: number | null;
  readonly paths: readonly string[];
  /** A row a cell, a value a path. */
  readonly rows: readonly (readonly string[])[];
}

/** A cell to be done, and its name. */
export interface NamedOrder {
  readonly key: string;
  readonly order: CellOrder;
}

export interface ChunkWords {
  readonly version: string;
  readonly scenarioDigest: string;
  readonly store: string;
}

/** About so much work is one job: much more than the queue costs, little to lose. */
const chunkMs = 2000;
const mostCellsPerChunk = 1000;
/** So many jobs there are at least, where there are as many cells, so that every machine has some. */
const chunksWanted = 256;

/** How many cells make a job, from what one of them takes. */
export function cellsPerChunkFor(cellMs: number, cellCount: number): number {
  const byTime = Math.floor(chunkMs / Math.max(cellMs, 0.01));
  return Math.max(1, Math.min(byTime, mostCellsPerChunk, Math.ceil(cellCount / chunksWanted)));
}

/**
 * The orders in chunks, in their order. The same orders give the same chunks, whatever is finished of them, so that a
 * job that is asked for twice has one name.
 */
export function chunksOf(orders: readonly NamedOrder[], cellsPerChunk: number): readonly (readonly NamedOrder[])[] {
  const chunks: NamedOrder[][] = [];
  let head = '';
  for (const named of orders) {
    const last = chunks.at(-1);
    const own = headOf(named.order);
    if (last && own === head && last.length < cellsPerChunk) last.push(named);
    else chunks.push([named]);
    head = own;
  }
  return chunks;
}

function headOf({ settings, platforms, replications }: CellOrder): string {
  return JSON.stringify([settings.map(({ path }) => path), platforms, replications]);
}

/** A chunk's name on the queue: a letter and 32 hexadecimal digits, as no queue takes bare numbers. */
export function chunkIdOf(orders: readonly NamedOrder[]): string {
  return `k${digestOf(orders.map(({ key }) => key))}`;
}

/** @param orders of one chunk: they vary the same paths */
export function chunkFrom(orders: readonly NamedOrder[], words: ChunkWords): Chunk {
  const { settings, platforms, replications } = orders[0]!.order;
  return {
    ...words,
    platforms,
    replications,
    paths: settings.map(({ path }) => path),
    rows: orders.map(({ order }) => order.settings.map(({ value }) => value)),
  };
}

/** The orders that a chunk stands for. */
export function ordersIn({ platforms, replications, paths, rows }: Chunk): CellOrder[] {
  return rows.map((row) => ({
    settings: paths.map((path, place) => ({ path, value: row[place]! })),
    platforms,
    replications,
  }));
}

/** The orders with their names, each once. */
export function namedOrders(
  orders: readonly CellOrder[],
  words: Pick<ChunkWords, 'version' | 'scenarioDigest'>,
): NamedOrder[] {
  const byKey = new Map(orders.map((order) => [cellKey({ ...words, order }), order]));
  return Array.from(byKey, ([key, order]) => ({ key, order }));
}

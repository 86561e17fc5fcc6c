/** Rows are handed out once, come back once, and are dense; columns grow without losing what they hold. */
import { expect, test } from 'vitest';
import { grownBytes, grownFloats, grownInts, Table } from '../../src/kernel/table.js';

class Numbers extends Table {
  value: Float64Array;
  constructor(capacity: number) {
    super(capacity);
    this.value = new Float64Array(capacity);
  }
  protected resize(capacity: number): void {
    this.value = grownFloats(this.value, capacity);
  }
}

test('a row given back is the next one handed out: memory follows what lives at once', () => {
  const table = new Numbers(4);
  for (let i = 0; i < 10_000; i++) {
    const row = table.take();
    expect(row).toBe(0);
    table.give(row);
  }
  expect(table.highWater).toBe(1);
  expect(table.liveCount).toBe(0);
});

test('no two owners hold the same row', () => {
  const table = new Numbers(2);
  const held = new Set<number>();
  for (let i = 0; i < 100; i++) held.add(table.take());
  expect(held.size).toBe(100);
  for (const row of [3, 50, 99]) table.give(row);
  expect(new Set([table.take(), table.take(), table.take()])).toEqual(new Set([3, 50, 99]));
  expect(table.liveCount).toBe(100);
});

test('columns keep their values when the table grows', () => {
  const table = new Numbers(2);
  for (let i = 0; i < 9; i++) {
    const row = table.take();
    table.value[row] = i * 1.5;
  }
  expect([...table.value.slice(0, 9)]).toEqual([0, 1.5, 3, 4.5, 6, 7.5, 9, 10.5, 12]);
});

test('a row given back twice, or never taken, is a bug that throws', () => {
  const table = new Numbers(2);
  const row = table.take();
  table.give(row);
  expect(() => table.give(row)).toThrow('given back twice');
  expect(() => table.give(1)).toThrow();
});

test('a row is known to be taken from when it is handed out until it comes back', () => {
  const table = new Numbers(2);
  const row = table.take();
  expect([table.isTaken(row), table.isTaken(row + 1)]).toEqual([true, false]);
  table.give(row);
  expect(table.isTaken(row)).toBe(false);
});

test('columns of every kind grow', () => {
  expect([...grownInts(Int32Array.of(-1, 2), 3)]).toEqual([-1, 2, 0]);
  expect([...grownFloats(Float64Array.of(0.5), 2)]).toEqual([0.5, 0]);
  expect([...grownBytes(Uint8Array.of(255), 2)]).toEqual([255, 0]);
});

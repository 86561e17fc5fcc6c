/**
 * Columns that grow together, and the free list that hands out their rows.
 *
 * The tables of the hot room are parallel typed arrays, one a field. A table declares its columns once; rows come from
 * `take` and go back with `give`; a freed row is the next one handed out, so live rows stay dense and memory follows
 * the number of things alive, never the number that ever lived.
 */
export type Column = Int32Array | Float64Array | Uint8Array;

const taken = -2;

export abstract class Table {
  /** Rows ever handed out at once: every live row is below this. */
  highWater = 0;
  liveCount = 0;
  private capacity: number;
  private freeHead = -1;
  /** Of a free row: the next free one, or -1. Of a taken row: `taken`. */
  private nextFree: Int32Array;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.nextFree = new Int32Array(capacity);
  }

  /** Make every column at least `capacity` rows long, keeping what it holds. */
  protected abstract resize(capacity: number): void;

  /** A row nobody uses. Its columns still hold what the last user left: set what you read. */
  take(): number {
    let row = this.freeHead;
    if (row >= 0) this.freeHead = this.nextFree[row]!;
    else {
      row = this.highWater;
      if (row === this.capacity) this.grow();
      this.highWater = row + 1;
    }
    this.liveCount++;
    this.nextFree[row] = taken;
    return row;
  }

  /** Give a row back. Giving one back twice would hand it to two owners: that throws. */
  give(row: number): void {
    if (this.nextFree[row] !== taken) throw new Error(`row ${row} was given back twice`);
    this.nextFree[row] = this.freeHead;
    this.freeHead = row;
    this.liveCount--;
  }

  isTaken(row: number): boolean {
    return row < this.highWater && this.nextFree[row] === taken;
  }

  private grow(): void {
    this.capacity *= 2;
    this.nextFree = grownInts(this.nextFree, this.capacity);
    this.resize(this.capacity);
  }
}

/** As long as `capacity`, what is new filled with `value`. */
export function grownInts(column: Int32Array, capacity: number, value = 0): Int32Array {
  const grown = new Int32Array(capacity);
  grown.set(column);
  if (value !== 0) grown.fill(value, column.length);
  return grown;
}

export function grownFloats(column: Float64Array, capacity: number): Float64Array {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

export function grownBytes(column: Uint8Array, capacity: number): Uint8Array {
  const grown = new Uint8Array(capacity);
  grown.set(column);
  return grown;
}

/**
 * Where finished cells are kept: read before a cell is simulated, written when it is done. Whoever finds a cell there
 * does not simulate it again, so a sweep goes on where it was stopped, and two workers that did the same cell leave
 * one. Its own file because a folder and a bucket keep cells alike.
 */
import type { Cell } from '../experiment/cells.js';

export interface CellStore {
  /** As the user would write it. */
  readonly place: string;
  /** The cell of that name; null where there is none, or where it is damaged: it is then simulated again. */
  get(key: string): Promise<Cell | null>;
  /** Keeps a cell, whole or not at all. @throws CellStoreError where the store refuses */
  put(key: string, cell: Cell): Promise<void>;
}

/** The store is out of reach or full: exit 5. Nothing that was stored is lost. */
export class CellStoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CellStoreError';
  }
}

/** A store that keeps nothing, for those who asked for no files. */
export const noCellStore: CellStore = {
  place: 'nowhere',
  get: () => Promise.resolve(null),
  put: () => Promise.resolve(),
};

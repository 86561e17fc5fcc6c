/**
 * Texts by name, somewhere several machines can reach: a folder, or a bucket. Its own file because cells and studies
 * (`cellStore.ts`, `studyText.ts`) are kept alike in both, and a third kind of place would be one more file beside.
 */

export interface TextStore {
  /** As the user would write it, so that another machine finds the same place. */
  readonly place: string;
  /** The text of that name, null where there is none. @throws CellStoreError where the store refuses */
  read(name: string): Promise<string | null>;
  /** Keeps a text, whole or not at all; the last of two writers stays. @throws CellStoreError where it refuses */
  write(name: string, text: string): Promise<void>;
  /** Every name there is, in no order. @throws CellStoreError where it refuses */
  names(): Promise<readonly string[]>;
}

/** The store is out of reach or full: exit 5. Nothing that was stored is lost. */
export class CellStoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CellStoreError';
  }
}

const bucketForm = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/;

/** Whether a place is a bucket: it begins with `s3://`. */
export function isBucket(place: string): boolean {
  return place.startsWith('s3://');
}

/** What is wrong with a place, before anything is opened; null where nothing is. */
export function placeFault(place: string): string | null {
  if (isBucket(place)) return bucketForm.test(place) ? null : `${place} is no bucket, as in s3://results/shop`;
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//.exec(place)?.[1];
  return scheme === undefined ? null : `${place}: cells are kept in a folder or an s3:// bucket, not in ${scheme}://`;
}

/** Bucket and the prefix of every name in it, which ends in a slash or is empty. */
export function bucketOf(place: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket, path = ''] = bucketForm.exec(place) ?? [];
  if (bucket === undefined) throw new Error(`${place} was not checked`);
  const prefix = path.replace(/\/+$/, '');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/**
 * From a message's scenario to what is simulated, or the refusal of it. Its own file because every kind of request
 * that simulates begins with it, whichever file then does the work.
 */
import { type Prepared, prepareWritten } from '../experiment/written.js';
import type { FromWorker, Written } from './protocol.js';

/** How messages leave; `transfer` are buffers that are given away. */
export type Send = (message: FromWorker, transfer?: readonly ArrayBuffer[]) => void;

/** What is to be simulated; null when it was refused, which has then been said. */
export function prepareOrRefuse(
  { id, ...written }: Written & { readonly id: number },
  platforms: readonly string[],
  send: Send,
): Prepared | null {
  const prepared = prepareWritten(written, platforms);
  if (prepared.ok) return prepared.value;
  send({ kind: 'refused', id, issues: prepared.issues });
  return null;
}

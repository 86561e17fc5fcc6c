/**
 * The Web Worker of the page: the door between the browser's messages and `serve.ts`.
 *
 * Its own file because it is an entry: the page starts it by its name. It knows no more of a browser than two names.
 */
import type { ToWorker } from './protocol.js';
import { openServer } from './serve.js';

/** The part of a worker's global scope that is used. */
interface WorkerScope {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const answer = openServer((message, transfer = []) => scope.postMessage(message, transfer));
scope.onmessage = ({ data }) => void answer(data);

/**
 * The page's end of the wire to the engine: two workers of the same script, one that is watched and one that
 * simulates whole comparisons and checks what is typed, so that neither waits for the other.
 *
 * Its own file because ids, answers and who is still wanted are kept here and nowhere else.
 */
import type { FromWorker, ToWorker } from '../host/protocol.js';

type Kind = FromWorker['kind'];
type Told<K extends Kind> = Extract<FromWorker, { readonly kind: K }>;
type WithId = Extract<ToWorker, { readonly id: number }>;
type WithoutId<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never;

export class EngineLink {
  private readonly worker: Worker;
  private readonly hearers = new Map<Kind, (message: never) => void>();
  private nextId = 1;

  constructor() {
    this.worker = new Worker(new URL('worker.js', document.baseURI), { type: 'module', name: 'windtunnel engine' });
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hearers.get(data.kind)?.(data as never);
    this.worker.onerror = ({ message }) =>
      this.hearers.get('failed')?.({ kind: 'failed', id: -1, message: message || 'the engine did not start' } as never);
  }

  on<K extends Kind>(kind: K, hear: (message: Told<K>) => void): void {
    this.hearers.set(kind, hear);
  }

  /** Asks for something that has answers; they carry the id that comes back. */
  ask(message: WithoutId<WithId>): number {
    const id = this.nextId++;
    this.worker.postMessage({ ...message, id });
    return id;
  }

  tell(message: Exclude<ToWorker, WithId> | Extract<ToWorker, { readonly kind: 'cancel' }>): void {
    this.worker.postMessage(message);
  }
}

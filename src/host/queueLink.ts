/**
 * The line to the queue's server: opened late, watched, and given up after a limit. While it is out of reach whoever
 * uses it waits; it says so once, and once more when it is back.
 *
 * Its own file because sweep and worker wait alike, and because here stands who may share a queue: programs of one
 * version. Each that is at work says so in a set whose entries end by themselves; who finds another version there is
 * refused. Checked by test/cli/queue.test.ts on a real server.
 */
import type { Redis } from 'ioredis';

/** The queue is out of reach for longer than the limit: exit 5. What was finished is in the store. */
export class QueueError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueueError';
  }
}

/** Another version is at work on this queue: exit 2. */
export class QueueVersionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueueVersionError';
  }
}

/** Somebody asked to stop while the queue was out of reach. */
export class QueueStoppedError extends Error {
  constructor() {
    super('stopped while the queue was out of reach');
    this.name = 'QueueStoppedError';
  }
}

export interface QueueLinkOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  readonly version: string;
  /** How long the server may be out of reach. */
  readonly patienceMs: number;
  /** Hears one sentence when it is lost and one when it is back. */
  readonly say: (sentence: string) => void;
  /** Resolves when nobody wants to wait any more. */
  readonly stopped?: Promise<void>;
}

export interface QueueLink {
  /** Commands wait while the server is out of reach. */
  readonly redis: Redis;
  /** The address without what is secret in it. */
  readonly place: string;
  readonly isUp: boolean;
  /** What `work` comes to; rejects with a QueueError as soon as the limit is passed. */
  reach<T>(work: Promise<T>): Promise<T>;
  /** Never resolves; rejects when the limit is passed, another version has come, or waiting was stopped. */
  readonly lost: Promise<never>;
  close(): void;
}

export const queueName = 'windtunnel';
const enginesKey = 'windtunnel:engines';
/** An entry holds so long, and is renewed three times within. */
const entryMs = 15_000;
const watchMs = 500;
/** A server that does not answer a ping for so long is out of reach. */
const silenceMs = 4000;

/** Adds a version for a while, unless another is there: then that one is returned. */
const enterScript = `
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms)
for _, other in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if other ~= ARGV[1] then return other end
end
redis.call('ZADD', KEYS[1], ms + ARGV[2], ARGV[1])
return false`;

/** What is wrong with the address of a queue; null where nothing is. */
export function queueFault(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `${JSON.stringify(text)} is no address of a queue, as in redis://127.0.0.1:6379`;
  }
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:')
    return `${placeOf(text)}: a queue is reached by redis:// or rediss://`;
  return url.hostname === '' ? `${placeOf(text)} names no host` : null;
}

/** @throws QueueError when it is not reached within the limit; QueueVersionError when another version is there */
export async function openQueueLink({ url, version, patienceMs, say, stopped }: QueueLinkOptions): Promise<QueueLink> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(100 * attempt, 1000),
    connectTimeout: 3000,
  });
  const place = placeOf(url);
  const state = { aliveMs: Date.now(), isUp: false, isTold: false, why: 'no answer', enteredMs: 0, isStopped: false };
  void stopped?.then(() => {
    state.isStopped = true;
  });
  let giveUp: (error: Error) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  lost.catch(() => {}); // Whoever waits for something hears of it there.
  redis.on('error', (error: Error & { readonly code?: string }) => {
    state.why = error.code ?? error.message;
  });
  const tellDown = (): void => {
    if (!state.isTold) say(`cannot reach the queue at ${place} (${state.why}); waiting`);
    state.isTold = true;
    state.isUp = false;
  };
  const enter = async (): Promise<void> => {
    const other = await redis.eval(enterScript, 1, enginesKey, version, entryMs);
    if (typeof other === 'string') giveUp(otherVersion(other, version, place));
    state.enteredMs = Date.now();
  };
  const look = async (): Promise<void> => {
    if (redis.status !== 'ready') return;
    await redis.ping();
    if (Date.now() - state.enteredMs > entryMs / 3) await enter();
    if (state.isTold) say(`the queue at ${place} is reached again`);
    Object.assign(state, { aliveMs: Date.now(), isUp: true, isTold: false });
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (!isLooking) {
      isLooking = true;
      void look()
        .catch((error: Error) => {
          state.why = error.message;
        })
        .finally(() => {
          isLooking = false;
        });
    }
    const silentMs = Date.now() - state.aliveMs;
    if (silentMs > silenceMs || (redis.status !== 'ready' && silentMs > 2 * watchMs)) tellDown();
    if (state.isStopped && !state.isUp) giveUp(new QueueStoppedError());
    if (silentMs > patienceMs)
      giveUp(new QueueError(`the queue at ${place} was out of reach for ${Math.round(patienceMs / 1000)} s`));
  }, watchMs);
  const link: QueueLink = {
    redis,
    place,
    lost,
    get isUp() {
      return state.isUp;
    },
    reach: (work) => Promise.race([work, lost]),
    close() {
      clearInterval(timer);
      redis.disconnect();
    },
  };
  try {
    await link.reach(enter());
    state.isUp = true;
  } catch (error) {
    link.close();
    throw error;
  }
  return link;
}

function otherVersion(other: string, own: string, place: string): QueueVersionError {
  return new QueueVersionError(
    `windtunnel ${other} is at work on the queue at ${place}, this is ${own}: two versions do not share a queue; ` +
      'end the others and wait 15 s, or take another database of the server (redis://host:port/1)',
  );
}

function placeOf(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}

/**
 * A queue's metrics of one replication, out of what its recorder counted. Its own file beside `measures.ts`: messages
 * are no requests, and nothing of theirs adds up to the platform's.
 */
import type { QueueTally } from '../observation/queueTally.js';
import type { Numbers } from './measures.js';

/** In the order of the model's queues. */
export function queueNumbers(tally: QueueTally): Numbers[] {
  return Array.from({ length: tally.queueCount }, (_, queue) => {
    const ages = tally.ageOf(queue);
    return {
      messages_in: tally.count(queue, 'sent'),
      messages_done: tally.count(queue, 'done'),
      messages_retried: tally.count(queue, 'retried'),
      messages_dead: tally.count(queue, 'dead'),
      messages_lost: tally.count(queue, 'lost'),
      ...(ages.count > 0 ? { age_p99: ages.quantile(0.99) / 1000 } : {}),
      depth_max: tally.depthMax(queue),
    };
  });
}

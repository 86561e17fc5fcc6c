/**
 * Measures the event queue alone: the hold model (Vaucher and Duval 1975), in which the number of pending events never
 * changes. Every event is taken as the engine takes it: look, take, schedule what follows.
 */
import { EventQueue } from '../../../src/kernel/eventQueue.js';
import type { Asked, Tasks } from '../task.js';
import { drawMask, exponentialTable } from './delays.js';

/** Mean delay, microseconds: so long that a million pending events are seldom due at the same one. */
const meanDelayUs = 1e9;

export function measureHold({ pendingCount, eventCount }: Asked<'hold'>): Tasks['hold']['answer'] {
  const delaysUs = exponentialTable('hold', meanDelayUs);
  const queue = new EventQueue();
  for (let event = 0; event < pendingCount; event++) queue.push(delaysUs[event & drawMask]!, 0, event);
  hold(queue, delaysUs, Math.min(pendingCount, eventCount)); // The order of filling is forgotten, the code compiled.
  const before = process.cpuUsage();
  hold(queue, delaysUs, eventCount);
  return { nanosecondsPerEvent: (1000 * process.cpuUsage(before).user) / eventCount };
}

function hold(queue: EventQueue, delaysUs: Float64Array, eventCount: number): void {
  for (let i = 0; i < eventCount && queue.nextDueUs() < Number.POSITIVE_INFINITY; i++) {
    const event = queue.take();
    queue.push(queue.takenDueUs + delaysUs[i & drawMask]!, 0, event);
  }
}

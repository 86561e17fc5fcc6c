/**
 * Warming: the first requests of a process cost more CPU (compilers at work, caches empty), the first of all `factor`
 * times as much, then falling linearly to the usual. Its own file as the one rule about it. Checked by
 * test/engine/warming.test.ts.
 */
import type { ServiceState } from './services.js';
import type { RunState } from './state.js';

/** `span` begins on instance `row`: how many times as much CPU it costs there. */
export function beginWarm(s: RunState, state: ServiceState, span: number, row: number): void {
  const { factor, requestCount } = state.warming!;
  const earlierCount = s.instances.servedCount[row]!;
  if (earlierCount >= requestCount) s.fibers.warmth[span] = 1;
  else {
    s.instances.servedCount[row] = earlierCount + 1;
    s.fibers.warmth[span] = 1 + (factor - 1) * (1 - earlierCount / requestCount);
  }
}

/** At clock 0 what stands there has served requests before. */
export function isWarmAlready(s: RunState, state: ServiceState, row: number): void {
  if (state.warming !== null) s.instances.servedCount[row] = state.warming.requestCount;
}

/**
 * Windows: the moments at which observers are shown the state of the run.
 */
import type { SampleMoment, StateView } from '../observation/contract.js';
import { countWastedUntilNow } from './endings.js';
import { eventKinds } from './eventKinds.js';
import { settleMachine } from './machines.js';
import type { RunState } from './state.js';

/** Schedule the end of the warm-up and of every window. Windows are counted from clock 0. */
export function beginWindows(s: RunState): void {
  s.schedule(eventKinds.measuringBegins, 0, s.fromUs);
  if (s.observers.some((observer) => observer.sampled)) scheduleWindow(s, s.model.windowUs);
}

function scheduleWindow(s: RunState, dueUs: number): void {
  if (dueUs < s.toUs) s.schedule(eventKinds.windowEnds, 0, dueUs);
}

export function windowEnds(s: RunState): void {
  show(s, 'window-ends');
  scheduleWindow(s, s.nowUs + s.model.windowUs);
}

export function measuringBegins(s: RunState): void {
  show(s, 'measuring-begins');
  s.measures.restartExtremes();
}

/** Settle everything and show it. */
export function show(s: RunState, moment: SampleMoment): void {
  const { instances, measures } = s;
  for (const state of s.services) {
    for (let row = state.firstInstance; row >= 0; row = instances.listNext[row]!) settleMachine(s, row);
  }
  if (s.hasWorkForNobody) countWastedUntilNow(s, null);
  measures.settleAll(s.nowUs);
  if (moment === 'measuring-begins') s.rememberAreas();
  const view: StateView = s.stateView;
  view.nowUs = s.nowUs;
  for (const observer of s.observers) observer.sampled?.(view, moment);
}

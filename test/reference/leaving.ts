/**
 * Leaving before the answer: a caller gives up, is cancelled, or dies.
 */
import type { TimeoutModel } from '../../src/model/contract.js';
import { outcomes } from '../../src/observation/contract.js';
import type { Span } from './span.js';

/** The patience of whoever asked for `span` is over. What only waits is always taken back. */
export function giveUp(span: Span, { isWhileQueued, cancels }: TimeoutModel): void {
  if (isWhileQueued) withdraw(span);
  else if (cancels) cancel(span);
  else abandon(span);
}

/** Stop the work, where the platform lets the caller. */
export function cancel(span: Span): void {
  if (span.service.spec.neverCancels) abandon(span);
  else withdraw(span);
}

/** The caller leaves, the servers finish the work for nobody. A request still on its way has not begun yet. */
function abandon(span: Span): void {
  leaveAlone(span);
  if (span.beganUs >= 0 && !span.isTold) span.tell(outcomes.timedOut);
}

/** The caller is no more: the span goes on and ends as it ends. */
export function orphan(span: Span): void {
  leaveAlone(span);
  if (span.outcome !== null) span.tell(span.outcome);
}

/** From now on nobody waits for the answer; one that is on its way back gets lost. */
function leaveAlone(span: Span): void {
  const { agenda } = span.world;
  span.patience = agenda.callOff(span.patience);
  span.isAbandoned = true;
  if (span.outcome !== null) span.way = agenda.callOff(span.way);
}

/** The span ends now, and all below it: everything it holds is given back. */
function withdraw(span: Span): void {
  const { agenda } = span.world;
  span.patience = agenda.callOff(span.patience);
  span.way = agenda.callOff(span.way);
  if (span.beganUs < 0) span.begin();
  if (!span.isTold) span.tell(outcomes.timedOut);
  if (span.walker) {
    span.walker.breakOff(true);
    span.leaveInstance();
  } else if (span.isPresent) span.leaveLine();
}

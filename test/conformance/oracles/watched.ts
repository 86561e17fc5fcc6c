/**
 * A recorder that sees a run up to a moment, though the run goes on: whoever began before it is followed to his end,
 * whoever begins after it is nobody's. So no long stay is missing from a mean because the run stopped in its middle.
 */
import type {
  InstanceFact,
  InvocationFact,
  NoteFact,
  Observer,
  RunFrame,
  SampleMoment,
  SpanFact,
  StateView,
  VisitorFact,
} from '../../../src/observation/contract.js';

/** @param cutUs a window of the run ends there, and before the run itself */
export function watchedUntil(cutUs: number, observer: Observer): Observer {
  const isBefore = (nowUs: number): boolean => nowUs < cutUs;
  return {
    runStarted: (frame: RunFrame) => observer.runStarted?.({ ...frame, toUs: cutUs }),
    runEnded: () => observer.runEnded?.(cutUs),
    ...(observer.sampled && {
      sampled: (state: StateView, moment: SampleMoment) => {
        if (isBefore(state.nowUs)) observer.sampled?.(state, moment);
        else if (state.nowUs === cutUs && moment === 'window-ends') observer.sampled?.(state, 'run-ends');
      },
    }),
    ...(observer.visitorArrived && {
      visitorArrived: (source: number, nowUs: number, isMeasured: boolean) => {
        if (isBefore(nowUs)) observer.visitorArrived?.(source, nowUs, isMeasured);
      },
    }),
    ...(observer.visitorBegan && {
      visitorBegan: (source: number, nowUs: number, isMeasured: boolean) => {
        if (isBefore(nowUs)) observer.visitorBegan?.(source, nowUs, isMeasured);
      },
    }),
    ...(observer.spanBegan && {
      spanBegan: (service: number, nowUs: number, isMeasured: boolean) => {
        if (isBefore(nowUs)) observer.spanBegan?.(service, nowUs, isMeasured);
      },
    }),
    ...(observer.visitorEnded && {
      visitorEnded: (fact: VisitorFact) => {
        if (isBefore(fact.beganUs)) observer.visitorEnded?.(fact);
      },
    }),
    ...(observer.spanEnded && {
      spanEnded: (fact: SpanFact) => {
        if (isBefore(fact.beganUs)) observer.spanEnded?.(fact);
      },
    }),
    ...(observer.invocationEnded && {
      invocationEnded: (fact: InvocationFact) => {
        if (isBefore(fact.beganUs)) observer.invocationEnded?.(fact);
      },
    }),
    ...(observer.invocationInFlight && {
      invocationInFlight: (fact: InvocationFact) => {
        if (isBefore(fact.beganUs)) observer.invocationInFlight?.(fact);
      },
    }),
    ...(observer.instanceChanged && {
      instanceChanged: (fact: InstanceFact) => {
        if (isBefore(fact.nowUs)) observer.instanceChanged?.(fact);
      },
    }),
    ...(observer.noted && {
      noted: (fact: NoteFact) => {
        if (isBefore(fact.nowUs)) observer.noted?.(fact);
      },
    }),
  };
}

/**
 * The steps of an operation: what a request does inside a service, and whom it calls.
 *
 * Its own file because steps hold steps; everything else of a service is flat.
 */
import * as z from 'zod';
import { readDurationUs } from '../units/duration.js';
import type { Reading } from '../units/number.js';
import { choice } from './choice.js';
import type { StepSpec } from './contract.js';
import { distribution } from './distributions.js';
import { aDatabase, aQueue, clockUs, flag, nameOf, operationName, positiveUs, share, whole } from './fields.js';
import { defined, type Form, leaf, list, mapping, only } from './form.js';
import { refuse } from './refuse.js';
import { count, retries, timeout } from './trafficForm.js';

const call: Form<StepSpec> = choice({
  noun: 'service.operation or {to, timeout, retries, optional}',
  text: operationName.transform(
    (to): StepSpec => ({ kind: 'call', to, timeout: null, retries: null, isOptional: false }),
  ),
  otherwise: mapping({
    to: operationName,
    timeout: timeout.exactOptional(),
    retries: retries.exactOptional(),
    optional: flag.exactOptional(),
    breaker: mapping({
      maxPending: whole(0).exactOptional(),
      maxRequests: whole(1).exactOptional(),
      errors: whole(1).exactOptional(),
      interval: positiveUs.exactOptional(),
      open: clockUs.exactOptional(),
    }).exactOptional(),
    retryBudget: share.exactOptional(),
  }).transform(
    ({ to, breaker, ...full }): StepSpec => ({
      kind: 'call',
      to,
      timeout: full.timeout ?? null,
      retries: full.retries ?? null,
      isOptional: full.optional ?? false,
      ...(breaker ? { breaker: breakerOf(breaker) } : {}),
      ...defined({ retryBudget: full.retryBudget }),
    }),
  ),
});

function breakerOf(full: {
  maxPending?: number;
  maxRequests?: number;
  errors?: number;
  interval?: number;
  open?: number;
}) {
  const { maxPending, maxRequests, errors, interval: intervalUs, open: openUs } = full;
  return defined({ maxPending, maxRequests, errors, intervalUs, openUs });
}

const send: Form<StepSpec> = choice({
  noun: 'service.operation or {to, via}',
  text: operationName.transform((to): StepSpec => ({ kind: 'send', to })),
  otherwise: mapping({ to: operationName, via: nameOf(aQueue).exactOptional() }).transform(
    ({ to, via }): StepSpec => ({ kind: 'send', to, ...defined({ via }) }),
  ),
});

const query: Form<StepSpec> = choice({
  noun: 'a database or {db, time, write}',
  text: nameOf(aDatabase).transform((database): StepSpec => ({ kind: 'query', database })),
  otherwise: mapping({
    db: nameOf(aDatabase),
    time: distribution.exactOptional(),
    write: flag.exactOptional(),
  }).transform(
    ({ db, time, write }): StepSpec => ({ kind: 'query', database: db, ...defined({ time, isWrite: write }) }),
  ),
});

const wait: Form<StepSpec> = choice({
  noun: 'a duration, a distribution or `trace`',
  text: leaf('a duration or `trace`', { type: 'string' }, ({ text }): Reading<StepSpec> => {
    if (text === 'trace') return { ok: true, value: { kind: 'wait-trace' } };
    const time = readDurationUs(text);
    return time.ok ? { ok: true, value: { kind: 'wait', time: { kind: 'constant', value: time.value } } } : time;
  }),
  otherwise: distribution.transform((time): StepSpec => ({ kind: 'wait', time })),
});

/** What an operation does, in order. Empty does nothing. */
export const steps: Form<StepSpec[]> = z.lazy(() => list(step)) as unknown as Form<StepSpec[]>;
const branch: Form<StepSpec[]> = choice({
  noun: 'a step or a list of steps',
  list: steps,
  otherwise: (z.lazy(() => step) as unknown as Form<StepSpec>).transform((one): StepSpec[] => [one]),
});

const chooseBranches = list(mapping({ chance: share, do: steps }), 1).transform((branches, context): StepSpec => {
  const sum = branches.reduce((total, { chance }) => total + chance, 0);
  if (sum > 1 + 1e-9) {
    const hint = 'make them at most 100%; what is left of 100% does nothing';
    const message = `has chances that sum to ${Number((sum * 100).toFixed(6))}%`;
    return refuse(context, { rule: 'conflict', message, hint });
  }
  return { kind: 'choose', branches: branches.map((each) => ({ chance: each.chance, steps: each.do })) };
});

const step: Form<StepSpec> = choice({
  noun: 'a step',
  maps: {
    cpu: only('cpu', distribution).transform((work): StepSpec => ({ kind: 'cpu', work })),
    wait: only('wait', wait),
    query: only('query', query),
    call: only('call', call),
    send: only('send', send),
    parallel: only('parallel', list(branch, 1)).transform((branches): StepSpec => ({ kind: 'parallel', branches })),
    choose: only('choose', chooseBranches),
    repeat: only('repeat', mapping({ times: count(0), do: steps })).transform(
      ({ times, do: body }): StepSpec => ({ kind: 'repeat', times, steps: body }),
    ),
    fail: only('fail', share).transform((chance): StepSpec => ({ kind: 'fail', chance })),
  },
}).meta({ id: 'step' });

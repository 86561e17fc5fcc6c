/**
 * What a platform chooses for one service, or for every service in its `defaults`.
 *
 * Its own file as the longest list of settings. Names of plug-ins pass as text: whether a scaler, balancer or roll-out
 * exists is `model`'s to say.
 */

import type * as z from 'zod';
import { readDurationUs } from '../units/duration.js';
import type { Reading } from '../units/number.js';
import { choice } from './choice.js';
import type { KindSpec, ProvisionedSpec, RestartSpec, ServiceChoices } from './choices.js';
import { distribution } from './distributions.js';
import { clockUs, countRange, flag, oneOf, positiveMemoryMb, positiveUs, share, whole, words } from './fields.js';
import { defined, type Form, leaf, list, mapping, named, only } from './form.js';
import { optionValue } from './optionForm.js';
import { refuse } from './refuse.js';
import { sizeShape, sizesOf } from './serviceForm.js';

const scale: Form<KindSpec[]> = choice({
  noun: '`none` or a mapping from scalers to their options',
  text: oneOf('none').transform((): KindSpec[] => []),
  otherwise: named(optionValue).transform((all): KindSpec[] =>
    all.map(({ name, value }) => ({ kind: name, options: value })),
  ),
});

const rollout: Form<KindSpec> = choice({
  noun: 'a roll-out and its options',
  text: words.transform((kind): KindSpec => ({ kind, options: { kind: 'map', entries: [] } })),
  otherwise: named(optionValue).transform((all, context): KindSpec => {
    const [first, second] = all;
    if (first && !second) return { kind: first.name, options: first.value };
    return refuse(context, { rule: 'conflict', message: `must name exactly one roll-out, got ${all.length}` });
  }),
});

interface BalancerSpec {
  readonly name: string;
  readonly weights?: readonly number[];
}
const weighted = 'weighted-round-robin';
const balancer: Form<BalancerSpec> = choice({
  noun: 'a balancer, or {weighted-round-robin: {weights}}',
  text: words.transform((name): BalancerSpec => ({ name })),
  otherwise: mapping({ [weighted]: mapping({ weights: list(whole(0, 65_535), 1, 64) }) }).transform(
    (full): BalancerSpec => ({ name: weighted, weights: full[weighted]!.weights }),
  ),
});

const probe = mapping({
  initialDelay: clockUs.exactOptional(),
  every: positiveUs.exactOptional(),
  timeout: positiveUs.exactOptional(),
  failures: whole(1).exactOptional(),
  successes: whole(1).exactOptional(),
}).transform(({ initialDelay, every, timeout, failures, successes }) =>
  defined({ initialDelayUs: initialDelay, everyUs: every, timeoutUs: timeout, failures, successes }),
);

const restart: Form<RestartSpec> = choice({
  noun: '{backoff, maxBackoff, resetAfter} or {after}',
  maps: { after: mapping({ after: distribution }).transform(({ after }): RestartSpec => ({ kind: 'after', after })) },
  otherwise: mapping({
    backoff: clockUs.exactOptional(),
    maxBackoff: clockUs.exactOptional(),
    resetAfter: clockUs.exactOptional(),
  }).transform(
    ({ backoff, maxBackoff, resetAfter }): RestartSpec => ({
      kind: 'backoff',
      ...defined({ backoffUs: backoff, maxBackoffUs: maxBackoff, resetAfterUs: resetAfter }),
    }),
  ),
});

type Drain = NonNullable<ServiceChoices['drain']>;
const drain: Form<Drain> = choice({
  noun: 'a duration or {preStop, grace, onTerm}',
  text: clockUs.transform((graceUs): Drain => ({ graceUs })),
  otherwise: mapping({
    preStop: clockUs.exactOptional(),
    grace: clockUs.exactOptional(),
    onTerm: oneOf('stop-accepting', 'finish', 'die').exactOptional(),
  }).transform(({ preStop, grace, onTerm }): Drain => defined({ preStopUs: preStop, graceUs: grace, onTerm })),
});

const schedule = list(mapping({ at: clockUs, replicas: whole(0) }), 1);
const provisioned: Form<ProvisionedSpec> = choice({
  noun: 'a whole number, {target, range} or {schedule}',
  text: whole(0).transform((count): ProvisionedSpec => ({ kind: 'fixed', count })),
  maps: {
    target: mapping({ target: share, range: countRange }).transform(
      (full): ProvisionedSpec => ({ kind: 'target', ...full }),
    ),
    schedule: mapping({ schedule }).transform(
      (full): ProvisionedSpec => ({
        kind: 'schedule',
        schedule: full.schedule.map(({ at, replicas }) => ({ atUs: at, count: replicas })),
      }),
    ),
  },
});

/** What a full platform does with a request, as the longest it may wait. */
const overflow: Form<number> = choice({
  noun: '`reject`, `wait` or {wait: 10s}',
  text: oneOf('reject', 'wait').transform((word) => (word === 'reject' ? 0 : Number.POSITIVE_INFINITY)),
  otherwise: only('wait', clockUs),
});

const idleTimeout: Form<number | 'measured'> = leaf(
  'a duration or `measured`',
  { type: 'string' },
  ({ text }): Reading<number | 'measured'> => (text === 'measured' ? { ok: true, value: text } : readDurationUs(text)),
);

/** A preset for one service stands only where services differ, so it isn't here. */
const choiceShape = {
  ...sizeShape,
  replicas: countRange.exactOptional(),
  scale: scale.exactOptional(),
  balancer: balancer.exactOptional(),
  slowStart: clockUs.exactOptional(),
  locality: oneOf('none', 'prefer', 'strict').exactOptional(),
  outlierDetection: mapping({
    consecutiveErrors: whole(1).exactOptional(),
    interval: positiveUs.exactOptional(),
    baseEjection: clockUs.exactOptional(),
    maxEjected: share.exactOptional(),
  }).exactOptional(),
  health: mapping({
    startup: probe.exactOptional(),
    readiness: probe.exactOptional(),
    liveness: probe.exactOptional(),
  }).exactOptional(),
  restart: restart.exactOptional(),
  drain: drain.exactOptional(),
  discovery: mapping({ delay: distribution }).exactOptional(),
  rollout: rollout.exactOptional(),
  disruptionBudget: mapping({
    minAvailable: optionValue.exactOptional(),
    maxUnavailable: optionValue.exactOptional(),
  }).exactOptional(),
  priority: whole(-2_147_483_648, 2_147_483_647).exactOptional(),
  spread: oneOf('zones').exactOptional(),
  coldStart: distribution.exactOptional(),
  idleTimeout: idleTimeout.exactOptional(),
  pick: oneOf('most-recently-used', 'least-recently-used', 'newest', 'oldest', 'random').exactOptional(),
  maxInstances: whole(1).exactOptional(),
  provisioned: provisioned.exactOptional(),
  reserved: whole(0).exactOptional(),
  overflow: overflow.exactOptional(),
  wakeOnRequest: flag.exactOptional(),
  requestTimeout: positiveUs.exactOptional(),
  class: words.exactOptional(),
  arch: words.exactOptional(),
  snapStart: flag.exactOptional(),
  ephemeralStorage: positiveMemoryMb.exactOptional(),
};

/** The settings of `defaults`. */
export const choices: Form<ServiceChoices> = mapping(choiceShape).transform(choicesOf);

/** The settings of one service, which may also run on another preset. */
export const ownChoices: Form<ServiceChoices> = mapping({ preset: words.exactOptional(), ...choiceShape }).transform(
  ({ preset, ...rest }): ServiceChoices => ({ ...defined({ preset }), ...choicesOf(rest) }),
);

type Written = z.output<ReturnType<typeof mapping<typeof choiceShape>>>;
function choicesOf(value: Written): ServiceChoices {
  const { cpu, memory, concurrency, queue, pool, startup, ...own } = value;
  const {
    outlierDetection: ejection,
    slowStart,
    balancer: picked,
    overflow: overflowWaitUs,
    requestTimeout,
    ephemeralStorage,
    ...rest
  } = own;
  return {
    ...sizesOf(defined({ cpu, memory, concurrency, queue, pool, startup })),
    ...defined(rest),
    ...defined({
      balancer: picked?.name,
      balancerWeights: picked?.weights,
      slowStartUs: slowStart,
      overflowWaitUs,
      requestTimeoutUs: requestTimeout,
      ephemeralStorageMb: ephemeralStorage,
    }),
    ...(ejection
      ? {
          outlierDetection: defined({
            consecutiveErrors: ejection.consecutiveErrors,
            intervalUs: ejection.interval,
            baseEjectionUs: ejection.baseEjection,
            maxEjected: ejection.maxEjected,
          }),
        }
      : {}),
  };
}

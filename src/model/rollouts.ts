/**
 * Roll-outs by name: what a scenario writes under `rollout` becomes a bound strategy, or issues at their places.
 *
 * Its own file because a roll-out's options are the richest of all policies': steps, and a condition on a metric.
 * Checked by test/model/rollouts.test.ts.
 */
import type { AbortRule, CanaryStep } from '../rollout/canary.js';
import type { Rollout, WatchedMetric } from '../rollout/contract.js';
import { makeRollout, type RolloutOptions, rolloutKinds, rolloutOptionNames } from '../rollout/registry.js';
import type { KindSpec } from '../scenario/choices.js';
import { suggest } from '../scenario/nearest.js';
import { readObjective } from '../scenario/objectiveText.js';
import { type OptionValue, readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import type { Findings } from './findings.js';
import { metricNames, planMetricNames } from './metricNames.js';
import { mustMake, refuseKind, sentence } from './plugins.js';
import { warnRoundsToNone } from './releaseDoubts.js';

/**
 * The roll-out called `spec.kind`; without a spec a rolling one. `usual`: the platform's own fence posts, where
 * they are not Kubernetes'; `fewestCount`: the lower end of `replicas`. Null after an issue.
 */
export function bindRollout(
  written: { readonly value: KindSpec; readonly path: Path } | undefined,
  findings: Findings,
  usual: RolloutOptions = {},
  fewestCount = 0,
): Rollout | null {
  if (!written) return mustMake(makeRollout('rolling', usual));
  const { value: spec, path } = written;
  const at = [...path, spec.kind];
  if (!rolloutKinds.includes(spec.kind)) {
    refuseKind(spec.kind, { path: at, findings, noun: 'roll-out', built: rolloutKinds, unbuilt: [] });
    return null;
  }
  const options = readRolloutOptions(spec, at, findings);
  if (!options) return null;
  const made = makeRollout(spec.kind, spec.kind === 'rolling' ? { ...usual, ...options } : options);
  if (made.ok && spec.kind === 'rolling') warnRoundsToNone({ ...usual, ...options }, fewestCount, at, findings);
  if (made.ok) return made.value;
  const place = [...at, ...(made.option ? [made.option] : []), ...(made.path ?? [])];
  findings.error({ path: place, code: 'range', message: sentence(made.fault), hint: made.hint });
  return null;
}

type Reading = { -readonly [Key in keyof RolloutOptions]: RolloutOptions[Key] };
type ReadOne = (read: Reading, option: OptionValue, path: Path, findings: Findings) => void;

const duration =
  (key: 'minReadyUs' | 'progressDeadlineUs' | 'scaleDownDelayUs' | 'intervalUs'): ReadOne =>
  (read, option, path, findings) => {
    const reading = readOption(option, 'duration');
    if (reading.ok) read[key] = reading.value;
    else findings.error({ path, ...reading });
  };

const fencePost =
  (key: 'maxSurge' | 'maxUnavailable'): ReadOne =>
  (read, option, path, findings) => {
    const text = option.kind === 'text' ? option.text : '';
    const message = 'must be a number of instances or a whole percentage';
    if (/^\d+%$/.test(text)) read[key] = text;
    else if (/^\d+$/.test(text)) read[key] = Number(text);
    else findings.error({ path, code: 'type', message, hint: 'write 1 or 25%' });
  };

const readers: Readonly<Record<string, ReadOne>> = {
  maxSurge: fencePost('maxSurge'),
  maxUnavailable: fencePost('maxUnavailable'),
  minReady: duration('minReadyUs'),
  progressDeadline: duration('progressDeadlineUs'),
  scaleDownDelay: duration('scaleDownDelayUs'),
  interval: duration('intervalUs'),
  rollback: (read, option, path, findings) => {
    const text = option.kind === 'text' ? option.text : '';
    if (text === 'true' || text === 'false') read.rollsBack = text === 'true';
    else findings.error({ path, code: 'type', message: 'must be true or false' });
  },
  steps: (read, option, path, findings) => {
    if (option.kind !== 'list') {
      const hint = 'write as in [{weight: 10%, for: 5m}, {weight: 50%, for: 5m}]';
      findings.error({ path, code: 'type', message: 'must be a list of steps', hint });
      return;
    }
    const steps = option.items.map((item, index) => readStep(item, [...path, index], findings));
    read.steps = steps.filter((step) => step !== null);
  },
  abortIf: (read, option, path, findings) => {
    const rule = readAbortRule(option, path, findings);
    if (rule) read.abortIf = rule;
  },
};

function readRolloutOptions({ kind, options }: KindSpec, path: Path, findings: Findings): RolloutOptions | null {
  const known = rolloutOptionNames(kind);
  const issueCount = findings.errors.length;
  const read: Reading = {};
  if (options.kind !== 'map' && options.kind !== 'empty')
    findings.error({ path, code: 'type', message: 'must be a mapping', hint: `its keys: ${known.join(', ')}` });
  for (const { name, value: option } of options.kind === 'map' ? options.entries : []) {
    const at = [...path, name];
    if (known.includes(name)) readers[name]!(read, option, at, findings);
    else {
      const hint = suggest(name, known);
      findings.error({ path: at, code: 'unknown-key', message: 'is not a known setting', hint, part: 'key' });
    }
  }
  return findings.errors.length > issueCount ? null : read;
}

/** `{weight: 10%, for: 5m}`; `for` may be left out: on as soon as its instances are there. */
function readStep(item: OptionValue, path: Path, findings: Findings): CanaryStep | null {
  const entries = item.kind === 'map' ? item.entries : [];
  const issueCount = findings.errors.length;
  const read = { weight: Number.NaN, forUs: 0 };
  for (const { name, value } of entries) {
    const at = [...path, name];
    if (name !== 'weight' && name !== 'for') {
      const hint = suggest(name, ['weight', 'for']);
      findings.error({ path: at, code: 'unknown-key', message: 'is not a known setting', hint, part: 'key' });
      continue;
    }
    const reading = readOption(value, name === 'weight' ? 'share' : 'duration');
    if (!reading.ok) findings.error({ path: at, ...reading });
    else read[name === 'weight' ? 'weight' : 'forUs'] = reading.value;
  }
  if (findings.errors.length > issueCount) return null;
  if (!Number.isNaN(read.weight)) return read;
  findings.error({ path, code: 'missing', message: 'has no weight', hint: 'write as in {weight: 10%, for: 5m}' });
  return null;
}

const quantiles: Readonly<Record<string, number>> = {
  latency_p50: 0.5,
  latency_p90: 0.9,
  latency_p95: 0.95,
  latency_p99: 0.99,
  latency_p999: 0.999,
  latency_max: 1,
};

const watchable: readonly string[] = ['error_ratio', 'success_ratio', 'latency_mean', ...Object.keys(quantiles)];

function watchedMetric(name: string): WatchedMetric | null {
  if (name === 'error_ratio') return { kind: 'error-ratio' };
  if (name === 'success_ratio') return { kind: 'success-ratio' };
  if (name === 'latency_mean') return { kind: 'latency-mean' };
  return Object.hasOwn(quantiles, name) ? { kind: 'latency-quantile', share: quantiles[name]! } : null;
}

/** `error_ratio > 2%`, in the words of objectives, of the new version's requests alone. */
function readAbortRule(option: OptionValue, path: Path, findings: Findings): AbortRule | null {
  if (option.kind !== 'text') {
    findings.error({ path, code: 'type', message: 'must be a condition', hint: 'write as in "error_ratio > 2%"' });
    return null;
  }
  const reading = readObjective(option.text);
  if (!reading.ok) {
    findings.error({ path, code: reading.rule ?? reading.code, message: reading.message, hint: reading.hint });
    return null;
  }
  const { scope, metric, op, limit, text } = reading.value;
  const watches = watchedMetric(metric);
  if (scope !== null || !watches) {
    const isKnown = metricNames.has(metric) || planMetricNames.includes(metric) || metric === 'within';
    const hint = isKnown ? `watch one of ${watchable.join(', ')}` : suggest(metric, watchable);
    if (scope !== null)
      findings.error({ path, code: 'conflict', message: `names a scope: ${scope}; it is the new version's own` });
    else if (isKnown)
      findings.error({ path, code: 'not-supported-yet', message: `is not supported yet: watching ${metric}`, hint });
    else
      findings.error({
        path,
        code: 'metric',
        message: `names no metric: ${JSON.stringify(metric.slice(0, 60))}`,
        hint,
      });
    return null;
  }
  const isLatency = watches.kind === 'latency-mean' || watches.kind === 'latency-quantile';
  const isRight = isLatency ? limit.kind === 'duration' : limit.kind === 'share' || limit.kind === 'number';
  if (!isRight || (!isLatency && (limit.value < 0 || limit.value > 1))) {
    const message = `has a limit of another kind than its metric: ${limit.text}`;
    findings.error({ path, code: 'unit', message, hint: `write it as in ${isLatency ? '800ms' : '2%'}` });
    return null;
  }
  return { watches, op, limit: limit.value, text };
}

/**
 * Health probes as a scenario writes them, with Kubernetes' defaults: every 10 s, 1 s of patience, three failures, one
 * success. Checked by test/model/health.test.ts.
 *
 * Source: Kubernetes, "Configure Liveness, Readiness and Startup Probes" (field defaults; successes must be 1 for
 * liveness and startup).
 */
import type { HealthPolicy, HealthRules, ProbeRule } from '../healing/contract.js';
import { makeHealth } from '../healing/health.js';
import type { ProbeSpec } from '../scenario/choices.js';
import type { Path } from '../scenario/positions.js';
import { printDuration } from '../units/print.js';
import type { StartModel } from './contract.js';
import type { Findings } from './findings.js';
import { chosen, type Place } from './place.js';

/** The service's probes on this platform; null where nobody asks, or after an issue. */
export function compileHealth(place: Place, start: StartModel): HealthPolicy | null {
  const choice = chosen(place, 'health');
  if (!choice) return null;
  const { preset, findings } = place;
  if (preset.dispatch.kind === 'environments') {
    findings.error({
      path: choice.path,
      code: 'conflict',
      message: `says nothing on ${preset.name}: where requests start instances, the provider asks after them itself`,
      hint: 'leave it out',
      part: 'key',
    });
    return null;
  }
  const { startup, readiness, liveness } = choice.value;
  const rules: HealthRules = {
    ...(startup ? { startup: ruleOf(startup) } : {}),
    ...(readiness ? { readiness: ruleOf(readiness) } : {}),
    ...(liveness ? { liveness: ruleOf(liveness) } : {}),
  };
  for (const kind of ['startup', 'liveness'] as const)
    refuseSuccesses(choice.value[kind], [...choice.path, kind], findings);
  warnTooEarly(rules, start, choice.path, findings);
  warnTooLate(rules, choice.path, findings);
  return makeHealth(rules, preset.isSupervised ?? true);
}

function ruleOf({ initialDelayUs, everyUs, timeoutUs, failures, successes }: ProbeSpec): ProbeRule {
  return {
    initialDelayUs: initialDelayUs ?? 0,
    everyUs: everyUs ?? 10_000_000,
    timeoutUs: timeoutUs ?? 1_000_000,
    failureCount: failures ?? 3,
    successCount: successes ?? 1,
  };
}

function refuseSuccesses(probe: ProbeSpec | undefined, path: Path, findings: Findings): void {
  if ((probe?.successes ?? 1) === 1) return;
  findings.error({
    path: [...path, 'successes'],
    code: 'range',
    message: `must be 1 for this probe, got ${probe!.successes}`,
    hint: 'only readiness counts successes, as in Kubernetes',
  });
}

/** Liveness that is sooner than readiness restarts what should only have been left alone. */
function warnTooLate({ readiness, liveness }: HealthRules, path: Path, findings: Findings): void {
  if (!readiness || !liveness) return;
  const [outUs, killUs] = [readiness, liveness].map(({ failureCount, everyUs }) => failureCount * everyUs);
  if (outUs! <= killUs!) return;
  findings.warn({
    path: [...path, 'readiness'],
    code: 'readiness-too-late',
    message:
      `takes up to ${printDuration(outUs!)} to take an instance out, ` +
      `and liveness restarts it after ${printDuration(killUs!)}`,
    hint: 'let readiness fail sooner, or liveness later: an overloaded instance should be left alone, not restarted',
  });
}

/** A probe that restarts what has had no time to start makes a crash loop. */
function warnTooEarly(rules: HealthRules, start: StartModel, path: Path, findings: Findings): void {
  const kind = rules.startup ? 'startup' : 'liveness';
  const rule = rules[kind];
  if (!rule) return;
  const startUs = start.whole ? start.whole.mean : start.runtime.mean + start.application.mean;
  const firstUs = Math.ceil(rule.initialDelayUs / rule.everyUs) * rule.everyUs;
  const killUs = firstUs + (rule.failureCount - 1) * rule.everyUs;
  if (killUs >= startUs) return;
  findings.warn({
    path: [...path, kind],
    code: 'probe-too-early',
    message: `restarts an instance after ${printDuration(killUs)}; it starts in ${printDuration(Math.round(startUs))}`,
    hint: kind === 'liveness' ? 'add a startup probe, or an initialDelay' : 'allow more failures, or a longer every',
  });
}

/**
 * Health as Kubernetes keeps it: the probes' rules of counting (`probes.ts`) bound to a service's own.
 * Checked by test/healing/health.test.ts.
 */
import type { HealthPolicy, HealthRules, ProbeRule } from './contract.js';
import { probeStep, probeTimeline } from './probes.js';

export function makeHealth(rules: HealthRules, isSupervised: boolean): HealthPolicy {
  return {
    ...rules,
    source: 'kubernetes pkg/kubelet/prober/worker.go',
    isSupervised,
    healthy: (kind) => ({
      state: 'success',
      lastResult: 'success',
      runCount: rules[kind]!.successCount,
      isOnHold: false,
    }),
    answered: (kind, memory, isGood) => probeStep(memory, isGood ? 'success' : 'failure', kind, rules[kind]!),
    startUp: (takesUs) => startUp(rules, takesUs),
  };
}

function startUp(rules: HealthRules, takesUs: number): { readonly afterUs: number; readonly isDoomed: boolean } {
  const probes = {
    ...(rules.startup ? { startup: scheduleOf(rules.startup) } : {}),
    ...(rules.readiness ? { readiness: scheduleOf(rules.readiness) } : {}),
    ...(rules.liveness ? { liveness: scheduleOf(rules.liveness) } : {}),
  };
  const patienceUs = Object.values(probes).map(
    ({ initialDelay, period, successCount, failureCount }) => initialDelay + period * (successCount + failureCount + 1),
  );
  const until = takesUs + patienceUs.reduce((sum, each) => sum + each, 0);
  const wanted = rules.readiness ? 'ready' : rules.startup ? 'started' : null;
  for (const [at, event] of probeTimeline({ probes, until, answers: (_, asked) => asked >= takesUs })) {
    if (wanted === null && at >= takesUs) break;
    if (event === 'restart') return { afterUs: at, isDoomed: true };
    if (event === wanted) return { afterUs: at, isDoomed: false };
  }
  if (wanted !== null) throw new Error(`the ${wanted} probe came to no end by ${until} us`);
  return { afterUs: takesUs, isDoomed: false };
}

function scheduleOf({ initialDelayUs, everyUs, failureCount, successCount }: ProbeRule) {
  return { initialDelay: initialDelayUs, period: everyUs, failureCount, successCount };
}

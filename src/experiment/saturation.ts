/**
 * What saturates first: of everything that has a limit, what would reach it at the smallest multiple of this load, were
 * everybody to come so much more often.
 *
 * Its own file because it is an estimate with rules of its own, and not the busiest now: a fleet that may still grow is
 * far from its limit however busy it is. Straight lines from means: `plan --headroom` finds the edge by simulation.
 * Checked by test/experiment/saturation.test.ts on limits worked out by hand.
 */
import type { Model, ServiceModel } from '../model/contract.js';
import type { ScopeResult } from './contract.js';
import type { Saturation } from './graphFacts.js';

/** Null where nothing has a limit, or nobody came. */
export function firstToSaturate(
  model: Pick<Model, 'services' | 'accountConcurrency'>,
  services: readonly ScopeResult[],
  databases: readonly ScopeResult[],
): Saturation | null {
  const found: Saturation[] = [];
  const add = (kind: Saturation['kind'], name: string, used: number, limit: number): void => {
    const times = limit / used;
    if (used > 0 && Number.isFinite(times)) found.push({ kind, name, times });
  };
  const metricOf = (scope: ScopeResult | undefined, metric: string): number => scope?.metrics[metric]?.mean ?? 0;
  const sharing: ScopeResult[] = [];
  for (const service of model.services) {
    const scope = services.find(({ name }) => name === service.name); // Results may stand in another order.
    if (scope === undefined) continue;
    const { used, limit } = loadOf(service, (metric) => metricOf(scope, metric));
    add('service', scope.name, used, limit);
    if (service.dispatch.kind === 'environments' && service.dispatch.isReserved !== true) sharing.push(scope);
  }
  const inFlight = (scope: ScopeResult): number => metricOf(scope, 'in_system_mean');
  const [most] = [...sharing].sort((a, b) => inFlight(b) - inFlight(a));
  const together = sharing.reduce((sum, scope) => sum + inFlight(scope), 0);
  if (most !== undefined) add('service', most.name, together, model.accountConcurrency);
  for (const scope of databases) add('database', scope.name, metricOf(scope, 'utilisation'), 1);
  return found.reduce<Saturation | null>(
    (first, one) => (first === null || one.times < first.times ? one : first),
    null,
  );
}

/** Instances' worth of CPU against as many instances as there may be; or requests in flight against all their slots. */
function loadOf(
  { dispatch, concurrency }: Pick<ServiceModel, 'dispatch' | 'concurrency'>,
  metricOf: (metric: string) => number,
): { readonly used: number; readonly limit: number } {
  if (dispatch.kind === 'balanced')
    return { used: metricOf('utilisation') * metricOf('instances_mean'), limit: dispatch.maxCount };
  return { used: metricOf('in_system_mean'), limit: dispatch.maxCount * concurrency };
}

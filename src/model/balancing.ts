/**
 * How callers choose among a service's replicas: the balancer, its weights, slow start, locality, outlier
 * detection. Its own file because these five compose, and what contradicts what is one subject.
 */
import type { Balancer } from '../balancing/contract.js';
import { withLocality } from '../balancing/locality.js';
import { withSlowStart } from '../balancing/slowStart.js';
import type { OutlierRule } from '../healing/contract.js';
import { outlierDetection } from '../healing/outlierDetection.js';
import type { BalancedFigures } from '../platforms/contract.js';
import { printDuration } from '../units/print.js';
import { chosen, type Place } from './place.js';
import { bindBalancer } from './plugins.js';
import { takeLocality } from './zones.js';

export interface BalancingTaken {
  readonly balancer: Balancer;
  readonly weights?: readonly number[];
  readonly outlierDetection?: OutlierRule;
}

/** Null after an issue. What was taken is recorded at `at`, the path of the service on its platform. */
export function takeBalancing(
  place: Place,
  figures: BalancedFigures,
  at: readonly (string | number)[],
): BalancingTaken | null {
  const named = chosen(place, 'balancer');
  const bound = bindBalancer(named?.value ?? figures.balancer, named?.path ?? [], place.findings);
  if (!bound) return null;
  place.taken.add([...at, 'balancer'], bound.kind, '', named ? { path: named.path } : 'default');
  const weights = takeWeights(place, bound);
  const slowStart = chosen(place, 'slowStartUs');
  const outliers = takeOutliers(place);
  if (slowStart) place.taken.add([...at, 'slowStart'], printDuration(slowStart.value), '', { path: slowStart.path });
  const locality = takeLocality(place, at);
  const shared = slowStart && slowStart.value > 0 ? withSlowStart(bound, slowStart.value) : bound;
  return {
    balancer: locality === null ? shared : withLocality(shared, locality),
    ...(weights ? { weights } : {}),
    ...(outliers ? { outlierDetection: outliers } : {}),
  };
}

function takeWeights(place: Place, { kind }: Balancer): readonly number[] | null {
  const written = chosen(place, 'balancerWeights');
  // A balancer of the service's own without weights stands before the weights of `defaults`.
  if (!written || written.path.join() !== chosen(place, 'balancer')?.path.join()) return null;
  const path = [...written.path, kind, 'weights'];
  if (written.value.every((weight) => weight === 0)) {
    const hint = 'give at least one instance a weight above 0';
    place.findings.error({ path, code: 'conflict', message: 'sum to 0: no instance would get a request', hint });
  }
  return written.value;
}

function takeOutliers(place: Place): OutlierRule | null {
  const written = chosen(place, 'outlierDetection');
  if (!written) return null;
  if (written.value.baseEjectionUs === 0) {
    const path = [...written.path, 'baseEjection'];
    const hint = 'write a time, as in 30s, or leave outlierDetection out';
    place.findings.error({ path, code: 'range', message: 'is 0s: who is ejected would be back at once', hint });
  }
  return outlierDetection(written.value);
}

/**
 * A dry run of the scalers: every look they take in replication 1 of one platform, with what they saw, what they
 * computed and what limited it. Its own file because it keeps a row for each look, which no other run does.
 */
import { startRun } from '../engine/run.js';
import type { CompiledPlatform } from '../model/compiled.js';
import type { ScaleFact } from '../observation/contract.js';

export interface ScalingDecision {
  readonly atS: number;
  readonly service: string;
  readonly scaler: string;
  readonly observed: string;
  readonly formula: string;
  /** What the formula asks for; null where there was nothing to compute with. */
  readonly asked: number | null;
  readonly wanted: number;
  /** What kept `wanted` from `asked`, or the count from moving; '' where nothing did. */
  readonly limitedBy: string;
  readonly before: number;
  readonly applied: number;
}

/** In the order in which they were taken. Cost: that of one replication. */
export function scalingDecisions({ model }: CompiledPlatform): readonly ScalingDecision[] {
  const rows: ScalingDecision[] = [];
  const scaled = (fact: ScaleFact): void => {
    rows.push({
      atS: fact.nowUs / 1e6,
      service: model.services[fact.service]!.name,
      scaler: fact.scaler,
      observed: fact.observed,
      formula: fact.formula,
      asked: fact.askedCount,
      wanted: fact.wantedCount,
      limitedBy: limitOf(fact),
      before: fact.beforeCount,
      applied: fact.appliedCount,
    });
  };
  startRun(model, { replicationIndex: 0 }, [{ scaled }]).advance();
  return rows;
}

/** The scalers' fixed phrases that say what held a wish back, in words. */
const limits: Readonly<Record<string, string>> = {
  TooManyReplicas: 'maximum (TooManyReplicas)',
  TooFewReplicas: 'minimum (TooFewReplicas)',
  ScaleUpLimit: 'scale-up policy (ScaleUpLimit)',
  ScaleDownLimit: 'scale-down policy (ScaleDownLimit)',
  ScaleUpStabilized: 'stabilisation window (ScaleUpStabilized)',
  ScaleDownStabilized: 'stabilisation window (ScaleDownStabilized)',
  'within tolerance': 'tolerance',
  'at the maximum': 'maximum',
  'at the minimum': 'minimum',
};

function limitOf({ because, formula, askedCount, wantedCount, beforeCount, appliedCount }: ScaleFact): string {
  const named = because
    .split('; ')
    .map((word) => (Object.hasOwn(limits, word) ? limits[word]! : word))
    .join('; ');
  // Where the scaler got what it asked for, its phrase names what it followed; then only others may have more to say.
  const own = askedCount === wantedCount && named !== 'tolerance' ? '' : named;
  const isUnchanged = wantedCount === beforeCount && askedCount === beforeCount;
  const kept = formula.includes('within the tolerance') ? 'tolerance' : '';
  const words = isUnchanged ? [kept] : [own];
  if (appliedCount !== wantedCount) words.push(`another wish: ${appliedCount}`);
  return words.filter((word) => word !== '').join('; ');
}

/**
 * What keeps instances apart and alive while nodes come and go: disruption budgets, priorities, spread over zones.
 *
 * Its own file because all three are said of a service and mean something only on nodes of one's own.
 * Checked by test/model/disruption.test.ts.
 */
import { type BudgetLimit, type BudgetOptions, disruptionBudget } from '../healing/disruptionBudget.js';
import { type OptionValue, readOption } from '../scenario/options.js';
import type { Path } from '../scenario/positions.js';
import type { BalancedModel } from './contract.js';
import type { Findings } from './findings.js';
import { chosen, type Place } from './place.js';
import { warnOneZone, zoneCountOf } from './zones.js';

type Disruption = Pick<BalancedModel, 'disruptionBudget' | 'priority' | 'spreadsZones'>;

/** @param desiredCount the fewest instances the service has */
export function takeDisruption(place: Place, hasNodes: boolean, desiredCount: number): Disruption {
  const budget = takeBudget(place, desiredCount);
  const priority = chosen(place, 'priority');
  const spread = chosen(place, 'spread');
  if (!hasNodes) {
    for (const [key, found] of [
      ['disruptionBudget', chosen(place, 'disruptionBudget')],
      ['priority', priority],
    ] as const) {
      if (!found) continue;
      const message = `says nothing on ${place.preset.name}: no node of yours is drained or full (${key})`;
      place.findings.warn({ path: found.path, code: 'says-nothing', message, hint: 'leave it out' });
    }
    return {};
  }
  if (spread && zoneCountOf(place) === 1) warnOneZone(place, spread.path);
  return {
    ...(budget ? { disruptionBudget: disruptionBudget(budget) } : {}),
    ...(priority ? { priority: priority.value } : {}),
    ...(spread ? { spreadsZones: true } : {}),
  };
}

function takeBudget(place: Place, desiredCount: number): BudgetOptions | null {
  const choice = chosen(place, 'disruptionBudget');
  if (!choice) return null;
  const { findings } = place;
  const { value, path } = choice;
  const { minAvailable, maxUnavailable } = value;
  if ((minAvailable === undefined) === (maxUnavailable === undefined)) {
    const message = 'must have one of minAvailable and maxUnavailable';
    findings.error({ path, code: 'conflict', message, hint: 'write as in {minAvailable: 80%}' });
    return null;
  }
  const rule = minAvailable === undefined ? 'maxUnavailable' : 'minAvailable';
  const limit = takeLimit((minAvailable ?? maxUnavailable)!, [...path, rule], 'instances', findings);
  if (!limit) return null;
  if (desiredCount > 0 && disruptionBudget({ rule, limit }).allowedCount(desiredCount, desiredCount) === 0) {
    const message = `lets none of ${desiredCount} instances go: no node under them can be drained`;
    findings.warn({ path, code: 'never-drains', message, hint: 'leave room for one, as in {maxUnavailable: 1}' });
  }
  return { rule, limit };
}

/** A number of `things`, or a share of them; null after an issue. */
export function takeLimit(value: OptionValue, path: Path, things: string, findings: Findings): BudgetLimit | null {
  const text = value.kind === 'text' ? value.text : '';
  const isCount = /^\d+$/.test(text);
  if (isCount) return { kind: 'count', count: Number(text) };
  const reading = readOption(value, 'share');
  if (reading.ok) return { kind: 'share', share: reading.value };
  const message = `must be a number of ${things} or a share of them`;
  findings.error({ path, code: reading.code, message, hint: 'write 2 or 80%' });
  return null;
}

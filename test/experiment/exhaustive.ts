/** The oracle of plans: every cell of a small grid at many replications, by `sweep`, and the cheapest that meets. */
import { sweep } from '../../src/experiment/sweep.js';
import type { Scenario } from '../../src/scenario/contract.js';
import { parseScenario } from '../../src/scenario/parse.js';

export function parsed(text: string, file = 'desk.yaml'): Scenario {
  const checked = parseScenario(text, file);
  if (!checked.ok) throw new Error(JSON.stringify(checked.issues));
  return checked.value;
}

/** The cheapest cell of a whole grid whose mean meets every objective; its settings in the order of the paths. */
export function exhaustive(
  scenario: Scenario,
  vary: Readonly<Record<string, readonly (string | number)[]>>,
  replications = 24,
): string[] {
  const swept = sweep(scenario, vary, { replications });
  if (!swept.ok) throw new Error(JSON.stringify(swept.issues));
  const good = swept.value.filter(({ platforms: [platform] }) => platform?.meetsObjectives);
  const cost = ({ platforms }: (typeof good)[number]): number => platforms[0]!.metrics['cost_month']!.mean;
  return good.sort((a, b) => cost(a) - cost(b))[0]!.settings.map(({ value }) => value);
}

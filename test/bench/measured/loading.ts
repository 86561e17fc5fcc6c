/**
 * A scenario file, with changes, through the same stages as on the command line: read, parsed, checked, compiled. Its
 * own file because two measurements begin so, and neither may measure a model made by hand.
 */
import { type CompiledScenario, compileScenario } from '../../../src/experiment/prepare.js';
import { scenarioFiles } from '../../../src/host/scenarioFiles.js';
import { openScenario } from '../../../src/host/scenarioReader.js';
import type { Scenario } from '../../../src/scenario/contract.js';
import type { Override } from '../../../src/scenario/overrides.js';
import { parseScenario } from '../../../src/scenario/parse.js';
import { type Checked, printIssue } from '../../../src/units/issue.js';

export interface Loaded {
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
}

/** @throws Error with every issue when the file, or a change, is wrong: the bench measures nothing else then. */
export function load(scenarioFile: string, overrides: readonly Override[]): Loaded {
  const reader = openScenario(scenarioFile);
  const reading = reader.readScenario();
  if (!reading.ok) throw new Error(`${scenarioFile} ${reading.reason}`);
  const scenario = checkedValue(parseScenario(reading.text, scenarioFile, scenarioFiles(reader), overrides));
  return { scenario, compiled: checkedValue(compileScenario(scenario)) };
}

function checkedValue<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(checked.issues.map(printIssue).join('\n'));
  return checked.value;
}

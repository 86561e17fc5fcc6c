/**
 * From a checked scenario to what jobs run. Its own file because `host` and `cli` may not know the room `model`: a
 * worker compiles the scenario again for itself, since a model holds functions and does not travel.
 */
import { compileModel } from '../model/compile.js';
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import type { Checked } from '../units/issue.js';

export type { CompiledScenario } from '../model/compiled.js';

/** The scenario's models, one a platform; or every mistake in it. The same scenario compiles alike on every thread. */
export function compileScenario(scenario: Scenario): Checked<CompiledScenario> {
  return compileModel(scenario);
}

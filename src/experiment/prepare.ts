/**
 * From a checked scenario to what jobs run. Its own file because `host` and `cli` may not know the room `model`: a
 * worker compiles the scenario again for itself, since a model holds functions and does not travel.
 */
import { compileModel } from '../model/compile.js';
import type { CompiledScenario } from '../model/compiled.js';
import type { Scenario } from '../scenario/contract.js';
import type { Rest } from '../scenario/parse.js';
import { type Checked, type Issue, sortIssues } from '../units/issue.js';

export type { CompiledScenario } from '../model/compiled.js';

/** The scenario's models, one a platform; or every mistake in it. The same scenario compiles alike on every thread. */
export function compileScenario(scenario: Scenario): Checked<CompiledScenario> {
  return compileModel(scenario);
}

/**
 * All that is wrong with a scenario whose form has mistakes: those, and what the meaning of its right parts shows.
 *
 * @param rest what is right of it; null: nothing that could be compiled
 */
export function issuesWithMeaning(formIssues: readonly Issue[], rest: Rest | null): Issue[] {
  if (rest === null) return [...formIssues];
  const compiled = compileModel(rest.scenario);
  const more = compiled.ok ? compiled.warnings : compiled.issues;
  const told = new Set(formIssues.map(({ path }) => path));
  const named = more.flatMap((issue) => rest.asWritten(issue) ?? []);
  return sortIssues([...formIssues, ...named.filter(({ path }) => !told.has(path))]);
}

/** Scenarios for tests: a small valid one whose sections can be replaced, and its issues as short lines. */
import type { Scenario } from '../../src/scenario/contract.js';
import type { ScenarioFiles } from '../../src/scenario/files.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { Issue } from '../../src/units/issue.js';

const sections: Record<string, string> = {
  traffic: '{visit: {entry: web.get, arrivals: {poisson: 10/s}}}',
  services: '{web: {operations: {get: [{cpu: 1ms}]}}}',
};

/** The small scenario with these sections instead or added, one line each. */
export function written(changes: Record<string, string> = {}): string {
  return Object.entries({ ...sections, ...changes })
    .map(([key, text]) => `${key}: ${text}\n`)
    .join('');
}

/** An operation of the only service, as a list of steps. */
export function withSteps(steps: string): string {
  return written({ services: `{web: {operations: {get: ${steps}}}}` });
}

/** `line:column code message; hint` of each issue. */
export function issuesIn(text: string, files?: ScenarioFiles): string[] {
  const checked = parseScenario(text, 's.yaml', files);
  return (checked.ok ? checked.warnings : checked.issues).map(short);
}

export function short({ at, code, message, hint }: Issue): string {
  const file = at.file === 's.yaml' ? '' : `${at.file}:`;
  return `${file}${at.line}:${at.column} ${code} ${message}${hint ? `; ${hint}` : ''}`;
}

/** The checked scenario. @throws Error with all issues when there are any */
export function checkedScenario(text: string, files?: ScenarioFiles): Scenario {
  const checked = parseScenario(text, 's.yaml', files);
  if (checked.ok) return checked.value;
  throw new Error(checked.issues.map(short).join('\n'));
}

/** Files held in memory, by their path as written. */
export function filesOf(texts: Record<string, string>): ScenarioFiles {
  return {
    read: (path) => {
      const text = texts[path];
      return text === undefined ? { ok: false, why: 'missing' } : { ok: true, text, file: path };
    },
  };
}

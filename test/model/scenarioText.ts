/** Scenarios as text for the tests of this room: parse, compile, and what came of it. */
import { compileModel } from '../../src/model/compile.js';
import type { CompiledPlatform, CompiledScenario } from '../../src/model/compiled.js';
import { parseScenario } from '../../src/scenario/parse.js';
import type { Checked, Issue } from '../../src/units/issue.js';

export function compileText(text: string): Checked<CompiledScenario> {
  const parsed = parseScenario(text, 'test.yaml');
  return parsed.ok ? compileModel(parsed.value) : parsed;
}

export function compiled(text: string): CompiledScenario {
  const result = compileText(text);
  if (!result.ok) throw new Error(result.issues.map(({ message, hint }) => `${message}; ${hint}`).join('\n'));
  return result.value;
}

export function issuesOf(text: string): readonly Issue[] {
  const result = compileText(text);
  return result.ok ? [] : result.issues;
}

/** One service `a` with one operation on one platform `p`; `service` and `platform` in flow style. */
export function oneService(platform: string, service = '', rest = ''): string {
  return `
windtunnel: 1
traffic: {all: {entry: a.op, arrivals: {poisson: 5/s}}}
services: {a: {${service}${service ? ', ' : ''}operations: {op: [{cpu: 10ms}]}}}
platforms: {p: ${platform}}
${rest}`;
}

export function onlyPlatform(text: string): CompiledPlatform {
  return compiled(text).platforms[0]!;
}

/**
 * What `import 'windtunnel/engine'` finds: compile a scenario and drive a run yourself, with observers of your own.
 * Re-exports only; test/house pins the names.
 */
export { type Progress, type Run, type RunOptions, startRun } from '../engine/run.js';
export { compileModel } from '../model/compile.js';
export type { CompiledPlatform, CompiledScenario } from '../model/compiled.js';
export type { Model } from '../model/contract.js';
export * from '../observation/contract.js';

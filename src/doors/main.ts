/**
 * What `import 'windtunnel'` finds: read a scenario, simulate it, compare platforms. Synchronous functions of their
 * arguments; a user's mistake is a value, never thrown. Re-exports only; test/house pins the names.
 */

export type { Cell, CellPlatform } from '../experiment/cells.js';
export type { CompareScenariosOptions, SimulateOptions } from '../experiment/compare.js';
export { compare, simulate } from '../experiment/compare.js';
export type { Comparison, Metrics, MetricValue, PlatformResult, Warning } from '../experiment/contract.js';
export type { PlanOptions } from '../experiment/plan.js';
export { plan } from '../experiment/plan.js';
export type { PlanFound } from '../experiment/planSearch.js';
export type { Candidate } from '../experiment/planSpace.js';
export { resultDocument } from '../experiment/resultDocument.js';
export type { SweepOptions } from '../experiment/sweep.js';
export { sweep } from '../experiment/sweep.js';
export type { Scenario } from '../scenario/contract.js';
export type { FileAnswer, ScenarioFiles } from '../scenario/files.js';
export type { Override } from '../scenario/overrides.js';
export { applyOverrides, parseScenario } from '../scenario/parse.js';
export { printIssues } from '../scenario/printIssues.js';
export type { Checked, Issue, Position } from '../units/issue.js';
export { printIssue } from '../units/issue.js';

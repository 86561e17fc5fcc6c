/**
 * Steps as written to steps as executed: names become places in the lists, distributions become samplers.
 */
import { callBreaker } from '../healing/callBreaker.js';
import { retryBudget } from '../healing/retryBudget.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import type { RetriesSpec, StepSpec, TimeoutSpec } from '../scenario/contract.js';
import type { Path } from '../scenario/positions.js';
import type { OperationModel, RetryModel, StepModel, TimeoutModel } from './contract.js';
import type { Findings } from './findings.js';

/** Where names stand in the model's lists; every reference has been checked by `scenario`. */
export interface Directory {
  readonly serviceIndex: (name: string) => number;
  readonly operationIndex: (service: string, operation: string) => number;
  readonly databaseIndex: (name: string) => number;
  readonly queueIndex: (name: string) => number;
  /** The database's own query time on this platform; undefined where nothing is written. */
  readonly queryTime: (database: string) => DistributionSpec | undefined;
  readonly findings: Findings;
}

/** @param path of the operation, for issues */
export function compileOperation(
  name: string,
  steps: readonly StepSpec[],
  path: Path,
  directory: Directory,
): OperationModel {
  return { name, steps: compileSteps(steps, path, directory) };
}

function compileSteps(steps: readonly StepSpec[], path: Path, directory: Directory): StepModel[] {
  return steps.map((step, place) => compileStep(step, [...path, place], directory));
}

function compileStep(step: StepSpec, path: Path, directory: Directory): StepModel {
  switch (step.kind) {
    case 'cpu':
      return { kind: 'cpu', work: makeSampler(step.work) };
    case 'wait':
      return { kind: 'wait', time: makeSampler(step.time) };
    case 'query':
      return compileQuery(step, path, directory);
    case 'call':
      return {
        kind: 'call',
        ...target(step.to, directory),
        timeout: compileTimeout(step.timeout),
        retries: compileRetries(step.retries),
        isOptional: step.isOptional,
        ...compileGuards(step, [...path, 'call'], directory),
      };
    case 'send':
      return {
        kind: 'send',
        ...target(step.to, directory),
        ...(step.via === undefined ? {} : { queue: directory.queueIndex(step.via) }),
      };
    case 'parallel':
      return {
        kind: 'parallel',
        branches: step.branches.map((branch, place) => compileSteps(branch, [...path, 'parallel', place], directory)),
      };
    case 'choose':
      return {
        kind: 'choose',
        branches: step.branches.map(({ chance, steps }, place) => ({
          chance,
          steps: compileSteps(steps, [...path, 'choose', place, 'do'], directory),
        })),
      };
    case 'repeat':
      return {
        kind: 'repeat',
        times: step.times,
        steps: compileSteps(step.steps, [...path, 'repeat', 'do'], directory),
      };
    default:
      return step;
  }
}

/** What stands between the caller and the service it calls. */
function compileGuards(
  { breaker, retryBudget: share, retries }: Extract<StepSpec, { kind: 'call' }>,
  path: Path,
  { findings }: Directory,
): Pick<Extract<StepModel, { kind: 'call' }>, 'breaker' | 'retryBudget'> {
  if (breaker?.maxPending !== undefined && breaker.maxRequests === undefined) {
    const message = 'says nothing without maxRequests: no call ever waits for a place';
    const hint = 'add maxRequests, or leave it out';
    findings.warn({ path: [...path, 'breaker', 'maxPending'], code: 'no-effect', message, hint });
  }
  if (share !== undefined && compileRetries(retries) === null) {
    const hint = 'add retries, or leave it out';
    findings.warn({ path: [...path, 'retryBudget'], code: 'no-effect', message: 'says nothing without retries', hint });
  }
  return {
    ...(breaker ? { breaker: callBreaker(breaker) } : {}),
    ...(share === undefined ? {} : { retryBudget: retryBudget(share) }),
  };
}

function target(to: { readonly service: string; readonly operation: string }, directory: Directory) {
  const { service, operation } = to;
  return { service: directory.serviceIndex(service), operation: directory.operationIndex(service, operation) };
}

function compileQuery(step: Extract<StepSpec, { kind: 'query' }>, path: Path, directory: Directory): StepModel {
  const time = step.time ?? directory.queryTime(step.database);
  if (!time)
    directory.findings.error({
      path: [...path, 'query'],
      code: 'missing',
      message: `has no time, and the database ${JSON.stringify(step.database)} has no query time of its own`,
      hint: `write {db: ${step.database}, time: 3ms}, or query: 3ms at the database`,
    });
  return {
    kind: 'query',
    database: directory.databaseIndex(step.database),
    time: makeSampler(time ?? { kind: 'constant', value: 0 }),
    ...(step.isWrite ? { isWrite: true } : {}),
  };
}

export function compileTimeout(timeout: TimeoutSpec | null): TimeoutModel | null {
  return timeout && { ...timeout, after: makeSampler(timeout.after) };
}

export function compileRetries(retries: RetriesSpec | null): RetryModel | null {
  return retries && retries.attempts > 0 ? retries : null;
}

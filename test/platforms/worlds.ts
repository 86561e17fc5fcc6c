/**
 * One service or two on one platform, run whole: what the tests of platforms' rules simulate. `moments` are arrivals at
 * exact seconds, as a trace; numbers come back as the bill and the metrics state them.
 */
import { simulate } from '../../src/experiment/compare.js';
import type { PlatformResult } from '../../src/experiment/contract.js';
import { givenFiles } from '../../src/scenario/files.js';
import { parseScenario } from '../../src/scenario/parse.js';
import { type Issue, printIssue } from '../../src/units/issue.js';

export interface World {
  readonly run?: string;
  readonly traffic?: string;
  /** Arrivals at these seconds, at `a.op`, instead of `traffic`. */
  readonly moments?: readonly number[];
  readonly services?: string;
  /** The steps of `a.op`, instead of `services`. */
  readonly steps?: string;
  readonly platform: string;
}

const nobody = '{nobody: {entry: a.op, arrivals: {none: {}}}}';
const byMoments = '{all: {entry: a.op, arrivals: {trace: moments.csv}}}';

function simulated({ run, traffic, moments, services, steps, platform }: World) {
  const text = `
run: {${run ?? 'duration: 30m'}, replications: 1}
traffic: ${traffic ?? (moments ? byMoments : nobody)}
services: ${services ?? `{a: {operations: {op: [${steps ?? '{wait: 1s}'}]}}}`}
network: {hop: 0ms}
platforms: {p: ${platform}}
`;
  const files = givenFiles(moments ? { 'moments.csv': `t_s\n${moments.join('\n')}\n` } : {});
  const parsed = parseScenario(text, 'case.yaml', files);
  return parsed.ok ? simulate(parsed.value) : parsed;
}

export function result(world: World): PlatformResult {
  const outcome = simulated(world);
  if (!outcome.ok) throw new Error(outcome.issues.map(printIssue).join('\n'));
  return outcome.value;
}

export function errors(world: World): readonly Issue[] {
  const outcome = simulated(world);
  return outcome.ok ? [] : outcome.issues.filter(({ severity }) => severity === 'error');
}

export const metric = (found: PlatformResult, service: string, name: string): number =>
  found.services.find((one) => one.name === service)?.metrics[name]?.mean ?? Number.NaN;

/** What was metered at a price, over all services or of one. */
export const quantity = ({ bill }: PlatformResult, sku: string, service?: string): number =>
  bill.lines
    .filter((line) => line.sku === sku && (service === undefined || line.service === service))
    .reduce((sum, line) => sum + Number(line.quantityRun), 0);

/** `count` arrivals at one moment. */
export const together = (count: number, atS = 0): number[] => Array.from({ length: count }, () => atS);
/** `count` arrivals, `everyS` apart, the first at 0. */
export const inTurn = (count: number, everyS: number): number[] =>
  Array.from({ length: count }, (_, place) => place * everyS);

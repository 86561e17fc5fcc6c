/**
 * The work of `plan`: the search on threads, then what the winner bears and what its scaling costs, put on paper.
 * Its own file because a plan asks for cells in rounds, each depending on the last. Checked by test/cli/plan.test.ts on
 * the built program.
 */
import { type Headroom, searchHeadroom } from '../experiment/headroom.js';
import { type Growth, searchHorizon } from '../experiment/horizon.js';
import { preparePlan } from '../experiment/plan.js';
import { type PlanResult, planDocument } from '../experiment/planDocument.js';
import { type PlanFound, searchPlan } from '../experiment/planSearch.js';
import { orderAt, type PlanSpace, spaceSize } from '../experiment/planSpace.js';
import { regretOf } from '../experiment/regret.js';
import type { CellRunner } from '../host/cellThreads.js';
import { QueueStoppedError } from '../host/queueLink.js';
import { claimReportFolder, defaultReportFolder } from '../host/reportFolder.js';
import { studyFiles } from '../host/studyFiles.js';
import { capacityCsv, capacityTableOf, planCsv, planTableOf } from '../report/csv/planCsv.js';
import { endLine } from '../report/resultLines.js';
import { planStudy } from '../report/study.js';
import { countedPlainly } from '../report/terminal/grid.js';
import { planTable } from '../report/terminal/planTable.js';
import type { Scenario } from '../scenario/contract.js';
import { openRunner, type StoringRunner } from './cellRunning.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';
import { readGrowth } from './growth.js';
import { listenForInterruption } from './interruption.js';
import { machineName } from './machine.js';
import { progressForm, startProgress } from './progress.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { onThreads, publishSearch } from './searchSteps.js';
import { choosePlatforms, reproducingCommand } from './simulationRequest.js';
import { told } from './sweeping.js';
import { printStudy } from './sweepOutput.js';
import { readSweepOutput, readVariedFlags, type SweepRequest } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

interface Planning {
  readonly call: Call;
  readonly terminal: Terminal;
  readonly scenario: Scenario;
  readonly space: PlanSpace;
  readonly growth: Growth | null;
  readonly output: Pick<SweepRequest, 'workers' | 'queue' | 'format' | 'reportKinds'>;
  readonly reportFolder: string;
}

const mostReplications = 64;

export async function planScenario(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags, operands } = call;
  const mistakes: string[] = [];
  const varied = readVariedFlags(flags.list('vary'), mistakes);
  const output = readSweepOutput(call, mistakes);
  const growth = readGrowth(flags.text('horizon'), flags.text('growth'), mistakes);
  const most = Number(flags.text('max-replications') ?? mostReplications);
  if (!Number.isInteger(most) || most < 2) mistakes.push('--max-replications must be a whole number from 2 on');
  if (mistakes.length > 0) return refuse(terminal, mistakes);
  const scenarioFile = operands[0] ?? '';
  const { checked, reader } = loadScenario(scenarioFile, flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { scenario, compiled } = checked.value;
  const names = compiled.platforms.map(({ name }) => name);
  const places = choosePlatforms(call, names, true);
  if ('mistakes' in places) return refuse(terminal, places.mistakes);
  const minimise = flags.text('minimise');
  const space = preparePlan(scenario, varied, {
    platforms: places.map((place) => names[place]!),
    mostReplications: most,
    ...(minimise === undefined ? {} : { minimise }),
  });
  if (!space.ok) return refuseIssues(terminal, space.issues);
  const reportFolder = flags.text('out') ?? defaultReportFolder(scenarioFile);
  try {
    return await planChecked({ call, terminal, scenario, space: space.value, growth, output, reportFolder });
  } catch (error) {
    return told(error, { call, terminal, seed: scenario.seed, scenarioDigest: reader.digest() });
  }
}

async function planChecked(planning: Planning): Promise<ExitCode> {
  const { call, terminal, scenario, output, reportFolder } = planning;
  if (output.reportKinds.size > 0) claimReportFolder(reportFolder, { force: call.flags.isOn('force') }).release();
  terminal.note(` ${scenario.name}  ${countedPlainly(spaceSize(planning.space), 'candidate')}  seed ${scenario.seed}`);
  const startedAt = new Date();
  const progress = startProgress(progressForm(call.flags.text('progress'), terminal), terminal, () =>
    performance.now(),
  );
  const interruption = listenForInterruption(
    () => terminal.note('stopping; finished cells are kept, and the same command goes on from there'),
    () => progress.end(),
  );
  let runner: StoringRunner | null = null;
  try {
    const { happened: stopped } = interruption;
    runner = await openRunner(call, terminal, scenario, { ...output, reportFolder }, { stopped });
    const result = await findOut(planning, runner);
    const made = { at: startedAt.toISOString(), tookMs: Date.now() - startedAt.getTime(), machine: machineName() };
    const written = await writePlan(planning, result, made);
    const code = strongestExitCode([interruption.code ?? exitCodes.ok, verdictOf(result.found)]);
    printPlan(planning, result, written);
    if (output.format === 'ndjson') terminal.out(endLine(code, result.complete));
    return code;
  } catch (error) {
    if (error instanceof QueueStoppedError) return interruption.code ?? exitCodes.interrupted;
    throw error;
  } finally {
    progress.end();
    await runner?.close();
    interruption.end();
  }
}

function verdictOf({ winner, isSure, complete }: PlanFound): ExitCode {
  if (!winner) return complete ? exitCodes.noPlan : exitCodes.untrusted;
  return isSure ? exitCodes.ok : exitCodes.untrusted;
}

async function findOut({ call, scenario, space, growth }: Planning, runner: CellRunner): Promise<PlanResult> {
  const found = await onThreads(runner, searchPlan(space));
  const { winner } = found;
  const replications = space.firstReplications;
  const isForAll = call.flags.isOn('capacity');
  const asked = isForAll ? space.platforms : winner ? [winner.platform] : [];
  const headrooms: Headroom[] = [];
  for (const platform of asked) {
    const settings = winner?.platform === platform ? winner.settings : [];
    if (settings.some(({ path }) => path === 'load')) continue;
    headrooms.push(await onThreads(runner, searchHeadroom({ scenario, platform, settings, replications })));
  }
  const own = headrooms.find(({ platform }) => platform === winner?.platform);
  const ahead = growth && own && winner ? { scenario, space, growth, winner, headroom: own } : null;
  const horizon = ahead && (await onThreads(runner, searchHorizon(ahead)));
  return {
    scenario: scenario.name,
    seed: scenario.seed,
    complete: found.complete && headrooms.every(({ complete }) => complete),
    space,
    found,
    regret:
      winner && found.complete ? regretOf(scenario, { ...orderAt(space, winner.place, 1), replications: null }) : null,
    headrooms,
    horizon,
  };
}

async function writePlan(
  { call, terminal, scenario, output, reportFolder }: Planning,
  result: PlanResult,
  made: Readonly<Record<string, string | number>>,
): Promise<readonly string[]> {
  const { reportKinds } = output;
  if (reportKinds.size === 0) return [];
  const files = new Map<string, string | Uint8Array>();
  if (reportKinds.has('csv')) {
    files.set('plan.csv', planCsv(result));
    files.set('capacity.csv', capacityCsv(result));
  }
  if (reportKinds.has('parquet')) {
    const { tableParquet } = await import('../host/parquetFiles.js');
    const paths = result.space.varied.map(({ path }) => path);
    files.set('plan.parquet', tableParquet(planTableOf(result), paths));
    files.set('capacity.parquet', tableParquet(capacityTableOf(result)));
  }
  if (reportKinds.has('json')) files.set('result.json', planJson(result));
  const command = reproducingCommand(call, 'plan', scenario.file);
  const making = { command, version, confidence: result.space.confidence };
  const report = await studyFiles(planStudy(result), reportKinds, making);
  for (const sentence of report.missing) terminal.note(sentence);
  for (const [name, content] of report.files) files.set(name, content);
  return publishSearch(call, scenario, { files, folder: reportFolder, complete: result.complete, made });
}

function planJson(result: PlanResult): string {
  return `${JSON.stringify(planDocument(result), null, 2)}\n`;
}

function printPlan({ terminal, output, reportFolder }: Planning, result: PlanResult, written: readonly string[]): void {
  if (output.format === 'json') terminal.out(planJson(result));
  else if (output.format === 'csv') terminal.out(planCsv(result));
  else if (output.format !== 'table') {
    const { confidence } = result.space;
    printStudy(terminal, output.format, { study: planStudy(result), document: planDocument(result), confidence });
  } else {
    const paths = written.length === 0 ? [] : [`${reportFolder}/  ${written.join('  ')}`];
    terminal.out(`${planTable(result, { colour: colourOf(terminal), paths })}\n`);
  }
}

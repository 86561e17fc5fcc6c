/**
 * The work of `breakeven`: the question checked, the search on threads, the answer printed and written. Its own file
 * because a break-even asks for cells in rounds and its answer is neither a plan nor a table of cells. Checked by
 * test/cli/breakeven.test.ts on the built program.
 */
import { prepareBreakEven } from '../experiment/breakEven.js';
import { type BreakEvenResult, breakEvenDocument } from '../experiment/breakEvenDocument.js';
import { type BreakEvenQuestion, searchBreakEven } from '../experiment/breakEvenSearch.js';
import { scenarioDigestOf } from '../experiment/cells.js';
import { openCellRunner } from '../host/cellThreads.js';
import { drawCharts } from '../host/chartImages.js';
import { claimReportFolder, defaultReportFolder, manifestMark, manifestName } from '../host/reportFolder.js';
import { breakEvenChart } from '../report/charts/breakEvenChart.js';
import { breakEvenCsv } from '../report/csv/breakEvenCsv.js';
import { breakEvenTable } from '../report/terminal/breakEvenTable.js';
import type { Scenario } from '../scenario/contract.js';
import { openStore } from './cellRunning.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';
import { listenForInterruption } from './interruption.js';
import { machineName } from './machine.js';
import { progressForm, startProgress } from './progress.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { told } from './sweeping.js';
import { readSweepOutput, type SweepRequest } from './sweepRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { version } from './version.js';

interface BreakingEven {
  readonly call: Call;
  readonly terminal: Terminal;
  readonly scenario: Scenario;
  readonly question: BreakEvenQuestion;
  readonly output: Pick<SweepRequest, 'workers' | 'format'>;
  readonly kinds: ReadonlySet<string>;
  readonly reportFolder: string;
}

export async function breakEven(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { flags, operands } = call;
  const mistakes: string[] = [];
  const output = readSweepOutput(call, mistakes);
  const between = (flags.text('between') ?? '').split(',').map((name) => name.trim());
  if (flags.text('between') === undefined) mistakes.push('"breakeven" needs --between a,b: two platforms');
  const kinds = (flags.text('breakeven-report') ?? 'csv,json').split(',').map((kind) => kind.trim());
  if (kinds.includes('none') && kinds.length > 1) mistakes.push('--report none stands alone');
  if (mistakes.length > 0) return refuse(terminal, mistakes);
  const scenarioFile = operands[0] ?? '';
  const { checked, reader } = loadScenario(scenarioFile, flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  if (checked.warnings.length > 0 && flags.isOn('strict')) return refuseIssues(terminal, checked.warnings);
  const { scenario } = checked.value;
  const [vary, range] = [flags.text('vary-one'), flags.text('axis-range')];
  const prepared = prepareBreakEven(scenario, {
    between,
    ...(vary === undefined ? {} : { vary }),
    ...(range === undefined ? {} : { range }),
  });
  if ('faults' in prepared) return refuse(terminal, prepared.faults);
  const reportFolder = flags.text('out') ?? defaultReportFolder(scenarioFile);
  const wanted = new Set(kinds.filter((kind) => kind !== 'none'));
  try {
    return await search({ call, terminal, scenario, ...prepared, output, kinds: wanted, reportFolder });
  } catch (error) {
    return told(error, { call, terminal, seed: scenario.seed, scenarioDigest: reader.digest() });
  }
}

async function search(breaking: BreakingEven): Promise<ExitCode> {
  const { call, terminal, scenario, question, output, kinds, reportFolder } = breaking;
  if (kinds.size > 0) claimReportFolder(reportFolder, { force: call.flags.isOn('force') }).release();
  terminal.note(` ${scenario.name}  ${question.between.join(' and ')}  seed ${scenario.seed}`);
  const startedAt = new Date();
  const form = progressForm(call.flags.text('progress'), terminal);
  const progress = startProgress(form, terminal, () => performance.now());
  const interruption = listenForInterruption(
    () => terminal.note('stopping; finished cells are kept, and the same command goes on from there'),
    () => progress.end(),
  );
  const reportKinds = new Set(kinds.has('csv') || kinds.has('json') ? (['csv'] as const) : []);
  const runner = openCellRunner(scenario, {
    workers: output.workers,
    store: await openStore(call, { reportKinds, reportFolder }),
    version,
    stopped: interruption.happened,
  });
  try {
    const searching = searchBreakEven(question);
    let step = searching.next();
    while (!step.done) step = searching.next(await runner.run(step.value));
    const result: BreakEvenResult = { scenario: scenario.name, seed: scenario.seed, question, found: step.value };
    const made = { at: startedAt.toISOString(), tookMs: Date.now() - startedAt.getTime(), machine: machineName() };
    const written = await write(breaking, result, made);
    print(breaking, result, written);
    const isKnown = result.found.complete && result.found.points.length > 0;
    return strongestExitCode([interruption.code ?? exitCodes.ok, isKnown ? exitCodes.ok : exitCodes.untrusted]);
  } finally {
    progress.end();
    interruption.end();
    await runner.close();
  }
}

async function write(
  { call, terminal, scenario, kinds, reportFolder }: BreakingEven,
  result: BreakEvenResult,
  made: Readonly<Record<string, string | number>>,
): Promise<readonly string[]> {
  if (kinds.size === 0) return [];
  const files = new Map<string, string | Uint8Array>();
  if (kinds.has('csv')) files.set('breakeven.csv', breakEvenCsv(result));
  if (kinds.has('json')) files.set('result.json', jsonOf(result));
  if (kinds.has('png')) {
    const images = await drawCharts([breakEvenChart(result)]);
    if ('missing' in images) terminal.note(images.missing);
    else for (const { name, image } of images) files.set(`charts/${name}.png`, image);
  }
  const names = [...files.keys()];
  const manifest = {
    madeBy: manifestMark,
    version,
    command: call.commandLine,
    seed: scenario.seed,
    scenario: { file: scenario.file, digest: scenarioDigestOf(scenario) },
    complete: result.found.complete,
    files: names,
    made,
  };
  files.set(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  const folder = claimReportFolder(reportFolder, { force: call.flags.isOn('force') });
  try {
    folder.publish(files);
  } finally {
    folder.release();
  }
  return names;
}

function jsonOf(result: BreakEvenResult): string {
  return `${JSON.stringify(breakEvenDocument(result), null, 2)}\n`;
}

function print(
  { terminal, output, reportFolder }: BreakingEven,
  result: BreakEvenResult,
  names: readonly string[],
): void {
  if (output.format === 'json') terminal.out(jsonOf(result));
  else if (output.format === 'csv') terminal.out(breakEvenCsv(result));
  else {
    const paths = names.length === 0 ? [] : [`${reportFolder}/  ${names.join('  ')}`];
    terminal.out(`${breakEvenTable(result, { colour: colourOf(terminal), paths })}\n`);
  }
}

/**
 * The work of `run` and `compare`: check, simulate on threads, write the report, print the result, and say with the
 * exit code how it went. Its own file because the two commands differ in nothing but which platforms they take and
 * which table they print. Checked by test/cli/simulate.test.ts on the built program.
 */
import { appendFileSync } from 'node:fs';
import type { Comparison } from '../experiment/contract.js';
import type { Extent } from '../experiment/jobs.js';
import type { CompiledScenario } from '../experiment/prepare.js';
import { stalePriceIssues } from '../experiment/stalePrices.js';
import { parquetNames } from '../host/parquetNames.js';
import { type ManifestFacts, makeReport, resultJson } from '../host/reportFiles.js';
import { claimReportFolder, type ReportFolder, ReportFolderError } from '../host/reportFolder.js';
import { type StoredRuns, storedRuns, storedRunsBytes } from '../host/storedRuns.js';
import { summaryCsv } from '../report/csv/summaryCsv.js';
import { junitXml } from '../report/junit.js';
import { endLine, progressLineJson, resultLines, versionLine } from '../report/resultLines.js';
import { annotations, stepSummary } from '../report/stepSummary.js';
import { comparisonMarkdown } from '../report/terminal/comparisonMarkdown.js';
import { comparisonTable } from '../report/terminal/comparisonTable.js';
import { runTable } from '../report/terminal/runTable.js';
import { sinceLastLines } from '../report/terminal/storedTable.js';
import type { Scenario } from '../scenario/contract.js';
import { isAtOrBelow, printPath } from '../scenario/positions.js';
import { printNumber } from '../units/print.js';
import { type OpenedBaseline, openBaseline } from './baselining.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';
import { reportBug } from './internalError.js';
import { listenForInterruption } from './interruption.js';
import { issueText } from './issuePrinting.js';
import type { LastRun } from './lastRun.js';
import { machineName } from './machine.js';
import { tryNearby } from './nearbyChanges.js';
import { exitCodeOf, hintLines, reasonLines, warningLines } from './outcome.js';
import { progressForm, spanOf, startProgress } from './progress.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { doJobs, firstReplicationCount, type JobsListener } from './simulationJobs.js';
import { choosePlatforms, readRequest, reproducingCommand, type SimulationRequest } from './simulationRequest.js';
import { colourOf, type Terminal } from './terminal.js';
import { todayText } from './today.js';
import { version } from './version.js';

/** What the whole of a simulation knows. */
interface Simulation {
  readonly call: Call;
  readonly terminal: Terminal;
  readonly request: SimulationRequest;
  readonly isComparison: boolean;
  readonly scenario: Scenario;
  readonly compiled: CompiledScenario;
  readonly extent: Extent;
  readonly scenarioDigest: string;
  readonly against: OpenedBaseline | null;
  /** With --watch: the run before this one. */
  readonly lastRun: LastRun | undefined;
}

export async function simulate(
  call: Call,
  terminal: Terminal,
  { isComparison, lastRun }: { readonly isComparison: boolean; readonly lastRun?: LastRun },
): Promise<ExitCode> {
  const request = readRequest(call);
  if ('mistakes' in request) return refuse(terminal, request.mistakes);
  const { checked, reader } = loadScenario(request.scenarioFile, call.flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { scenario, compiled } = checked.value;
  const names = compiled.platforms.map(({ name }) => name);
  const platforms = choosePlatforms(call, names, isComparison);
  if ('mistakes' in platforms) return refuse(terminal, platforms.mistakes);
  const others = names.filter((_, place) => !platforms.includes(place)).map((name) => printPath(['platforms', name]));
  const told = [...checked.warnings, ...stalePriceIssues(scenario, compiled, todayText())].filter(
    ({ path }) => !others.some((other) => isAtOrBelow(path, other)),
  );
  if (told.length > 0 && call.flags.isOn('strict')) return refuseIssues(terminal, told);
  if (told.length > 0) terminal.note(issueText(told, terminal.errColors));
  const { untilCiShare } = request;
  const replications = firstReplicationCount(compiled.run.replications, request);
  const withAllTimelines = call.flags.isOn('all-replications');
  const withRequests = call.flags.isOn('requests');
  const whole: Extent = { platforms, replications, withCostCurve: true, withAllTimelines, withRequests };
  const extent = untilCiShare === null ? whole : { ...whole, untilCiShare };
  const against = openBaseline(call, terminal, { scenario, replications });
  if (typeof against === 'number') return against;
  const facts = { call, terminal, request, isComparison, scenario, scenarioDigest: reader.digest(), against, lastRun };
  try {
    return await simulateChecked({ ...facts, compiled, extent });
  } catch (error) {
    if (error instanceof ReportFolderError) {
      terminal.complain(`windtunnel: ${error.message}`);
      return error.reason === 'foreign' ? exitCodes.usage : exitCodes.io;
    }
    return reportBug(error, call, terminal, { seed: scenario.seed, scenarioDigest: facts.scenarioDigest });
  }
}

/** Everything is right: claims the folder, simulates, publishes, prints. */
async function simulateChecked(simulation: Simulation): Promise<ExitCode> {
  const { request, call, terminal } = simulation;
  const force = call.flags.isOn('force');
  const folder = request.reportKinds.size > 0 ? claimReportFolder(request.reportFolder, { force }) : null;
  const tidy = (): void => folder?.release();
  process.on('exit', tidy);
  try {
    const startedAt = new Date();
    const { comparison: plain, stored: runs, interruption } = await simulateJobs(simulation, tidy);
    const isShown = request.reportKinds.has('html') && interruption === null;
    const nearby = isShown ? await tryNearby(plain, { ...simulation, workers: request.workers }) : [];
    const tried = nearby.length > 0 ? { nearby } : {};
    const comparison = { ...plain, ...tried };
    const stored = storedRunsBytes({ ...runs, ...tried });
    const tookMs = Date.now() - startedAt.getTime();
    terminal.detail(`${spanOf(tookMs)} on ${request.workers} threads at most`);
    if (comparison.platforms.length === 0) {
      terminal.complain('windtunnel: stopped before any replication was finished; nothing was written');
      return interruption ?? exitCodes.untrusted;
    }
    const made = { at: startedAt.toISOString(), tookMs, node: process.version, machine: machineName() };
    const failure = folder === null ? null : await publish(simulation, folder, comparison, { made, stored });
    const failures = [failure, summarizeStep(simulation, comparison)].filter((one) => one !== null);
    const isStrict = call.flags.isOn('strict');
    const own = exitCodeOf(comparison, { interruption, isStrict });
    const code = failures.length === 0 ? own : strongestExitCode([own, exitCodes.io]);
    print(simulation, comparison, { isWritten: failure === null && folder !== null, code });
    if (interruption === null) printSince(simulation, runs);
    for (const line of reasonLines(comparison, isStrict)) terminal.note(line);
    for (const one of failures) terminal.complain(`windtunnel: ${one}`);
    return code;
  } finally {
    tidy();
    process.off('exit', tidy);
  }
}

/** All jobs, on threads; a signal stops them, and what is finished is gathered. */
async function simulateJobs(
  { scenario, compiled, extent, request, call, terminal, against }: Simulation,
  tidy: () => void,
): Promise<{ readonly comparison: Comparison; readonly stored: StoredRuns; readonly interruption: ExitCode | null }> {
  terminal.note(headline(compiled, extent));
  if (request.format === 'ndjson') terminal.out(versionLine(version));
  let tenths = 0;
  const progress = startProgress(progressForm(call.flags.text('progress'), terminal), terminal, () =>
    performance.now(),
  );
  const interruption = listenForInterruption(
    () => {
      progress.end();
      terminal.note('stopping; what is finished is kept (once more ends at once)');
    },
    () => {
      progress.end();
      tidy();
    },
  );
  try {
    const listener: JobsListener = {
      onProgress(share, eventCount) {
        progress.advance(share, eventCount);
        for (; request.format === 'ndjson' && tenths < Math.floor(share * 10 + 1e-9); tenths++)
          terminal.out(progressLineJson((tenths + 1) / 10));
      },
      onRound(sentence) {
        progress.end();
        terminal.note(sentence);
      },
      stopped: interruption.happened,
      isStopped: () => interruption.code !== null,
    };
    const isAbortedOnFail = call.flags.isOn('abort-on-fail');
    const done = await doJobs(
      { scenario, compiled, extent, request, isAbortedOnFail, ...(against && { baseline: against.baseline }) },
      listener,
    );
    const runs = storedRuns(scenario, done.extent, done.finished, version);
    const stored = against ? { ...runs, baseline: against.kept } : runs;
    return { comparison: done.comparison, stored, interruption: interruption.code };
  } finally {
    progress.end();
    interruption.end();
  }
}

/** Writes the report; null, or why the machine refused: the result is still printed then. */
async function publish(
  { call, request, isComparison, scenarioDigest, terminal }: Simulation,
  folder: ReportFolder,
  comparison: Comparison,
  beside: Pick<ManifestFacts, 'made' | 'stored'>,
): Promise<string | null> {
  const { scenarioFile } = request;
  const command = reproducingCommand(call, isComparison ? 'compare' : 'run', scenarioFile);
  const facts = { version, command, scenarioFile, scenarioDigest, charts: request.charts, ...beside };
  const { files, missing } = await makeReport(comparison, request.reportKinds, facts);
  for (const sentence of missing) terminal.note(sentence);
  try {
    folder.publish(files);
    return null;
  } catch (error) {
    if (error instanceof ReportFolderError) return error.message;
    throw error;
  }
}

/** Adds to the summary of a step on GitHub, and annotates; null, or why the file refused. */
function summarizeStep({ request, terminal }: Simulation, comparison: Comparison): string | null {
  const { stepSummaryFile, scenarioFile } = request;
  if (stepSummaryFile === null) return null;
  for (const line of annotations(comparison, scenarioFile)) terminal.complain(line);
  try {
    appendFileSync(stepSummaryFile, stepSummary(comparison));
    return null;
  } catch (error) {
    return `cannot write to ${stepSummaryFile} ($GITHUB_STEP_SUMMARY): ${(error as NodeJS.ErrnoException).code}`;
  }
}

type Printing = Pick<SimulationRequest, 'format' | 'reportKinds' | 'reportFolder'>;
type Printed = Pick<Simulation, 'terminal' | 'isComparison' | 'extent'> & { readonly request: Printing };

/** The result, on stdout; warnings that no table shows, on stderr. */
export function print(
  { terminal, request, isComparison, extent }: Printed,
  comparison: Comparison,
  { isWritten, code }: { readonly isWritten: boolean; readonly code: ExitCode },
): void {
  const { format } = request;
  const isTable = format === 'table';
  // The table has its warnings beside the numbers: on a screen that shows both streams, once is enough.
  if (format !== 'ndjson' && !(isTable && terminal.isScreen))
    for (const line of warningLines(comparison)) terminal.note(line);
  if (format !== 'ndjson' && !isTable) for (const line of hintLines(comparison)) terminal.note(line);
  if (format === 'json') terminal.out(resultJson(comparison));
  else if (format === 'csv') terminal.out(summaryCsv(comparison));
  else if (format === 'markdown') terminal.out(comparisonMarkdown(comparison));
  else if (format === 'junit') terminal.out(junitXml(comparison));
  else if (format === 'ndjson') terminal.out(resultLines(comparison) + endLine(code, comparison.complete));
  else {
    const table = isComparison ? comparisonTable : runTable;
    const paths = isWritten ? [`${request.reportFolder}/  ${fileNames(request, extent.withRequests === true)}`] : [];
    const options = { widthColumns: terminal.columnCount, colour: colourOf(terminal), paths };
    terminal.out(`${table(comparison, options)}\n`);
  }
}

/** With --watch, below a table: what the change did. */
function printSince({ lastRun, scenario, compiled, request, terminal }: Simulation, runs: StoredRuns): void {
  const since = lastRun?.({ scenario, compiled, extent: runs.extent, results: runs.results }) ?? null;
  if (since === null || request.format !== 'table') return;
  const options = { widthColumns: terminal.columnCount, colour: colourOf(terminal) };
  terminal.out(`${sinceLastLines(since, options).join('\n')}\n`);
}

/** ` Movie booking  2 h simulated  seed 2026  10 replications  8 platforms`. */
function headline({ name, seed, run }: CompiledScenario, { platforms, replications }: Extent): string {
  const simulatedUs = run.warmupUs + run.durationUs;
  const simulated = simulatedUs < 60e6 ? `${printNumber(simulatedUs / 1e6)} s` : spanOf(simulatedUs / 1000);
  const several = platforms.length === 1 ? '' : `  ${platforms.length} platforms`;
  const repeats = `${replications} ${replications === 1 ? 'replication' : 'replications'}`;
  return ` ${oneLine(name)}  ${simulated} simulated  seed ${oneLine(seed)}  ${repeats}${several}`;
}

function fileNames({ reportKinds }: Printing, withRequests: boolean): string {
  const names = [
    ...(withRequests ? ['requests.csv'] : []),
    ...(reportKinds.has('html') ? ['report.html'] : []),
    ...(reportKinds.has('csv') ? ['summary.csv', 'timeline.csv', 'invoice.csv', 'events.csv', 'invoice.txt'] : []),
    ...(reportKinds.has('parquet') ? parquetNames : []),
    ...(reportKinds.has('json') ? ['result.json'] : []),
    ...(reportKinds.has('infracost') ? ['infracost.json'] : []),
    ...(reportKinds.has('md') ? ['report.md'] : []),
    ...(reportKinds.has('junit') ? ['junit.xml'] : []),
    ...(reportKinds.has('png') || reportKinds.has('svg') ? ['charts/'] : []),
  ];
  return names.join('  ');
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, 80);
}

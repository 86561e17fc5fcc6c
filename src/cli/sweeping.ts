/**
 * The work of `sweep`: check every value, simulate the cells that nobody has simulated yet, write and print. Its own
 * file because a sweep differs from a comparison in what must survive: each finished cell is kept at once, so that
 * stopping, crashing or losing a machine costs at most the cells under way. Checked by test/cli/sweep.test.ts.
 */
import { type CellOrder, scenarioDigestOf } from '../experiment/cells.js';
import { cellCountOf, type Design } from '../experiment/designs.js';
import { planSweep } from '../experiment/sweep.js';
import { QueueError, QueueStoppedError, QueueVersionError } from '../host/queueLink.js';
import { claimReportFolder, ReportFolderError } from '../host/reportFolder.js';
import { openSpool } from '../host/spool.js';
import type { Study } from '../host/studyFile.js';
import { CellStoreError } from '../host/textStore.js';
import { endLine } from '../report/resultLines.js';
import { countedPlainly } from '../report/terminal/grid.js';
import type { Scenario } from '../scenario/contract.js';
import { openRunner, type StoringRunner } from './cellRunning.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes, strongestExitCode } from './exitCodes.js';
import { reportBug } from './internalError.js';
import { listenForInterruption } from './interruption.js';
import { machineName } from './machine.js';
import { progressForm, spanOf, startProgress } from './progress.js';
import { refuse, refuseIssues } from './refusal.js';
import { loadScenario } from './scenarioLoading.js';
import { choosePlatforms, reproducingCommand } from './simulationRequest.js';
import { SweepGathering } from './sweepGathering.js';
import { printSweep, printSweepTables, type SweepResult, tablesWanted, writeSweep } from './sweepOutput.js';
import { readSweepRequest, type SweepRequest } from './sweepRequest.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/** Cells are asked for and handed on so many at a time: they do not all fit in memory. A queue has more of them out. */
const threadBatch = 300;
const queueBatch = 20_000;
/** Larger designs are a slip unless --yes says that they are meant. */
const mostCellsUnasked = 1_000_000;

interface Sweep {
  readonly call: Call;
  readonly terminal: Terminal;
  readonly request: SweepRequest;
  readonly scenario: Scenario;
  readonly study: Study;
}

export async function sweepScenario(call: Call, terminal: Terminal): Promise<ExitCode> {
  const request = readSweepRequest(call);
  if ('mistakes' in request) return refuse(terminal, request.mistakes);
  const { checked, reader } = loadScenario(request.scenarioFile, call.flags);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { scenario, compiled } = checked.value;
  const names = compiled.platforms.map(({ name }) => name);
  const places = choosePlatforms(call, names, true);
  if ('mistakes' in places) return refuse(terminal, places.mistakes);
  const design: Design = { ...request.design, seed: scenario.seed };
  const count = cellCountOf(design);
  if (count > mostCellsUnasked && !call.flags.isOn('yes'))
    return refuse(terminal, [`the design has ${count} cells; if that is meant, say so with --yes`]);
  const platforms = call.flags.text('platforms') === undefined ? null : places.map((place) => names[place]!);
  const planned = planSweep(scenario, design, { platforms, replications: null });
  if (!planned.ok) return refuseIssues(terminal, planned.issues);
  const study: Study = {
    madeBy: 'windtunnel',
    version,
    scenario: scenario.name,
    seed: scenario.seed,
    scenarioDigest: scenarioDigestOf(scenario),
    design,
    platforms,
    replications: null,
  };
  try {
    return await sweepChecked({ call, terminal, request, scenario, study }, planned.value.orders);
  } catch (error) {
    return told(error, { call, terminal, seed: scenario.seed, scenarioDigest: reader.digest() });
  }
}

/** What the machine refused, as an exit code; what is a bug of ours, as one. */
export function told(
  error: unknown,
  { call, terminal, ...facts }: { call: Call; terminal: Terminal; seed: string; scenarioDigest: string },
): ExitCode {
  if (error instanceof QueueVersionError) return refuse(terminal, [error.message]);
  if (error instanceof CellStoreError || error instanceof QueueError || error instanceof ReportFolderError) {
    terminal.complain(`windtunnel: ${error.message}`);
    if (error instanceof QueueError)
      terminal.complain('windtunnel: what is finished is kept; the same command goes on');
    return error instanceof ReportFolderError && error.reason === 'foreign' ? exitCodes.usage : exitCodes.io;
  }
  return reportBug(error, call, terminal, facts);
}

async function sweepChecked(sweep: Sweep, orders: readonly CellOrder[]): Promise<ExitCode> {
  const { call, request, study } = sweep;
  const { shard, reportKinds, reportFolder } = request;
  // Whether the folder may be written is asked before hours of simulating.
  if (reportKinds.size > 0) claimReportFolder(reportFolder, { force: call.flags.isOn('force') }).release();
  const own = shard ? orders.filter((_, place) => place % shard.count === shard.index - 1) : orders;
  const startedAt = new Date();
  const spool = openSpool(reportKinds.size > 0 ? reportFolder : null);
  try {
    const gathering = await SweepGathering.open(study, tablesWanted(request), spool);
    const interruption = await simulateCells(sweep, own, gathering);
    const gathered = gathering.finish();
    const complete = !shard && gathered.cellCount === orders.length && gathered.incompleteCount === 0;
    const made = { at: startedAt.toISOString(), tookMs: Date.now() - startedAt.getTime(), machine: machineName() };
    const command = reproducingCommand(call, 'sweep', request.scenarioFile);
    const tables = gathered.tables(complete);
    return await tell(sweep, { study, gathered, tables, complete, command, made }, interruption);
  } finally {
    spool.remove();
  }
}

async function tell(sweep: Sweep, result: SweepResult, interruption: ExitCode | null): Promise<ExitCode> {
  const { call, terminal, request } = sweep;
  const { gathered, complete } = result;
  const { shard } = request;
  printSweepTables(terminal, result, request);
  const written = await writeSweep(call, terminal, result, request);
  printSweep(terminal, result, request, written);
  const { refusedCount } = gathered;
  if (refusedCount > 0) {
    const refused = countedPlainly(refusedCount, 'cell contradicts itself', 'cells contradict themselves');
    terminal.note(`${refused}: not simulated`);
  }
  if (shard) terminal.note(`part ${shard.index} of ${shard.count}; windtunnel merge puts the parts together`);
  const isMissed = call.flags.isOn('fail-on-miss') && gathered.missedCount > 0;
  const code = strongestExitCode([
    ...(interruption === null ? [] : [interruption]),
    ...(isMissed ? [exitCodes.missed] : []),
  ]);
  if (request.format === 'ndjson') terminal.out(endLine(code, complete));
  return code;
}

async function simulateCells(
  { call, terminal, request, scenario }: Sweep,
  orders: readonly CellOrder[],
  gathering: SweepGathering,
): Promise<ExitCode | null> {
  terminal.note(` ${scenario.name}  ${countedPlainly(orders.length, 'cell')}  seed ${scenario.seed}`);
  const form = progressForm(call.flags.text('progress'), terminal);
  const progress = startProgress(form, terminal, () => performance.now());
  const interruption = listenForInterruption(
    () => {
      progress.end();
      terminal.note('stopping; finished cells are kept, and the same command goes on from there');
    },
    () => progress.end(),
  );
  const startMs = performance.now();
  let runner: StoringRunner | null = null;
  try {
    runner = await openRunner(call, terminal, scenario, request, {
      onProgress: (done, events) => progress.advance(done / Math.max(1, orders.length), events),
      stopped: interruption.happened,
    });
    const batch = request.queue ? queueBatch : threadBatch;
    for (let from = 0; from < orders.length && interruption.code === null; from += batch)
      for (const cell of await runner.run(orders.slice(from, from + batch))) if (cell) gathering.take(cell);
    progress.end();
    const { foundCount, simulatedCount, place } = runner;
    if (foundCount > 0)
      terminal.note(`${countedPlainly(foundCount, 'cell was', 'cells were')} finished before, in ${place}`);
    const by = request.queue ? 'with all workers of the queue' : `on ${request.workers} threads`;
    terminal.detail(`${countedPlainly(simulatedCount, 'cell')} in ${spanOf(performance.now() - startMs)} ${by}`);
    return interruption.code;
  } catch (error) {
    if (error instanceof QueueStoppedError) return interruption.code;
    throw error;
  } finally {
    progress.end();
    await runner?.close();
    interruption.end();
  }
}

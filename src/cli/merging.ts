/**
 * The work of `merge`: the cells that several folders hold, laid in the design's order, as if one machine had made
 * them. Its own file because it needs no scenario and no engine: the parts say what they belong to. Checked by
 * test/cli/sweep.test.ts: parts merged are, byte for byte, the sweep in one piece.
 */
import { join, resolve } from 'node:path';
import type { Cell } from '../experiment/cells.js';
import { type CellStore, cellsIn, openTexts } from '../host/cellStore.js';
import { claimReportFolder } from '../host/reportFolder.js';
import { openSpool, type Spool } from '../host/spool.js';
import { ordersOf, readStudy, type Study, studyText } from '../host/studyFile.js';
import { endLine } from '../report/resultLines.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { machineName } from './machine.js';
import { refuse } from './refusal.js';
import { SweepGathering } from './sweepGathering.js';
import { told } from './sweeping.js';
import { printSweep, printSweepTables, type SweepResult, tablesWanted, writeSweep } from './sweepOutput.js';
import { readSweepOutput } from './sweepRequest.js';
import type { Terminal } from './terminal.js';

export async function mergeParts(call: Call, terminal: Terminal): Promise<ExitCode> {
  const { operands, flags } = call;
  const mistakes: string[] = [];
  const output = readSweepOutput(call, mistakes);
  const studies = operands.map((folder) => ({ folder, study: readStudy(folder) }));
  for (const { study } of studies) if (typeof study === 'string') mistakes.push(study);
  const [first] = studies;
  const differing = studies.filter(({ study }) => wordsOf(study) !== wordsOf(first!.study));
  if (mistakes.length === 0)
    for (const { folder } of differing) mistakes.push(`${folder} is of another sweep than ${first!.folder}`);
  if (operands.length > 1 && flags.text('out') === undefined)
    mistakes.push('say with --out where the merged report goes');
  if (mistakes.length > 0) return refuse(terminal, mistakes);
  const study = first!.study as Study; // Checked above: a text is a mistake.
  const reportFolder = flags.text('out') ?? first!.folder;
  const facts = { call, terminal, seed: study.seed, scenarioDigest: study.scenarioDigest };
  let spool: Spool | null = null;
  try {
    const startedAt = new Date();
    const stores = await storesOf(call, operands);
    const { reportKinds } = output;
    if (reportKinds.size > 0) claimReportFolder(reportFolder, { force: flags.isOn('force') }).release();
    spool = openSpool(reportKinds.size > 0 ? reportFolder : null);
    const gathering = await SweepGathering.open(study, tablesWanted(output), spool);
    const missingCount = await collect(study, stores, resolve(reportFolder), gathering);
    const gathered = gathering.finish();
    const complete = missingCount === 0 && gathered.incompleteCount === 0;
    const made = { at: startedAt.toISOString(), tookMs: Date.now() - startedAt.getTime(), machine: machineName() };
    const tables = gathered.tables(complete);
    const result: SweepResult = { study, gathered, tables, complete, command: call.commandLine, made };
    printSweepTables(terminal, result, output);
    const written = await writeSweep(call, terminal, result, { ...output, reportFolder });
    printSweep(terminal, result, { ...output, reportFolder }, written);
    const cellCount = gathered.cellCount + missingCount;
    if (missingCount > 0) terminal.complain(`windtunnel: ${missingCount} of ${cellCount} cells are missing`);
    const code = missingCount > 0 ? exitCodes.untrusted : exitCodes.ok;
    if (output.format === 'ndjson') terminal.out(endLine(code, complete));
    return code;
  } catch (error) {
    return told(error, facts);
  } finally {
    spool?.remove();
  }
}

function wordsOf(study: Study | string): string {
  return typeof study === 'string' ? study : studyText(study);
}

async function storesOf(call: Call, folders: readonly string[]): Promise<readonly CellStore[]> {
  const told = call.flags.text('store');
  const places = told === undefined ? folders.map((folder) => join(folder, 'cells')) : [told];
  return Promise.all(places.map(async (place) => cellsIn(await openTexts(place))));
}

/**
 * Each cell from the first store that has it, kept beside the merged report too.
 *
 * @returns how many none of them has
 */
async function collect(
  study: Study,
  stores: readonly CellStore[],
  reportFolder: string,
  gathering: SweepGathering,
): Promise<number> {
  const own = join(reportFolder, 'cells');
  const isElsewhere = stores.every(({ place }) => resolve(place) !== own);
  const target = isElsewhere ? cellsIn(await openTexts(own)) : null;
  let missingCount = 0;
  for (const { order, key } of ordersOf(study)) {
    let cell: Cell | null = null;
    for (const store of stores) cell ??= await store.get(key);
    if (cell && target) await target.put(key, cell);
    if (cell) gathering.take({ ...cell, settings: order.settings });
    else missingCount++;
  }
  return missingCount;
}

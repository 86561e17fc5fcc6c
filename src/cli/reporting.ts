/**
 * The work of `report`: what is stored beside a report becomes a report again, billed at the same prices or at others.
 * Its own file because nothing is simulated here: results are gathered from the stored runs by the code that gathered
 * them the first time. Checked by test/cli/report.test.ts on the built program.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gather } from '../experiment/gather.js';
import { compileScenario } from '../experiment/prepare.js';
import { type ManifestFacts, makeReport, type ReportKind } from '../host/reportFiles.js';
import {
  claimReportFolder,
  filesOfManifest,
  manifestName,
  type ReportFiles,
  ReportFolderError,
} from '../host/reportFolder.js';
import { openScenario } from '../host/scenarioReader.js';
import { readStoredRuns, type StoredRuns, storedRunsBytes, storedRunsName } from '../host/storedRuns.js';
import { versionLine } from '../report/resultLines.js';
import type { PriceFileSpec, Scenario } from '../scenario/contract.js';
import { restoreScenario } from '../scenario/parse.js';
import { parsePriceFile } from '../scenario/priceFile.js';
import type { Checked } from '../units/issue.js';
import { openBaseline } from './baselining.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { exitCodeOf, reasonLines } from './outcome.js';
import { refuse, refuseIssues } from './refusal.js';
import { unreadable } from './scenarioLoading.js';
import { print } from './simulation.js';
import { quoted, readOutput } from './simulationRequest.js';
import type { Terminal } from './terminal.js';
import { version } from './version.js';

/** Where a report was, and what it was made of. */
interface Earlier {
  readonly folder: string;
  readonly stored: StoredRuns;
  readonly facts: Omit<ManifestFacts, 'version'>;
  readonly files: readonly string[];
}

export async function makeAgain(call: Call, terminal: Terminal): Promise<ExitCode> {
  const folder = call.operands[0] ?? '';
  const output = readOutput(call);
  if ('mistakes' in output) return refuse(terminal, output.mistakes);
  const stored = readStoredRuns(folder, version);
  if (typeof stored === 'string') return refuse(terminal, [stored]);
  const facts = readManifest(folder);
  if (typeof facts === 'string') return refuse(terminal, [facts]);
  const priced = restored(stored, call.flags.text('prices'));
  if (!priced.ok) return refuseIssues(terminal, priced.issues);
  try {
    const earlier = { folder, stored, facts, files: filesOfManifest(folder) };
    return await publishAgain(call, terminal, earlier, { scenario: priced.value, output });
  } catch (error) {
    if (!(error instanceof ReportFolderError)) throw error;
    terminal.complain(`windtunnel: ${error.message}`);
    return error.reason === 'foreign' ? exitCodes.usage : exitCodes.io;
  }
}

interface Wish {
  readonly scenario: Scenario;
  readonly output: Exclude<ReturnType<typeof readOutput>, { readonly mistakes: readonly string[] }>;
}

async function publishAgain(
  call: Call,
  terminal: Terminal,
  { folder, stored, facts, files }: Earlier,
  { scenario, output }: Wish,
): Promise<ExitCode> {
  const checked = compileScenario(scenario);
  if (!checked.ok) return refuseIssues(terminal, checked.issues);
  const { replications } = stored.extent;
  const against = openBaseline(call, terminal, { scenario, replications, earlier: stored.baseline });
  if (typeof against === 'number') return against;
  const gathered = gather(checked.value, stored.extent, stored.results, against?.baseline);
  const isPricedAnew = call.flags.text('prices') !== undefined;
  const comparison = stored.nearby && !isPricedAnew ? { ...gathered, nearby: stored.nearby } : gathered;
  const { flags } = call;
  const reportFolder = flags.text('out') ?? folder;
  const reportKinds = kindsAsked(call, output.reportKinds, files);
  const prices = flags.text('prices');
  const isInPlace = flags.text('out') === undefined;
  // In place the runs stay as they were, so that the report can go back to its first prices.
  const bytes =
    isInPlace || prices === undefined
      ? readFileSync(join(folder, storedRunsName))
      : storedRunsBytes({ ...stored, prices: pricesOf(scenario) });
  const command = withPrices(facts.command, scenario.priceFile?.file);
  const made = { ...facts.made, at: new Date().toISOString() };
  if (reportKinds.size > 0) {
    const claimed = claimReportFolder(reportFolder, { force: flags.isOn('force') });
    try {
      const again = await makeReport(comparison, reportKinds, {
        ...facts,
        command,
        version,
        made,
        stored: bytes,
        charts: output.charts,
      });
      for (const sentence of again.missing) terminal.note(sentence);
      const kept = isInPlace && flags.text('report') === undefined ? keptFiles(folder, files, again.files) : [];
      claimed.publish(new Map([...kept, ...again.files]));
    } finally {
      claimed.release();
    }
  }
  terminal.note(prices === undefined ? 'Nothing was simulated.' : `Billed at ${prices}; nothing was simulated.`);
  const isComparison = stored.extent.platforms.length > 1;
  const request = { ...output, reportKinds, reportFolder, scenarioFile: scenario.file };
  const code = exitCodeOf(comparison, { interruption: null, isStrict: false });
  if (output.format === 'ndjson') terminal.out(versionLine(version));
  print({ terminal, request, isComparison, extent: stored.extent }, comparison, {
    isWritten: reportKinds.size > 0,
    code,
  });
  for (const line of reasonLines(comparison)) terminal.note(line);
  return code;
}

/** The scenario that was stored, at the prices of a file, or at those it had. */
function restored({ file, tree, files, prices }: StoredRuns, priceFile: string | undefined): Checked<Scenario> {
  const source = { tree, files: new Map(files) };
  if (priceFile === undefined) return restoreScenario(file, source, prices && { ...prices, positions: new Map() });
  const reading = openScenario(priceFile).readScenario();
  if (!reading.ok) return { ok: false, issues: [unreadable(priceFile, `the price file ${reading.reason}`)] };
  const parsed = parsePriceFile(reading.text, priceFile);
  return parsed.ok ? restoreScenario(file, source, parsed.value) : parsed;
}

function pricesOf({ priceFile }: Scenario): Pick<PriceFileSpec, 'file' | 'entries'> | null {
  return priceFile ? { file: priceFile.file, entries: priceFile.entries } : null;
}

/** As said; else as it was, and a picture of each chart that is named. */
function kindsAsked(
  { flags }: Call,
  asked: ReadonlySet<ReportKind>,
  files: readonly string[],
): ReadonlySet<ReportKind> {
  if (flags.text('report') !== undefined) return asked;
  const kinds = kindsOf(files);
  const hasPictures = kinds.has('png') || kinds.has('svg');
  return flags.text('chart') === undefined || hasPictures ? kinds : new Set([...kinds, 'png' as const]);
}

/** The kinds of an earlier report's files: it is made again as it was. */
function kindsOf(files: readonly string[]): ReadonlySet<ReportKind> {
  const has = (name: string): boolean => files.includes(name);
  return new Set<ReportKind>([
    ...(has('report.html') ? (['html'] as const) : []),
    ...(has('summary.csv') ? (['csv'] as const) : []),
    ...(has('result.json') ? (['json'] as const) : []),
    ...(has('infracost.json') ? (['infracost'] as const) : []),
    ...(files.some((name) => name.startsWith('charts/') && name.endsWith('.png')) ? (['png'] as const) : []),
    ...(files.some((name) => name.startsWith('charts/') && name.endsWith('.svg')) ? (['svg'] as const) : []),
    ...(has('report.md') ? (['md'] as const) : []),
    ...(has('junit.xml') ? (['junit'] as const) : []),
    ...(has('summary.parquet') ? (['parquet'] as const) : []),
  ]);
}

/** Files of the earlier report that can't be made from stored runs: they stay. */
function keptFiles(folder: string, files: readonly string[], again: ReportFiles): [string, Uint8Array][] {
  const kept = files.filter((name) => !again.has(name) && existsSync(join(folder, name)));
  return kept.map((name) => [name, readFileSync(join(folder, name))]);
}

function withPrices(command: string, prices: string | undefined): string {
  const bare = command.replace(/ --prices ('[^']*'|\S+)/, '');
  return prices === undefined ? bare : `${bare} --prices ${quoted(prices)}`;
}

function readManifest(folder: string): Omit<ManifestFacts, 'version'> | string {
  try {
    const { command, scenario, made } = JSON.parse(readFileSync(join(folder, manifestName), 'utf8'));
    return { command, scenarioFile: scenario.file, scenarioDigest: scenario.digest, made };
  } catch {
    return `${join(folder, manifestName)} is missing or damaged; run the scenario again`;
  }
}

/**
 * What a command line asks of a simulation, beyond the scenario: which platforms, how many threads, which outputs.
 * Its own file because all of it can be judged, and refused, before anything is simulated. Checked by
 * test/cli/mistakes.test.ts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usualMostReplications } from '../experiment/sequential.js';
import type { ReportKind } from '../host/reportFiles.js';
import { defaultReportFolder } from '../host/reportFolder.js';
import { defaultWorkers, mostWorkers } from '../host/threads.js';
import { chartNames } from '../report/charts/registry.js';
import { suggest } from '../scenario/nearest.js';
import { readShare } from '../units/share.js';
import type { Call } from './commands/contract.js';
import { type FlagName, typedName } from './flags.js';
import { setMistakes } from './scenarioLoading.js';

export type OutputFormat = 'table' | 'json' | 'ndjson' | 'csv' | 'markdown' | 'junit';

export interface SimulationRequest {
  readonly scenarioFile: string;
  readonly workers: number;
  readonly format: OutputFormat;
  /** Empty: no report is written. */
  readonly reportKinds: ReadonlySet<ReportKind>;
  readonly reportFolder: string;
  /** Names of the charts that are drawn as pictures; null: all. */
  readonly charts: ReadonlySet<string> | null;
  /** File to which a summary in Markdown is appended; null: none. */
  readonly stepSummaryFile: string | null;
  /** How wide intervals may be to either side, over their means; null: replications are as many as the file says. */
  readonly untilCiShare: number | null;
  /** The most replications that may be spent on that. */
  readonly mostReplications: number;
}

/** The request, or everything that is wrong with the command line. */
export function readRequest(call: Call): SimulationRequest | { readonly mistakes: readonly string[] } {
  const { flags, operands } = call;
  const mistakes = [...setMistakes(flags)];
  const scenarioFile = operands[0] ?? '';
  if (holdsReport(scenarioFile)) mistakes.push(`${scenarioFile} is a report: name a scenario, or compare two reports`);
  const workersText = flags.text('workers');
  const workers = workersText === undefined ? defaultWorkers() : wholeNumber(workersText);
  if (Number.isNaN(workers) || workers < 1 || workers > mostWorkers)
    mistakes.push(`--workers ${JSON.stringify(workersText)} is no whole number from 1 to ${mostWorkers}`);
  const share = readShare(flags.text('until-ci') ?? '0%');
  if (!share.ok || (flags.text('until-ci') !== undefined && (share.value <= 0 || share.value >= 1)))
    mistakes.push(`--until-ci ${JSON.stringify(flags.text('until-ci'))} is no share between 0 and 1; write 2%`);
  const mostReplications = wholeNumber(flags.text('max-replications') ?? String(usualMostReplications));
  if (!(mostReplications >= 2)) mistakes.push('--max-replications must be a whole number from 2 on');
  if (flags.text('max-replications') !== undefined && flags.text('until-ci') === undefined)
    mistakes.push('--max-replications says how far --until-ci may go: give both');
  const output = readOutput(call);
  if ('mistakes' in output) return { mistakes: [...mistakes, ...output.mistakes] };
  if (mistakes.length > 0) return { mistakes };
  const untilCiShare = share.ok && share.value > 0 ? share.value : null;
  return {
    scenarioFile,
    workers,
    untilCiShare,
    mostReplications,
    ...output,
    reportFolder: flags.text('out') ?? defaultReportFolder(scenarioFile),
  };
}

/** What goes to stdout, and which files are written, as every command that makes a report takes it. */
export function readOutput({
  flags,
}: Call):
  | Pick<SimulationRequest, 'format' | 'reportKinds' | 'charts' | 'stepSummaryFile'>
  | { readonly mistakes: readonly string[] } {
  const mistakes: string[] = [];
  const format = (flags.text('format') ?? 'table') as OutputFormat;
  if (flags.isOn('json') && flags.text('format') !== undefined && format !== 'json')
    mistakes.push(`--json and --format ${format} contradict each other`);
  const kinds = (flags.text('report') ?? 'html,csv,json').split(',').map((kind) => kind.trim());
  if (kinds.includes('none') && kinds.length > 1) mistakes.push('--report none stands alone');
  if (flags.isOn('requests') && kinds.includes('none')) mistakes.push('--requests writes a file, --report none none');
  const charts = readCharts(flags.text('chart'), mistakes);
  if (charts && kinds.includes('none')) mistakes.push('--chart draws files, --report none writes none');
  const asked = process.env['GITHUB_STEP_SUMMARY'];
  if (flags.isOn('github-summary') && flags.isOn('no-github-summary'))
    mistakes.push('--github-summary and --no-github-summary contradict each other');
  else if (flags.isOn('github-summary') && !asked) mistakes.push('--github-summary: $GITHUB_STEP_SUMMARY is not set');
  if (mistakes.length > 0) return { mistakes };
  const pictures = charts && !kinds.includes('png') && !kinds.includes('svg') ? ['png'] : [];
  const reportKinds = new Set([...kinds.filter((kind) => kind !== 'none'), ...pictures] as ReportKind[]);
  const stepSummaryFile = flags.isOn('no-github-summary') || !asked ? null : asked;
  return { format: flags.isOn('json') ? 'json' : format, reportKinds, charts, stepSummaryFile };
}

function readCharts(text: string | undefined, mistakes: string[]): ReadonlySet<string> | null {
  if (text === undefined) return null;
  const names = text.split(',').map((name) => name.trim());
  for (const name of names)
    if (!chartNames.includes(name))
      mistakes.push(`--chart: there is no chart ${JSON.stringify(name)}; ${suggest(name, chartNames)}`);
  return new Set(names);
}

/**
 * Places of the wanted platforms among those of the scenario, in the order wanted; or what is wrong with the wish.
 *
 * @param names the scenario's platforms, in its order
 */
export function choosePlatforms(
  call: Call,
  names: readonly string[],
  isComparison: boolean,
): readonly number[] | { readonly mistakes: readonly string[] } {
  const [one, several] = [call.flags.text('platform'), call.flags.text('platforms')];
  if (one !== undefined && several !== undefined)
    return { mistakes: ['--platform and --platforms say the same: give one of them'] };
  const flag: FlagName = one === undefined ? 'platforms' : 'platform';
  const text = one ?? several;
  if (text === undefined) return isComparison ? names.map((_, place) => place) : [0];
  // A platform may be called "a,b": a name that is there is taken whole.
  const wanted = flag === 'platform' || names.includes(text) ? [text] : text.split(',').map((name) => name.trim());
  if (!isComparison && wanted.length > 1)
    return { mistakes: [`--platforms ${text}: "run" simulates one platform; "compare" takes several`] };
  const mistakes = wanted.flatMap((name, i) => {
    if (wanted.indexOf(name) < i) return [`--${flag} names ${JSON.stringify(name)} twice`];
    if (names.includes(name)) return [];
    return [`--${flag}: the scenario has no platform ${JSON.stringify(name)}; ${suggest(name, names)}`];
  });
  return mistakes.length > 0 ? { mistakes } : wanted.map((name) => names.indexOf(name));
}

/** The command line that gives the same result, without what only says where it goes and how fast it gets there. */
export function reproducingCommand(call: Call, command: string, scenarioFile: string): string {
  const texts: readonly FlagName[] = [
    'platform',
    'platforms',
    'seed',
    'replications',
    'duration',
    'warmup',
    'prices',
    'until-ci',
    'max-replications',
    'baseline',
    'design',
    'samples',
    'minimise',
    'horizon',
    'growth',
    'between',
    'vary-one',
    'axis-range',
    'by',
  ];
  const switches: readonly FlagName[] = ['unpaired', 'abort-on-fail', 'capacity'];
  const lists: readonly FlagName[] = ['vary', 'set', 'threshold'];
  const words = [
    ...texts.flatMap((name) => {
      const text = call.flags.text(name);
      return text === undefined ? [] : [`--${typedName(name)}`, quoted(text)];
    }),
    ...switches.flatMap((name) => (call.flags.isOn(name) ? [`--${name}`] : [])),
    ...lists.flatMap((name) => call.flags.list(name).flatMap((text) => [`--${name}`, quoted(text)])),
  ];
  return ['windtunnel', command, quoted(scenarioFile), ...words].join(' ');
}

/** As one would type it into a POSIX shell. */
export function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function holdsReport(path: string): boolean {
  return existsSync(join(path, 'manifest.json'));
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

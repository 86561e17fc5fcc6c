/**
 * What a sweep's command line asks for, judged before anything is simulated. Its own file because `sweep` and `merge`
 * print and write the same. Checked by test/cli/sweep.test.ts on the built program.
 */
import type { Design, DesignKind } from '../experiment/designs.js';
import { readVaried, type Varied } from '../experiment/vary.js';
import { defaultReportFolder } from '../host/reportFolder.js';
import type { StudyKind } from '../host/studyFiles.js';
import { placeFault } from '../host/textStore.js';
import type { Call } from './commands/contract.js';
import { type QueueRequest, readQueueFlags, readWorkers } from './queueFlags.js';
import { setMistakes } from './scenarioLoading.js';

export type SweepFormat = 'table' | 'json' | 'ndjson' | 'csv' | 'markdown' | 'junit';

/** Part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface SweepRequest {
  readonly scenarioFile: string;
  readonly design: Omit<Design, 'seed'>;
  /** Threads; 0 only with a queue. */
  readonly workers: number;
  readonly queue: QueueRequest | null;
  readonly format: SweepFormat;
  /** Empty: no report is written. */
  readonly reportKinds: ReadonlySet<StudyKind>;
  readonly reportFolder: string;
  readonly shard: Shard | null;
}

/** The request, or everything that is wrong with the command line. */
export function readSweepRequest(call: Call): SweepRequest | { readonly mistakes: readonly string[] } {
  const { flags, operands } = call;
  const mistakes = [...setMistakes(flags)];
  const varied = readVariedFlags(flags.list('vary'), mistakes);
  if (flags.list('vary').length === 0)
    mistakes.push('nothing is varied: write --vary path=values, as in --vary load=1..10');
  const kind = (flags.text('design') ?? 'grid') as DesignKind;
  const samples = flags.text('samples');
  const sampleCount = samples === undefined ? 0 : wholeNumber(samples);
  if (kind === 'grid' && samples !== undefined) mistakes.push('--samples goes with --design lhs or --design sobol');
  if (kind !== 'grid' && !(sampleCount >= 1))
    mistakes.push(`--design ${kind} needs --samples, a whole number from 1 on`);
  const shared = readSweepOutput(call, mistakes);
  const shard = readShard(flags.text('shard'), mistakes);
  if (shard && shared.queue) mistakes.push('--shard and --queue are two ways to share work: one is meant');
  if (mistakes.length > 0) return { mistakes };
  const scenarioFile = operands[0] ?? '';
  const reportFolder = flags.text('out') ?? defaultReportFolder(scenarioFile);
  return { ...shared, scenarioFile, design: { kind, varied, sampleCount }, reportFolder, shard };
}

/** Format, files and threads, as `sweep`, `merge` and `plan` take them. */
export function readSweepOutput(
  { flags }: Call,
  mistakes: string[],
): Pick<SweepRequest, 'workers' | 'queue' | 'format' | 'reportKinds'> {
  const queue = readQueueFlags(flags, mistakes);
  const workers = readWorkers(flags, mistakes, queue ? 0 : 1);
  const fault = placeFault(flags.text('store') ?? '');
  if (fault) mistakes.push(`--store ${fault}`);
  const formatText = flags.text('sweep-format') ?? flags.text('search-format');
  const format = (formatText ?? 'table') as SweepFormat;
  if (flags.isOn('json') && formatText !== undefined && format !== 'json')
    mistakes.push(`--json and --format ${format} contradict each other`);
  const kinds = (flags.text('sweep-report') ?? flags.text('search-report') ?? 'html,csv,json')
    .split(',')
    .map((one) => one.trim());
  if (kinds.includes('none') && kinds.length > 1) mistakes.push('--report none stands alone');
  const reportKinds = new Set(kinds.filter((one) => one !== 'none') as StudyKind[]);
  if (queue && reportKinds.size === 0 && flags.text('store') === undefined)
    mistakes.push('--report none keeps no cells: say with --store where workers shall put them');
  return { workers, queue, format: flags.isOn('json') ? 'json' : format, reportKinds };
}

/** Every `--vary`, read; what is wrong with one is added to the mistakes. */
export function readVariedFlags(texts: readonly string[], mistakes: string[]): readonly Varied[] {
  const readings = texts.map(readVaried);
  for (const reading of readings) if (typeof reading === 'string') mistakes.push(`--vary ${reading}`);
  return readings.filter((reading) => typeof reading !== 'string');
}

function readShard(text: string | undefined, mistakes: string[]): Shard | null {
  if (text === undefined) return null;
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match && index >= 1 && index <= count) return { index, count };
  mistakes.push(`--shard ${JSON.stringify(text)} is not part/parts, as in 3/16: the third of sixteen`);
  return null;
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

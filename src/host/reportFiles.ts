/**
 * The files of a report, as texts and bytes, from a finished comparison. Its own file because it is the one list of
 * what a report consists of; where the files go is `reportFolder.ts`. Checked by test/host/reportFiles.test.ts.
 */
import type { Comparison } from '../experiment/contract.js';
import { infracostDocument } from '../experiment/infracostDocument.js';
import { resultDocument } from '../experiment/resultDocument.js';
import { describeCharts } from '../report/charts/registry.js';
import { eventsCsv } from '../report/csv/eventsCsv.js';
import { invoiceCsv } from '../report/csv/invoiceCsv.js';
import { requestsCsv } from '../report/csv/requestsCsv.js';
import { summaryCsv } from '../report/csv/summaryCsv.js';
import { timelineCsv } from '../report/csv/timelineCsv.js';
import { junitXml } from '../report/junit.js';
import { page } from '../report/page/page.js';
import { stepSummary } from '../report/stepSummary.js';
import { invoiceText } from '../report/terminal/invoiceText.js';
import { chartBundle } from './chartBundle.js';
import { drawCharts } from './chartImages.js';
import { manifestMark, manifestName } from './reportFolder.js';
import { storedRunsName } from './storedRuns.js';

export type ReportKind = 'html' | 'csv' | 'json' | 'png' | 'svg' | 'md' | 'junit' | 'parquet' | 'infracost';

/** What the manifest says; `made` is the one place for facts of the wall clock and the machine. */
export interface ManifestFacts {
  readonly version: string;
  readonly command: string;
  readonly scenarioFile: string;
  readonly scenarioDigest: string;
  readonly made: Readonly<Record<string, string | number>>;
  /** What the report can be made from again; left out: it can't. */
  readonly stored?: Uint8Array;
  /** Names of the charts that become pictures; left out, or null: all. */
  readonly charts?: ReadonlySet<string> | null;
}

export interface MadeReport {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What could not be made on this machine, a sentence each; the report is whole without it. */
  readonly missing: readonly string[];
}

/** The result as `result.json` holds it and `--format json` prints it. */
export function resultJson(comparison: Comparison): string {
  return jsonText(resultDocument(comparison));
}

function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** All files of a report, in the order of the contract, the manifest last. */
export async function makeReport(
  comparison: Comparison,
  kinds: ReadonlySet<ReportKind>,
  facts: ManifestFacts,
): Promise<MadeReport> {
  const files = new Map<string, string | Uint8Array>();
  const missing: string[] = [];
  if (kinds.has('csv')) {
    files.set('summary.csv', summaryCsv(comparison));
    files.set('timeline.csv', timelineCsv(comparison));
    files.set('invoice.csv', invoiceCsv(comparison));
    files.set('events.csv', eventsCsv(comparison));
    files.set('invoice.txt', invoiceText(comparison));
  }
  if (comparison.platforms.some(({ requests }) => requests)) files.set('requests.csv', requestsCsv(comparison));
  if (kinds.has('parquet')) {
    const { parquetFiles } = await import('./parquetFiles.js');
    for (const [name, bytes] of parquetFiles(comparison)) files.set(name, bytes);
  }
  if (kinds.has('json')) files.set('result.json', resultJson(comparison));
  if (kinds.has('infracost')) files.set('infracost.json', jsonText(infracostDocument(comparison)));
  if (kinds.has('html')) {
    const { command, version } = facts;
    files.set('report.html', page(comparison, { chartJs: chartBundle(), command, version }));
  }
  if (kinds.has('md')) files.set('report.md', stepSummary(comparison));
  if (kinds.has('junit')) files.set('junit.xml', junitXml(comparison));
  for (const form of ['png', 'svg'] as const) {
    if (!kinds.has(form)) continue;
    const wanted = describeCharts(comparison).filter(({ name }) => facts.charts?.has(name) ?? true);
    const images = await drawCharts(wanted, form);
    if ('missing' in images) missing.push(images.missing);
    else for (const { name, image } of images) files.set(`charts/${name}.${form}`, image);
  }
  if (facts.stored && kinds.size > 0) files.set(storedRunsName, facts.stored);
  files.set(manifestName, manifest(comparison, [...files.keys()], facts));
  return { files, missing };
}

function manifest({ complete, seed, digest }: Comparison, files: readonly string[], facts: ManifestFacts): string {
  const { version, command, scenarioFile, scenarioDigest, made } = facts;
  const scenario = { file: scenarioFile, digest: scenarioDigest };
  const document = {
    madeBy: manifestMark,
    version,
    command,
    seed,
    scenario,
    complete,
    resultDigest: digest,
    files,
    made,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

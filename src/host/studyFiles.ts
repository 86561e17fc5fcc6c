/**
 * The files of a sweep's or a plan's report beside its tables: page, charts, Markdown, JUnit. Its own file because it
 * is the one list of what a study's report consists of. Checked by test/cli/studyReports.test.ts on the built program.
 */
import { heatMapSvg } from '../report/charts/heatMap.js';
import { studyJunit } from '../report/junit.js';
import { studyPage } from '../report/page/studyPage.js';
import type { StudyReport } from '../report/study.js';
import { studyMarkdown } from '../report/studyMarkdown.js';
import { chartBundle } from './chartBundle.js';
import { drawCharts, paintHeatMaps } from './chartImages.js';
import type { MadeReport } from './reportFiles.js';

export type StudyKind = 'csv' | 'json' | 'html' | 'png' | 'svg' | 'parquet' | 'md' | 'junit';

export interface StudyMaking {
  readonly command: string;
  readonly version: string;
  /** Of its intervals; null where it is not known. */
  readonly confidence: number | null;
}

/** All that is made of the words alone; tables and documents are the caller's. */
export async function studyFiles(
  study: StudyReport,
  kinds: ReadonlySet<StudyKind>,
  { command, version, confidence }: StudyMaking,
): Promise<MadeReport> {
  const files = new Map<string, string | Uint8Array>();
  const missing: string[] = [];
  if (kinds.has('html')) files.set('report.html', studyPage({ ...study, command, version, chartJs: chartBundle() }));
  if (kinds.has('md')) files.set('report.md', studyMarkdown(study));
  if (kinds.has('junit')) files.set('junit.xml', studyJunit(study, confidence));
  for (const form of ['png', 'svg'] as const) {
    if (!kinds.has(form)) continue;
    const images = await drawCharts(study.charts, form);
    if ('missing' in images) missing.push(images.missing);
    else for (const { name, image } of images) files.set(`charts/${name}.${form}`, image);
  }
  if (kinds.has('svg')) for (const map of study.heatMaps) files.set(`charts/${map.name}.svg`, heatMapSvg(map));
  if (kinds.has('png') && missing.length === 0) {
    const painted = await paintHeatMaps(study.heatMaps);
    if ('missing' in painted) missing.push(painted.missing);
    else for (const { name, image } of painted) files.set(`charts/${name}.png`, image);
  }
  return { files, missing };
}

/** Which scenarios have golden reports, and how one is made: by the built program, as a user would. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of small scenarios; the others take too long, or write too much, to be compared at every test. */
const folders = ['learn', 'theory'];

export interface GoldenScenario {
  readonly file: string;
  /** Where its report is committed. */
  readonly reportFolder: string;
}

/** All of them, in order of path. */
export function goldenScenarios(): readonly GoldenScenario[] {
  return readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)) && path.endsWith('.yaml'))
    .sort()
    .map((path) => ({ file: `scenarios/${path}`, reportFolder: join('reports', path.replace(/\.yaml$/, '')) }));
}

/** The page that README invites to look at. */
export const examplePage = {
  file: 'scenarios/learn/18-before-the-premiere.yaml',
  page: join('reports', 'example', 'report.html'),
};

/** The example's page as it comes out now, made in the empty folder `out`. */
export function exampleNow(out: string): string {
  const words = ['dist/windtunnel.js', 'compare', examplePage.file, '--out', out, '--report', 'html', '--quiet'];
  const { stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return readFileSync(join(out, 'report.html'), 'utf8');
}

/**
 * Simulates one and writes its report, without pictures, page and stored runs (whose packing is the machine's own), to
 * `out`; what it said when it failed, else null.
 */
export function writeReport({ file }: GoldenScenario, out: string): string | null {
  const words = ['dist/windtunnel.js', 'compare', file, '--out', out, '--report', 'csv,json', '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  rmSync(join(out, 'runs.json.gz'), { force: true });
  return status === 0 ? null : `${file} ended with ${status}: ${stderr}`;
}

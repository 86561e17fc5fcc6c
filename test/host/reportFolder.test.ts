/** Where reports go and how they get there whole, tried on real folders in the system's temporary folder. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimReportFolder, defaultReportFolder, type ReportFiles } from '../../src/host/reportFolder.js';

let top = '';
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'windtunnel-test-'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** A report of ours with these files. */
function report(files: Readonly<Record<string, string>>): ReportFiles {
  const manifest = JSON.stringify({ madeBy: 'windtunnel', files: Object.keys(files) });
  return new Map([...Object.entries(files), ['manifest.json', manifest]]);
}
function publish(path: string, files: ReportFiles, force = false): void {
  const folder = claimReportFolder(path, { force });
  try {
    folder.publish(files);
  } finally {
    folder.release();
  }
}

test('the default folder is the path below scenarios/ without extension and without a last part named compare', () => {
  expect(defaultReportFolder('scenarios/movie-booking/compare.yaml')).toBe(join('reports', 'movie-booking'));
  expect(defaultReportFolder('/any/where/scenarios/theory/mm1.yaml')).toBe(join('reports', 'theory', 'mm1'));
  expect(defaultReportFolder('scenarios/compare.yaml')).toBe(join('reports', 'compare'));
  expect(defaultReportFolder('/somewhere/shop.v2.yaml')).toBe(join('reports', 'shop.v2'));
  expect(defaultReportFolder('-')).toBe(join('reports', 'stdin'));
});

test('a report replaces the earlier one whole: files that the new one has not are gone', () => {
  const out = join(top, 'a', 'out');
  publish(out, report({ 'summary.csv': 'old', 'charts/load.png': 'old' }));
  publish(out, report({ 'summary.csv': 'new' }));
  expect(readdirSync(out).sort()).toEqual(['manifest.json', 'summary.csv']);
  expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toBe('new');
  expect(readdirSync(join(top, 'a'))).toEqual(['out']);
});

test('a folder with files of somebody else is refused, and nothing in it changes', () => {
  const out = join(top, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'thesis.doc'), 'ten years');
  expect(() => claimReportFolder(out, { force: false })).toThrow(/thesis\.doc.*--force/);
  expect(readdirSync(out)).toEqual(['thesis.doc']);
});

test('a file put beside an earlier report of ours is somebody else’s too', () => {
  const out = join(top, 'out');
  publish(out, report({ 'summary.csv': 'old' }));
  writeFileSync(join(out, 'notes.txt'), 'mine');
  expect(() => claimReportFolder(out, { force: false })).toThrow(/notes\.txt/);
  publish(out, report({ 'invoice.csv': 'new' }), true);
  expect(readdirSync(out).sort()).toEqual(['invoice.csv', 'manifest.json', 'notes.txt']);
});

test('reports of ours below a folder are no files of others, and outlive the report above them', () => {
  const above = join(top, 'shop');
  publish(join(above, 'peak'), report({ 'summary.csv': 'peak' }));
  writeFileSync(join(above, 'peak', 'notes.txt'), 'mine');
  publish(above, report({ 'summary.csv': 'first', 'invoice.csv': 'first' }));
  publish(above, report({ 'summary.csv': 'second' }));
  expect(readdirSync(above).sort()).toEqual(['manifest.json', 'peak', 'summary.csv']);
  expect(readFileSync(join(above, 'summary.csv'), 'utf8')).toBe('second');
  expect(readdirSync(join(above, 'peak')).sort()).toEqual(['manifest.json', 'notes.txt', 'summary.csv']);
});

test('a manifest of another program does not make its folder ours', () => {
  const out = join(top, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'manifest.json'), '{"name":"a web app","files":["manifest.json"]}');
  expect(() => claimReportFolder(out, { force: false })).toThrow(/manifest\.json/);
});

test('until it is published the earlier report stays as it was, and letting go leaves no trace', () => {
  const out = join(top, 'deep', 'er', 'out');
  const folder = claimReportFolder(out, { force: false });
  folder.release();
  folder.release();
  expect(existsSync(join(top, 'deep'))).toBe(false);
  publish(out, report({ 'summary.csv': 'old' }));
  claimReportFolder(out, { force: false }).release();
  expect(readdirSync(join(top, 'deep', 'er'))).toEqual(['out']);
  expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toBe('old');
});

test('an empty folder may be written to, the working folder keeps its identity', () => {
  const out = join(top, 'empty');
  mkdirSync(out);
  publish(out, report({ 'summary.csv': 'x' }));
  expect(readdirSync(out).sort()).toEqual(['manifest.json', 'summary.csv']);
});

test('what the disk refuses is told with the folder and the code, before anything is simulated', () => {
  writeFileSync(join(top, 'file'), '');
  expect(() => claimReportFolder(join(top, 'file'), { force: false })).toThrow(/cannot write to .*file/);
  expect(() => claimReportFolder(join(top, 'file', 'below'), { force: false })).toThrow(/a part of the path is a file/);
  expect(() => claimReportFolder('/proc/windtunnel/out', { force: false })).toThrow(/cannot write to \/proc/);
});

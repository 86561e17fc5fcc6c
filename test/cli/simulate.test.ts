/** Simulating from the command line, on the built program: streams, files, exit codes, interruption. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderWith, programFile, quickScenario, windtunnel } from './program.js';

let folder: ReturnType<typeof folderWith>;
beforeAll(() => {
  folder = folderWith({
    'quick.yaml': quickScenario,
    'missed.yaml': `${quickScenario.replace('duration: 2s', 'duration: 200s')}objectives:\n  - latency_mean < 1ms\n`,
    'met.yaml': `${quickScenario.replace('duration: 2s', 'duration: 200s')}objectives:\n  - latency_mean < 10s\n`,
    'long.yaml': quickScenario
      .replace('duration: 2s', 'duration: 3000s')
      .replace('replications: 2', 'replications: 40'),
  });
});
afterAll(() => folder.remove());

const inFolder = (...words: readonly string[]) => windtunnel(words, folder.path);
const read = (...parts: readonly string[]): string => readFileSync(join(folder.path, ...parts), 'utf8');

test('with --json stdout holds one document, the bytes of result.json, and nothing else', () => {
  const { code, out } = inFolder('compare', 'quick.yaml', '--json', '--out', 'json', '--report', 'json');
  expect(code).toBe(0);
  expect(out).toBe(read('json', 'result.json'));
  const document = JSON.parse(out);
  expect(document).toMatchObject({
    formatVersion: '1.0',
    complete: true,
    scenario: 'quick',
    seed: '1',
    replications: 2,
  });
  expect(Object.keys(document.platforms)).toEqual(['bench', 'twice']);
});

test('one thread or four, once or twice: the same bytes in every file but the manifest', () => {
  for (const [out, workers] of [
    ['one', '1'],
    ['four', '4'],
  ] as const)
    expect(
      inFolder('compare', 'quick.yaml', '--out', out, '--workers', workers, '--report', 'html,csv,json').code,
    ).toBe(0);
  const names = readdirSync(join(folder.path, 'one')).sort();
  expect(names).toContain('report.html');
  expect(readdirSync(join(folder.path, 'four')).sort()).toEqual(names);
  for (const name of names.filter((each) => each !== 'manifest.json'))
    expect(read('one', name) === read('four', name), name).toBe(true);
  expect(JSON.parse(read('one', 'manifest.json'))).toMatchObject({ madeBy: 'windtunnel', seed: '1', complete: true });
});

test('the order of the platforms changes which is first, and no number', () => {
  const forward = JSON.parse(inFolder('compare', 'quick.yaml', '--json', '--report', 'none').out);
  const words = ['compare', 'quick.yaml', '--json', '--report', 'none', '--platforms', 'twice,bench'];
  const backward = JSON.parse(inFolder(...words).out);
  expect(Object.keys(backward.platforms)).toEqual(['twice', 'bench']);
  expect(backward.platforms).toEqual(forward.platforms);
});

test('run takes the first platform, or the one that is named', () => {
  const named = JSON.parse(inFolder('run', 'quick.yaml', '--platform', 'twice', '--json', '--report', 'none').out);
  expect(Object.keys(named.platforms)).toEqual(['twice']);
  const first = JSON.parse(inFolder('run', 'quick.yaml', '--json', '--report', 'none', '--seed', 'monday').out);
  expect(Object.keys(first.platforms)).toEqual(['bench']);
  expect(first.seed).toBe('monday');
});

test('run takes --platforms too, with one name in it', () => {
  const run = (...flags: readonly string[]) => inFolder('run', 'quick.yaml', '--report', 'none', '--json', ...flags);
  expect(run('--platforms', 'twice').out).toBe(run('--platform', 'twice').out);
  const several = run('--platforms', 'bench,twice');
  expect([several.code, several.out]).toEqual([2, '']);
  expect(several.err).toContain('"run" simulates one platform; "compare" takes several');
  expect(run('--platforms', 'twice', '--platform', 'bench').code).toBe(2);
});

test('every figure of a platform in summary.csv goes to stdout with --format csv; a table needs no files', () => {
  const csv = inFolder('compare', 'quick.yaml', '--format', 'csv', '--out', 'csv', '--report', 'csv');
  expect(csv.out).toBe(read('csv', 'summary.csv'));
  const table = inFolder('compare', 'quick.yaml', '--report', 'none', '--quiet');
  expect(table).toMatchObject({ code: 0, err: '' });
  expect(table.out).toContain('bench');
});

test('the headline says how long is simulated, parts of a second and all', () => {
  const of = (duration: string) => inFolder('run', 'quick.yaml', '--report', 'none', '--duration', duration).err;
  expect(of('4500ms')).toContain('  5.5 s simulated');
  expect(of('2s')).toContain('  3 s simulated');
});

test('a missed objective leaves with 99 and whole results, a met one with 0', () => {
  const missed = inFolder('run', 'missed.yaml', '--out', 'missed', '--report', 'json');
  expect(missed.code).toBe(99);
  expect(JSON.parse(read('missed', 'result.json')).platforms.bench.objectives[0].met).toBe(false);
  expect(inFolder('run', 'met.yaml', '--report', 'none').code).toBe(0);
});

test('an objective judged on too few samples leaves with 4: the number is not to be trusted', () => {
  const words = ['run', 'quick.yaml', '--report', 'none', '--threshold', 'latency_p999 < 10s'];
  expect(inFolder(...words).code).toBe(4);
});

test('a folder with files of others is refused before anything is simulated; an own report is replaced', () => {
  for (let i = 0; i < 2; i++) expect(inFolder('run', 'quick.yaml', '--out', 'own', '--report', 'json').code).toBe(0);
  writeFileSync(join(folder.path, 'own', 'notes.txt'), 'mine');
  const refused = inFolder('run', 'quick.yaml', '--out', 'own', '--report', 'csv');
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/own holds files.*notes\.txt.*--force/);
  const names = ['manifest.json', 'notes.txt', 'result.json', 'runs.json.gz'];
  expect(readdirSync(join(folder.path, 'own')).sort()).toEqual(names);
  expect(inFolder('run', 'quick.yaml', '--out', 'own', '--report', 'json', '--force').code).toBe(0);
  expect(read('own', 'notes.txt')).toBe('mine');
});

test('what the disk refuses leaves with 5, names the place, and costs no simulated second', () => {
  const refused = inFolder('run', 'long.yaml', '--out', '/proc/windtunnel');
  expect(refused.code).toBe(5);
  expect(refused.err).toContain('/proc/windtunnel');
  expect(inFolder('schema', '--out', '/dev/full')).toMatchObject({ code: 5, err: expect.stringContaining('ENOSPC') });
});

test('without --out a report goes to reports/ and the name of the file', () => {
  expect(inFolder('run', 'quick.yaml', '--report', 'json').code).toBe(0);
  expect(existsSync(join(folder.path, 'reports', 'quick', 'result.json'))).toBe(true);
});

/** Starts a long run, sends signals when it has begun, and waits for its end. */
async function interrupted(out: string, signals: readonly NodeJS.Signals[]) {
  const words = [
    programFile,
    'run',
    'long.yaml',
    '--out',
    out,
    '--report',
    'json',
    '--workers',
    '2',
    '--progress',
    'plain',
  ];
  const child = spawn(process.execPath, words, { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (!err.includes(' %') && text.includes(' %')) for (const signal of signals) child.kill(signal);
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, err };
}

test('Ctrl-C keeps the replications that are finished, marked as partial', async () => {
  const { code, err } = await interrupted('partial', ['SIGINT']);
  expect(code).toBe(130);
  expect(err).toContain('what is finished is kept');
  const document = JSON.parse(read('partial', 'result.json'));
  expect(document.complete).toBe(false);
  expect(document.platforms.bench.metrics.requests_completed.mean).toBeGreaterThan(200_000);
}, 60_000);

test('a polite kill does the same with its own code, and a second signal ends at once without a trace', async () => {
  expect((await interrupted('terminated', ['SIGTERM'])).code).toBe(143);
  const atOnce = await interrupted('at-once', ['SIGINT', 'SIGTERM']);
  expect([130, 143]).toContain(atOnce.code);
  expect(readdirSync(folder.path).filter((name) => name.includes('at-once'))).toEqual([]);
}, 60_000);

test('a reader who closes the pipe early ends nothing and hears no complaint', async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${programFile}" schema | head -1; exit 0`]);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(err).toBe('');
});

test('--all-replications records the course of each of them; without it only that of the first', () => {
  const numbersIn = (out: string, words: readonly string[]): readonly string[] => {
    expect(inFolder('run', 'quick.yaml', '--out', out, '--report', 'csv', ...words).code).toBe(0);
    const rows = read(out, 'timeline.csv').trim().split('\n').slice(1);
    return [...new Set(rows.map((row) => row.split(',')[1] ?? ''))];
  };
  expect(numbersIn('first', [])).toEqual(['1']);
  expect(numbersIn('all', ['--all-replications'])).toEqual(['1', '2']);
});

test('--until-ci adds replications until intervals are narrow; 4 where the most allowed were not enough', () => {
  const words = ['run', 'met.yaml', '--report', 'none', '--json', '--set', 'run.duration=20s', '--until-ci'];
  const replicationsOf = (out: string): number => (JSON.parse(out) as { replications: number }).replications;
  const wide = inFolder(...words, '90%');
  expect([wide.code, replicationsOf(wide.out)]).toEqual([0, 10]);
  const narrow = inFolder(...words, '12%');
  expect(narrow.code).toBe(0);
  expect(replicationsOf(narrow.out)).toBeGreaterThan(10);
  const never = inFolder(...words, '0.1%', '--max-replications', '12');
  expect([never.code, replicationsOf(never.out)]).toEqual([4, 12]);
  expect(never.err).toContain('wide-interval');
  expect(inFolder(...words, '2').code).toBe(2);
  expect(inFolder('run', 'met.yaml', '--max-replications', '12').code).toBe(2);
});

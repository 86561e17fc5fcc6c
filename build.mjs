/**
 * The build: bundles each entry of the product into dist/, in about a second.
 *
 *   node build.mjs [--quiet] [--types]
 *
 * Its own file, and not a line in package.json, because two kinds of bundle leave here. Programs (the command line, the
 * worker, the conformance, bench and golden runners) carry their packages inside, for a quick start. Doors (what
 * `import 'windtunnel'` finds) leave packages outside, so that a user's bundler sees each of them once. What is heavy
 * (chart.js, the canvas, the thread pool) stays outside both and is loaded when it is first needed.
 * Checked by test/cli, which runs what is built here, and by test/house, which pins the list of doors.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

/** Name in dist -> source. */
const programs = {
  windtunnel: 'src/cli/main.ts',
  worker: 'src/host/nodeWorker.ts',
  conformance: 'test/conformance/run.ts',
  bench: 'test/bench/run.ts',
  goldenReports: 'test/golden/writeReports.ts',
};
const doors = {
  main: 'src/doors/main.ts',
  engine: 'src/doors/engine.ts',
  report: 'src/doors/report.ts',
  catalog: 'src/doors/catalog.ts',
};

const quiet = process.argv.includes('--quiet');
const startedMs = performance.now();

const common = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  format: 'esm',
  target: 'node20',
  splitting: true,
  outdir: dist,
  chunkNames: '[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
  loader: { '.json': 'json' },
};
const heavy = ['chart.js', 'chart.js/*', '@napi-rs/canvas', 'piscina', 'fsevents'];

const results = await Promise.all([
  build({
    ...common,
    entryPoints: present(programs),
    platform: 'node',
    external: [...heavy, 'typescript', 'vitest', 'esbuild', 'playwright-core'],
    // CommonJS packages inside an ES module ask for `require`, which only this gives them.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);",
    },
  }),
  build({
    ...common,
    entryPoints: present(doors),
    platform: 'neutral',
    packages: 'external',
    chunkNames: 'door-[hash]',
  }),
]);

mkdirSync(dist, { recursive: true });
const written = new Set();
for (const { path, contents } of results.flatMap(({ outputFiles }) => outputFiles)) {
  // Written aside and renamed, so that a program started meanwhile reads the old file or the new one, never half.
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, contents);
  renameSync(aside, path);
  written.add(basename(path));
}
for (const name of readdirSync(dist))
  if (/-[A-Z0-9]{8}\.js$/.test(name) && !written.has(name)) rmSync(join(dist, name));
const fonts = join(root, 'src/host/fonts');
if (existsSync(fonts)) cpSync(fonts, join(dist, 'fonts'), { recursive: true });
if (process.argv.includes('--types')) writeTypes();
if (!quiet) console.log(`dist/: ${written.size} files in ${Math.round(performance.now() - startedMs)} ms`);

/** The entries whose source is there. */
function present(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(join(root, source))));
}

/** Declarations of the doors and what they mention; some seconds, hence only where asked (`npm run build`). */
function writeTypes() {
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', 'src'];
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.doors.json', ...options, '--outDir', 'dist/types'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * The build: bundles each entry of the product into dist/, in about a second.
 *
 *   node build.mjs [--quiet] [--types]
 *
 * Its own file, and not a line in package.json, because two kinds of bundle leave here. Programs (the command line, the
 * worker, the conformance, bench and golden runners) carry their packages inside, for a quick start. Doors (what
 * `import 'windtunnel'` finds) leave packages outside, so that a user's bundler sees each of them once. What is heavy
 * (chart.js, the canvas, the thread pool, the queue, the bucket's client) stays outside both and is loaded when it is
 * first needed.
 * Checked by test/cli, which runs what is built here, and by test/house, which pins the list of doors.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inlineConstants } from './constants.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');

/** Name in dist -> source. */
const programs = {
  windtunnel: 'src/cli/start.ts',
  worker: 'src/host/nodeWorker.ts',
  conformance: 'test/conformance/run.ts',
  selfcheck: 'test/conformance/selfcheck.ts',
  bench: 'test/bench/run.ts',
  goldenReports: 'test/golden/writeReports.ts',
  reference: 'test/docs/writeReference.ts',
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
const heavy = [
  'chart.js',
  'chart.js/*',
  '@napi-rs/canvas',
  'piscina',
  'bullmq',
  'ioredis',
  '@aws-sdk/client-s3',
  'hyparquet-writer',
  'fsevents',
];

/** Of zod's forty languages one is used; the others would be a third of what `validate` loads. */
const oneLanguage = {
  name: 'one-language',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

const constants = inlineConstants(root);

/** The page's policy forbids making code from text: zod is not even to try whether it may. */
const noEval = {
  name: 'no-eval',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]core[\\/]core\.js$/ }, async ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /export const globalConfig = .*/,
        'export const globalConfig = { jitless: true };',
      ),
    })),
};

/**
 * The argument parser brings what lays out its own help, which is never shown: ours is. Measuring text loads Unicode's
 * tables, a third of what `--help` took; `node:assert` loads half of Node.
 */
const parserAlone = {
  name: 'parser-alone',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(cliui|string-width|assert)$/ }, ({ path, importer }) =>
      /[\\/]node_modules[\\/]yargs[\\/]/.test(importer) ? { path, namespace: 'parser-alone' } : undefined,
    );
    const unused = "export default () => { throw new Error('the parser shows no help of its own'); };";
    const asserts =
      'const check = (isRight, message) => { if (!isRight) throw new Error(message); };' +
      'export const strictEqual = (one, other, message) => check(Object.is(one, other), message);' +
      'export const notStrictEqual = (one, other, message) => check(!Object.is(one, other), message);';
    onLoad({ filter: /.*/, namespace: 'parser-alone' }, ({ path }) => ({
      contents: path === 'assert' ? asserts : unused,
    }));
  },
};

/**
 * The YAML package as browsers get it: the same code as modules, of which only what is used stays, and which does not
 * ask the environment at every token whether to log it.
 */
const yamlModules = {
  name: 'yaml-modules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^yaml$/ }, () => ({
      path: join(root, 'node_modules/yaml/browser/dist/index.js'),
      sideEffects: false,
    })),
};

const lateCommands = {};
const commandLine = await buildCommandLine();
const results = await Promise.all([
  build({
    ...common,
    plugins: [oneLanguage, yamlModules, constants],
    entryPoints: { ...present(programs), ...lateCommands },
    platform: 'node',
    external: [...heavy, 'typescript', 'vitest', 'esbuild', 'playwright-core'],
    // CommonJS packages inside an ES module ask for `require`, which only this gives them.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';const require = makeRequire(import.meta.url);",
    },
  }),
  buildPlayground(),
  build({
    ...common,
    plugins: [constants],
    entryPoints: present(doors),
    platform: 'neutral',
    packages: 'external',
    chunkNames: 'door-[hash]',
  }),
]);

mkdirSync(join(dist, 'playground'), { recursive: true });
const written = new Set();
for (const { path, contents } of results.flatMap(({ outputFiles }) => outputFiles)) {
  // Written aside and renamed, so that a program started meanwhile reads the old file or the new one, never half.
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, contents);
  renameSync(aside, path);
  written.add(path);
}
for (const folder of [dist, join(dist, 'playground')])
  for (const name of readdirSync(folder))
    if (/-[A-Z0-9]{8}\.js$/.test(name) && !written.has(join(folder, name))) rmSync(join(folder, name));
for (const name of ['index.html', 'style.css'])
  cpSync(join(root, 'src/playground', name), join(dist, 'playground', name));
writeFileSync(join(dist, 'commandLine.cjs'), commandLine);
writeCodeCache();
const fonts = join(root, 'src/host/fonts');
if (existsSync(fonts)) cpSync(fonts, join(dist, 'fonts'), { recursive: true });
if (process.argv.includes('--types')) writeTypes();
if (!quiet) console.log(`dist/: ${written.size} files in ${Math.round(performance.now() - startedMs)} ms`);

/**
 * The command line with what `validate` needs, as one CommonJS function: the form that V8 can keep compiled (see
 * src/cli/start.ts). What other commands load later becomes an entry of its own.
 */
async function buildCommandLine() {
  const late = {
    name: 'late-commands',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import' || path.endsWith('/validation.js')) return undefined;
        const name = `late-${basename(path, '.js')}`;
        lateCommands[name] = join(resolveDir, path.replace(/\.js$/, '.ts'));
        return { path: `./${name}.js`, external: true };
      }),
  };
  const { outputFiles } = await build({
    ...common,
    entryPoints: { commandLine: 'src/cli/main.ts' },
    splitting: false,
    format: 'cjs',
    platform: 'node',
    external: heavy,
    plugins: [oneLanguage, yamlModules, parserAlone, constants, late],
    define: { 'import.meta.url': 'fileUrl' },
    banner: { js: '(function (exports, require, module, fileUrl, load) {' },
    footer: { js: '})' },
  });
  // A cached script may not import by itself: it is given the function that does.
  const text = outputFiles[0].text.replaceAll('import("./late-', 'load("./late-');
  // It is read without being decoded (src/cli/start.ts).
  if (!/^[\0-\x7f]*$/.test(text)) throw new Error('the command line’s bundle is not ASCII');
  return text;
}

/** Lets one `validate` run and keeps what V8 compiled for it; without it the program only starts more slowly. */
function writeCodeCache() {
  const program = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import v8 from 'node:v8';
    import { Script } from 'node:vm';
    // V8 takes a cache only where its settings are as they were when it was made: at a program's start.
    v8.setFlagsFromString = () => {};
    const [file, sample] = process.argv.slice(1);
    const script = new Script(readFileSync(file, 'utf8'), { filename: file });
    const module = { exports: {} };
    script.runInThisContext()(module.exports, createRequire(file), module, 'file://' + file);
    await module.exports.main(['validate', sample, '--quiet']);
    writeFileSync(file + '.cache.new', script.createCachedData());`;
  const file = join(dist, 'commandLine.cjs');
  const sample = join(root, 'scenarios/movie-booking/compare.yaml');
  if (!existsSync(sample)) return;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', program, file, sample]);
  if (status === 0) renameSync(`${file}.cache.new`, `${file}.cache`);
}

/**
 * The page: what a browser loads, with the tour's scenarios inside. It asks for nothing but its own files, by relative
 * names, so dist/playground/ is a static site under any path.
 */
async function buildPlayground() {
  const tour = join(root, 'scenarios/tour');
  const names = ['movie-booking/compare', ...readdirSync(tour).map((name) => `tour/${basename(name, '.yaml')}`)];
  const texts = names.map((name) => [name, readFileSync(join(root, 'scenarios', `${name}.yaml`), 'utf8')]);
  return build({
    ...common,
    entryPoints: { main: 'src/playground/main.ts', worker: 'src/host/browserWorker.ts' },
    outdir: join(dist, 'playground'),
    platform: 'browser',
    target: 'es2022',
    minify: true,
    plugins: [oneLanguage, noEval, constants],
    define: { tourTexts: JSON.stringify(Object.fromEntries(texts)) },
  });
}

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

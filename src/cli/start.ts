#!/usr/bin/env node
/**
 * The program's first lines: runs the command line out of a code cache, so that a mistyped flag, `--help` and
 * `validate` answer at once. Its own file because everything it imports is paid for at every start: nothing but Node's
 * own.
 *
 * The command line and what `validate` needs are one CommonJS file, built beside this one with V8's cache of its
 * compiled code; commands that simulate are loaded when they are asked for. A cache that another version of Node made
 * is refused by V8 and costs nothing but its time. Checked by test/cli, which starts the program as users do.
 */
// Asked for so, they come alone: an `import` of `node:fs` loads all of Node's streams to list its names.
const builtIn = process.getBuiltinModule ?? (await import('node:module')).createRequire(import.meta.url);
const { readFileSync } = builtIn('node:fs') as typeof import('node:fs');
const { createRequire } = builtIn('node:module') as typeof import('node:module');
const { fileURLToPath } = builtIn('node:url') as typeof import('node:url');
const { Script } = builtIn('node:vm') as typeof import('node:vm');

interface CommandLine {
  main(words: readonly string[]): Promise<number>;
}

const fileUrl = new URL('./commandLine.cjs', import.meta.url);
const file = fileURLToPath(fileUrl);
// It is ASCII (build.mjs sees to that): nothing is to be decoded.
const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...cachedData(`${file}.cache`) });
const module: { exports: Partial<CommandLine> } = { exports: {} };
const run = script.runInThisContext() as (...words: unknown[]) => void;
run(module.exports, createRequire(file), module, fileUrl.href, (path: string) => import(path));
process.exitCode = await (module.exports as CommandLine).main(process.argv.slice(2));

/** The compiled code of an earlier start; nothing where there is none. */
function cachedData(path: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(path) };
  } catch {
    return {};
  }
}

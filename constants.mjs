/**
 * A plugin of the build: `fiberStates.moving` becomes `0` where the bundle is made, as a `const enum` would. Its own file
 * because it is the one thing that the build changes in the sources' text.
 *
 * The engine names its small numbers in objects (`export const fiberStates = { moving: 0, ... } as const`). In a bundle
 * such an object stands in a variable, and V8 must load the variable, check what it is and load the property, each time.
 * Only objects whose values are all whole numbers are taken, and only in files that import them by that name (or hold
 * them). What it gains stands in docs/performance.md; the tests run without it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rooms = ['engine', 'observation'];

/** @param {string} root the repository */
export function inlineConstants(root) {
  const constants = new Map();
  for (const room of rooms) {
    const folder = join(root, 'src', room);
    for (const name of readdirSync(folder)) collect(readFileSync(join(folder, name), 'utf8'), constants);
  }
  return {
    name: 'inline-constants',
    setup: ({ onLoad }) =>
      onLoad({ filter: /[\\/]src[\\/](engine|observation)[\\/]\w+\.ts$/ }, ({ path }) => ({
        contents: inlined(readFileSync(path, 'utf8'), constants),
        loader: 'ts',
      })),
  };
}

/** Every object of whole numbers that the source exports: its name, its keys and their values. */
function collect(source, constants) {
  for (const [, name, body] of source.matchAll(/^export const (\w+) = \{([^{}]*)\} as const;/gm)) {
    const entries = body
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map((entry) => /^(\w+): (\d+)$/.exec(entry));
    if (entries.every((entry) => entry !== null))
      constants.set(name, new Map(entries.map(([, key, value]) => [key, value])));
  }
}

function inlined(source, constants) {
  let text = source;
  for (const [name, values] of constants) {
    const isKnown = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from|^export const ${name} =`, 'm').test(text);
    if (!isKnown) continue;
    text = text.replace(new RegExp(`(?<![\\w.])${name}\\.(\\w+)\\b`, 'g'), (all, key) => values.get(key) ?? all);
  }
  return text;
}

/**
 * A plugin of the build: `fiberStates.moving` becomes `0` where the bundle is made, as a `const enum` would. Its own file
 * because it is the one thing that the build changes in the sources' text.
 *
 * The engine names its small numbers in objects (`export const fiberStates = { moving: 0, ... } as const`). In a bundle
 * such an object stands in a variable, and V8 must load the variable, check what it is and load the property, each time.
 * Only objects whose values are all whole numbers are taken, and constants that are one number; and only in files that
 * import them by that name (or hold them). What it gains stands in docs/performance.md; the tests run without it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const rooms = ['engine', 'kernel', 'observation', 'random', 'stats'];
const oneNumber = /^(?:export )?const (\w+) = (-?[\d._]+(?:e-?\d+)?);/gm;
const inRooms = new RegExp(`[\\\\/]src[\\\\/](${rooms.join('|')})[\\\\/]\\w+\\.ts$`);

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
      onLoad({ filter: inRooms }, ({ path }) => ({
        contents: inlined(readFileSync(path, 'utf8'), constants),
        loader: 'ts',
      })),
  };
}

/** Every object of whole numbers, and every number, that the source exports: its name and its values. */
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
  for (const [all, name, value] of source.matchAll(oneNumber)) if (all.startsWith('export')) constants.set(name, value);
}

/** A constant that is one number, the file's own or imported by its name, is that number wherever it is read. */
function withNumbers(source, constants) {
  const numbers = new Map();
  for (const [, name, value] of source.matchAll(oneNumber)) numbers.set(name, value);
  for (const [, names] of source.matchAll(/^import \{([^}]*)\} from/gm))
    for (const name of names.split(',').map((part) => part.trim()))
      if (typeof constants.get(name) === 'string') numbers.set(name, constants.get(name));
  const bodyAt = source.indexOf(';', source.lastIndexOf('\nimport ')) + 1;
  let body = source.slice(bodyAt);
  for (const [name, value] of numbers) {
    // A word in a text, a property's name or another variable may be the same; then it stays a variable.
    const isMoreToo = new RegExp(
      `\\{ ${name}\\b|, ${name} \\}|\\b${name}:|['\`][^'\`\\n]*(?<!\\{)\\b${name}\\b[^'\`\\n]*['\`]`,
    );
    if (isMoreToo.test(body) || isShadowed(name, body)) continue;
    body = body.replace(new RegExp(`(?<!const |[\\w.$'"])${name}(?![\\w'"])`, 'g'), `(${value})`);
  }
  return source.slice(0, bodyAt) + body;
}

/** Declared once more than at the start of a line, or a parameter of an arrow: both would be taken for the constant. */
function isShadowed(name, body) {
  const inner = new RegExp(`[^\\n](?:const|let|var) (?:\\[[^\\]=]*)?${name}\\b|\\b${name}(?:, \\w+)*\\)? =>`);
  return inner.test(body.replace(/^export const/gm, 'const'));
}

function inlined(source, constants) {
  let text = withNumbers(source, constants);
  for (const [name, values] of constants) {
    if (typeof values === 'string') continue;
    const isKnown = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from|^export const ${name} =`, 'm').test(text);
    if (!isKnown) continue;
    text = text.replace(new RegExp(`(?<![\\w.])${name}\\.(\\w+)\\b`, 'g'), (all, key) => values.get(key) ?? all);
  }
  return text;
}

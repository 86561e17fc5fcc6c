/** Every command of the registry keeps its own promises: names are one each, and its examples are command lines it takes. */
import { expect, test } from 'vitest';
import { readCommandLine } from '../../src/cli/commandLine.js';
import { commands } from '../../src/cli/commands/registry.js';
import { flags, laterCommands, laterFlags, typedName } from '../../src/cli/flags.js';

/** Words of a simple POSIX command line: quotes are honoured, what follows a pipe or a redirection is not ours. */
function wordsOf(line: string): readonly string[] {
  const own = line.split(/ [|>] /)[0] ?? '';
  return [...own.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '').slice(1);
}

test.each(commands.flatMap(({ name, examples }) => examples.map(({ line }) => [line, name] as const)))(
  'the example "%s" is a command line that is understood',
  (line, name) => {
    const reading = readCommandLine(wordsOf(line), commands, '1.2.3');
    expect(reading).toMatchObject({ kind: 'call', command: { name } });
  },
);

test('nothing is both there and promised for later, and no two commands share a name', () => {
  const names = commands.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(laterCommands).not.toContain(name);
  for (const flag of Object.keys(flags)) expect(laterFlags).not.toContain(flag);
});

test('within a command no two flags are typed alike', () => {
  for (const { flags: own } of commands) {
    const typed = own.flatMap((name) => [typedName(name), flags[name].alias ?? typedName(name)]);
    expect(new Set(typed).size).toBe(new Set(own.flatMap((name) => [name, flags[name].alias ?? name])).size);
  }
});

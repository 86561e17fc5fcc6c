/**
 * From the words of a command line to a `Call`, or to help, or to what is wrong with them. Its own file because it is
 * the only one that knows the argument parser, which is told to guess nothing: no number is read, no flag doubled, no
 * unknown word let through. Checked by test/cli/commandLine.test.ts.
 */
import yargs from 'yargs';
import { nearest } from '../scenario/nearest.js';
import type { Call, Command, FlagValues } from './commands/contract.js';
import { everywhere, type Flag, type FlagName, flags, laterCommands, laterFlags, typedName } from './flags.js';
import { commandHelp, overview, shortUsage, usageOf } from './help.js';

export type Reading =
  | { readonly kind: 'call'; readonly command: Command; readonly call: Call }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mistakes'; readonly messages: readonly string[]; readonly usage: string };

/** Reads the words after the program's name. */
export function readCommandLine(words: readonly string[], commands: readonly Command[], version: string): Reading {
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  if (before.includes('--version') || before.includes('-V')) return { kind: 'text', text: `windtunnel ${version}\n` };
  const wantsHelp = before.includes('--help') || before.includes('-h') || words[0] === 'help';
  const name = before.find((word) => !word.startsWith('-') && word !== 'help');
  const command = commands.find((each) => each.name === name);
  if (wantsHelp) {
    if (name !== undefined && !command) return unknownCommand(name, commands);
    return { kind: 'text', text: command ? commandHelp(command) : overview(commands) };
  }
  if (name === undefined) return mistakes(['no command was given'], shortUsage(commands));
  return command ? readCall(words, command) : unknownCommand(name, commands);
}

function unknownCommand(name: string, commands: readonly Command[]): Reading {
  if (laterCommands.includes(name))
    return mistakes([`the command "${name}" is not supported yet`], shortUsage(commands));
  const near = nearest(name, [...commands.map((each) => each.name), ...laterCommands]);
  const mend = near ? `; did you mean "${near}"?` : '';
  return mistakes([`unknown command "${name}"${mend}`], shortUsage(commands));
}

function readCall(words: readonly string[], command: Command): Reading {
  const names = flagsOf(command);
  const byTyped = new Map(names.map((name) => [typedName(name), name]));
  const messages: string[] = [];
  const parsed = parserFor(command)
    .fail((message: string | null, error: Error | undefined) =>
      messages.push(readable(message ?? error?.message ?? '')),
    )
    .parseSync([...words]);
  const known = new Set(['_', '--', '$0', ...names.flatMap((name) => [typedName(name), flags[name].alias ?? ''])]);
  for (const typed of Object.keys(parsed)) if (!known.has(typed)) messages.push(unknownFlag(typed, command, byTyped));
  const texts = new Map<FlagName, readonly string[]>();
  const on = new Set<FlagName>();
  for (const [typed, name] of byTyped) {
    const value = parsed[typed];
    if (value === undefined) continue;
    const values = (Array.isArray(value) ? value : [value]) as readonly unknown[];
    if (values.length > 1 && flags[name].takes !== 'list')
      messages.push(`--${typed} is given ${values.length} times; once is meant`);
    else if (flags[name].takes !== 'switch')
      texts.set(name, readTexts(typed, flags[name], values.map(String), messages));
    else if (words.some((word) => word.startsWith(`--${typed}=`))) messages.push(`--${typed} takes no value`);
    else if (values[0] === true) on.add(name);
  }
  const operands = [...parsed._.slice(1), ...((parsed['--'] as readonly unknown[] | undefined) ?? [])].map(String);
  const { least, most } = command.operandCount;
  if (operands.length < least && !texts.has('explain')) messages.push(`"${command.name}" needs ${command.operands}`);
  if (operands.length > most)
    messages.push(
      most === 0
        ? `"${command.name}" takes flags alone, not "${operands[0]}"`
        : `"${command.name}" takes ${command.operands}, not also "${operands[most]}"`,
    );
  if (messages.length > 0)
    return mistakes([...new Set(messages)], `${usageOf(command)}; windtunnel ${command.name} --help shows them`);
  const values: FlagValues = {
    text: (name) => texts.get(name)?.[0],
    isOn: (name) => on.has(name),
    list: (name) => texts.get(name) ?? [],
  };
  return { kind: 'call', command, call: { operands, flags: values, commandLine: quoted(words) } };
}

function flagsOf(command: Command): readonly FlagName[] {
  return [...command.flags, ...everywhere];
}

/** The parser of one command, which guesses nothing. */
function parserFor(command: Command): ReturnType<typeof yargs> {
  const parser = yargs([])
    .locale('en')
    .scriptName('windtunnel')
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'dot-notation': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'populate--': true,
    });
  for (const name of flagsOf(command)) parser.option(typedName(name), optionOf(flags[name]));
  return parser as ReturnType<typeof yargs>;
}

function optionOf({ alias, takes }: Flag): Record<string, unknown> {
  const type = takes === 'switch' ? { type: 'boolean' } : { type: 'string', requiresArg: true };
  return alias ? { ...type, alias } : type;
}

function readTexts(typed: string, flag: Flag, values: readonly string[], messages: string[]): readonly string[] {
  for (const value of values) {
    if (value === '' && flag.takes === 'text' && typed !== 'seed')
      messages.push(`--${typed} needs ${flag.value ?? 'a value'}`);
    if (!flag.words) continue;
    const parts = flag.hasCommas ? value.split(',').map((part) => part.trim()) : [value];
    for (const part of parts) {
      if (flag.words.includes(part)) continue;
      messages.push(`--${typed} ${JSON.stringify(part)} is none of ${flag.words.join(', ')}`);
    }
  }
  return values;
}

function unknownFlag(typed: string, command: Command, byTyped: ReadonlyMap<string, FlagName>): string {
  const dashed = typed.length === 1 ? `-${typed}` : `--${typed}`;
  if (laterFlags.includes(typed) || laterFlags.includes(typed.replace(/^no-/, '')))
    return `${dashed} is not supported yet`;
  const elsewhere = Object.keys(flags).includes(typed) ? `; "${command.name}" does not take it` : '';
  const near = typed.length > 1 ? nearest(typed, [...byTyped.keys(), 'help', 'version']) : undefined;
  return `unknown flag ${dashed}${elsewhere || (near ? `; did you mean --${near}?` : '')}`;
}

/** The parser's own words for a missing value, in ours. */
function readable(message: string): string {
  const missing = /^Not enough arguments following: (.+)$/.exec(message);
  if (!missing) return message;
  const name = missing[1]!;
  return `${name.length === 1 ? '-' : '--'}${name} needs a value`;
}

function mistakes(messages: readonly string[], usage: string): Reading {
  return { kind: 'mistakes', messages, usage };
}

/** The words as one would type them into a POSIX shell. */
function quoted(words: readonly string[]): string {
  const quote = (word: string): string => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return ['windtunnel', ...words.map(quote)].join(' ');
}

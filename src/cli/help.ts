/**
 * What `--help` shows: of all commands, and of one. Its own file because it is written from the same tables that the
 * command line is checked against, and so can't promise what isn't there. Checked by test/cli/commandLine.test.ts.
 */
import type { Command } from './commands/contract.js';
import { everywhere, type FlagName, flags, typedName } from './flags.js';

const widest = 100;

/** The list of commands, with one example each. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name, operands }) => name.length + operands.length + 1));
  return [
    'windtunnel simulates microservices on candidate platforms: latency, instances, failures, and the bill.',
    '',
    'COMMANDS',
    ...commands.flatMap(({ name, operands, summary }) =>
      wrapped(summary, widest - width - 4).map(
        (line, place) => `  ${(place === 0 ? `${name} ${operands}` : '').padEnd(width)}  ${line}`,
      ),
    ),
    '',
    'EXAMPLES',
    ...commands.flatMap(({ examples }) => exampleLines(examples.slice(0, 1))),
    '',
    'windtunnel COMMAND --help shows its flags; windtunnel --version the version.',
    '',
  ].join('\n');
}

/** One command: what it does, its flags, its examples. */
export function commandHelp(command: Command): string {
  const rows = [...command.flags, ...everywhere].map((name) => ({ left: leftOf(name), text: textOf(name) }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  const lines = rows.flatMap(({ left, text }) =>
    wrapped(text, widest - width - 4).map((line, i) => `  ${(i === 0 ? left : '').padEnd(width)}  ${line}`),
  );
  return [
    usageOf(command),
    '',
    ...wrapped(`It ${command.summary}.`, widest),
    '',
    'FLAGS',
    ...lines,
    '',
    'EXAMPLES',
    ...exampleLines(command.examples),
    '',
  ].join('\n');
}

/** After a mistake: which commands there are, and where to read about them. */
export function shortUsage(commands: readonly Command[]): string {
  const names = wrapped(commands.map(({ name }) => name).join(' '), widest - 2).map((line) => `  ${line}`);
  return ['usage: windtunnel COMMAND ...', ...names, 'windtunnel --help says what each does'].join('\n');
}

export function usageOf({ name, operands }: Command): string {
  return `usage: windtunnel ${name}${operands === '' ? '' : ` ${operands}`} [flags]`;
}

function leftOf(name: FlagName): string {
  const { alias, value } = flags[name];
  return `${alias ? `-${alias}, ` : '    '}--${typedName(name)}${value ? ` <${value}>` : ''}`;
}

function textOf(name: FlagName): string {
  const { summary, words, otherwise } = flags[name];
  return `${summary}${words ? `: ${words.join(', ')}` : ''}${otherwise ? ` (default: ${otherwise})` : ''}`;
}

function exampleLines(examples: Command['examples']): readonly string[] {
  return examples.flatMap(({ line, does }) => [`  ${line}`, `      ${does}`]);
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

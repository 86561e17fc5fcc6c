/**
 * Completion scripts for shells, written out of the tables of commands and flags, so that they cannot know less than
 * the program does. Its own file because each shell has a language of its own; what is completed is the same in all.
 * Checked by test/cli/completion.test.ts, which runs bash's.
 */
import type { Command } from './commands/contract.js';
import { commands } from './commands/registry.js';
import { everywhere, type Flag, type FlagName, flags, typedName } from './flags.js';

const writers: ReadonlyMap<string, () => string> = new Map([
  ['bash', bash],
  ['zsh', zsh],
  ['fish', fish],
]);

export const shells: readonly string[] = [...writers.keys()];

/** The script for a shell; null for one that is not known. */
export function completionScript(shell: string): string | null {
  return writers.get(shell)?.() ?? null;
}

interface Option {
  readonly typed: string;
  readonly flag: Flag;
}

function optionsOf(command: Command): readonly Option[] {
  return [...command.flags, ...everywhere].map((name: FlagName) => ({ typed: typedName(name), flag: flags[name] }));
}

/** Words that may stand behind a flag; empty where any text may. */
function wordsOf({ words }: Flag): readonly string[] {
  return words ?? [];
}

function bash(): string {
  const cases = commands.map((command) => {
    const options = optionsOf(command);
    const values = options
      .filter(({ flag }) => wordsOf(flag).length > 0)
      .map(
        ({ typed, flag }) =>
          `        --${typed}) COMPREPLY=($(compgen -W "${wordsOf(flag).join(' ')}" -- "$word")); return ;;`,
      );
    return [
      `    ${command.name})`,
      ...(values.length > 0 ? ['      case "$before" in', ...values, '      esac'] : []),
      `      words="${options.map(({ typed }) => `--${typed}`).join(' ')}"`,
      '      ;;',
    ].join('\n');
  });
  return `# Completion of windtunnel for bash.
_windtunnel() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$words --help" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _windtunnel windtunnel
`;
}

function zsh(): string {
  const quoted = (text: string): string => text.replace(/'/g, "'\\''").replace(/[[\]:]/g, (sign) => `\\${sign}`);
  const cases = commands.map((command) => {
    const options = optionsOf(command).map(({ typed, flag }) => {
      const values = wordsOf(flag).length > 0 ? `(${wordsOf(flag).join(' ')})` : '_files';
      const value = flag.takes === 'switch' ? '' : `:${flag.value ?? 'value'}:${values}`;
      return `        '${flag.takes === 'list' ? '*' : ''}--${typed}[${quoted(flag.summary)}]${value}' \\`;
    });
    return `      ${command.name})\n        _arguments \\\n${options.join('\n')}\n        '*:file:_files' ;;`;
  });
  const names = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  return `#compdef windtunnel
# Completion of windtunnel for zsh.
_windtunnel() {
  local -a names
  names=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' names
  else
    local name=$words[2]
    shift words; (( CURRENT-- ))
    case $name in
${cases.join('\n')}
    esac
  fi
}
_windtunnel "$@"
`;
}

function fish(): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
  const names = commands.map(
    ({ name, summary }) => `complete -c windtunnel -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  );
  const options = commands.flatMap((command) =>
    optionsOf(command).map(({ typed, flag }) => {
      const value =
        flag.takes === 'switch' ? '' : wordsOf(flag).length > 0 ? ` -x -a ${quoted(wordsOf(flag).join(' '))}` : ' -r';
      const when = quoted(`__fish_seen_subcommand_from ${command.name}`);
      return `complete -c windtunnel -n ${when} -l ${typed}${value} -d ${quoted(flag.summary)}`;
    }),
  );
  return `# Completion of windtunnel for fish.\n${[...names, ...options].join('\n')}\n`;
}

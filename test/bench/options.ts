/** The words after `npm run bench --`. Its own file because they are the only part of the bench that a user types. */
import { sectionNames, sections } from './sections/registry.js';

export interface BenchOptions {
  readonly isQuick: boolean;
  readonly roundCount: number;
  /** Names of what to measure; all when none was given. */
  readonly picked: ReadonlySet<string>;
}

const usualRounds = 3;
const mostRounds = 99;

/** The options, or in one text what is wrong with the words, or the help that was asked for. */
export function readOptions(
  words: readonly string[],
): BenchOptions | { readonly text: string; readonly isHelp: boolean } {
  const picked = new Set<string>();
  let isQuick = false;
  let roundCount: number | null = null;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--help') return { text: help(), isHelp: true };
    if (word === '--quick') isQuick = true;
    else if (word === '--rounds') {
      roundCount = Number(words[++i]);
      if (!Number.isInteger(roundCount) || roundCount < 1 || roundCount > mostRounds)
        return { text: `--rounds wants a whole number from 1 to ${mostRounds}`, isHelp: false };
    } else if (sectionNames.includes(word)) picked.add(word);
    else return { text: `there is nothing called ${JSON.stringify(word)}\n\n${help()}`, isHelp: false };
  }
  return {
    isQuick,
    roundCount: roundCount ?? (isQuick ? 1 : usualRounds),
    picked: picked.size > 0 ? picked : new Set(sectionNames),
  };
}

function help(): string {
  const lines = sections.map(({ names, summary }) => `  ${names.join(' ').padEnd(10)} ${summary}`);
  return [
    'npm run bench -- [--quick] [--rounds N] [NAME...]',
    '',
    ...lines,
    '',
    `  --quick    a tenth of the sizes and one round`,
    `  --rounds   how often each figure is taken (${usualRounds}); medians are printed`,
  ].join('\n');
}

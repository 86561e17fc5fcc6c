/** A draft as the text of a scenario: what could not be known first, as a comment, then the sections. */
import { stringify } from 'yaml';
import type { Draft } from './contract.js';

/** @param from what it was made of, for the first line */
export function writeDraft({ name, sections, unknown }: Draft, from: string): string {
  const head = [
    '# yaml-language-server: $schema=./windtunnel.schema.json',
    `# A draft, made of ${from.replace(/[\r\n]+/g, ' ')}. What it could not know, and assumes:`,
    ...unknown.map((sentence) => `# - ${sentence.replace(/[\r\n]+/g, ' ')}`),
  ];
  const body = stringify(
    { windtunnel: 1, name, ...sections },
    { lineWidth: 120, flowCollectionPadding: false, aliasDuplicateObjects: false },
  );
  return `${head.join('\n')}\n${body}`;
}

/**
 * The list of what is wrong with the scenario, under the editor: each a button that goes to its place. Its own file
 * because underlines alone are not heard by a screen reader, nor seen when they are scrolled away.
 */
import type { Issue } from '../units/issue.js';
import { sentence } from './editor.js';
import { byId, make } from './elements.js';

const most = 20;

/** @param onPick hears which problem somebody wants to see */
export function showProblems(issues: readonly Issue[], onPick: (issue: Issue) => void): void {
  const list = byId('problems', 'ul');
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = issues.length - errors;
  byId('problem-count', 'p').textContent =
    issues.length === 0
      ? 'No problems.'
      : [counted(errors, 'error'), counted(warnings, 'warning')].filter(Boolean).join(', ');
  list.replaceChildren(
    ...issues.slice(0, most).map((issue) => {
      const button = make(
        'button',
        { type: 'button', class: issue.severity },
        `${issue.at.line}:${issue.at.column} `,
        sentence(issue),
      );
      button.addEventListener('click', () => onPick(issue));
      return make('li', {}, button);
    }),
    ...(issues.length > most ? [make('li', {}, `… and ${issues.length - most} more`)] : []),
  );
}

function counted(count: number, word: string): string {
  return count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * "What server, what OS?": what is left to the user to decide on each platform shown, and what the provider decides.
 * Its own file because it is the one part of the page that is only text about platforms.
 */
import type { LiveStage } from '../experiment/live.js';
import { byId, make, swatch } from './elements.js';

export function showWhoDecides({ shown }: LiveStage): void {
  byId('who-decides', 'div').replaceChildren(
    ...shown.map(({ title, colourIndex, yours, theirs }) =>
      make(
        'div',
        {},
        make('h3', {}, swatch(colourIndex), ' ', title),
        list('Yours to decide', yours),
        list('The provider’s', theirs),
      ),
    ),
  );
}

function list(title: string, words: readonly string[]): HTMLElement {
  const said = words.length === 0 ? 'nothing' : words.join(', ');
  return make('p', {}, make('b', {}, `${title} (${words.length}): `), said);
}

/**
 * The tour's strip at the top: which step, its sentence, what to do and what to see, and the way to the next. Its own
 * file because it only shows a step and says which one is wanted; what a step does is `page.ts`'.
 */
import { byId, make } from './elements.js';
import { tourSteps } from './tourSteps.js';

export class TourPanel {
  private place = 0;

  /** @param onStep hears the place of the step that is wanted */
  constructor(onStep: (place: number) => void) {
    const select = byId('tour-step', 'select');
    select.append(
      make('option', { value: '', disabled: '', hidden: '' }, 'A scenario of your own'),
      ...tourSteps.map(({ title }, place) => make('option', { value: String(place) }, `${place + 1}. ${title}`)),
    );
    select.addEventListener('change', () => onStep(Number(select.value)));
    byId('tour-back', 'button').addEventListener('click', () => onStep(Math.max(0, this.place - 1)));
    byId('tour-next', 'button').addEventListener('click', () => onStep(Math.min(tourSteps.length - 1, this.place + 1)));
  }

  /** A scenario that is no step's: what it says of itself stands in the place of an idea. */
  leave({ scenario, description }: { readonly scenario: string; readonly description: string }): void {
    this.place = -1;
    byId('tour-step', 'select').value = '';
    byId('tour-idea', 'p').textContent = description === '' ? scenario : `${scenario}. ${description}`;
    byId('tour-tasks', 'div').hidden = true;
    byId('tour-back', 'button').disabled = true;
    byId('tour-next', 'button').disabled = false;
  }

  show(place: number): void {
    const step = tourSteps[place];
    if (!step) return;
    this.place = place;
    byId('tour-step', 'select').value = String(place);
    byId('tour-idea', 'p').textContent = step.idea;
    byId('tour-tasks', 'div').hidden = false;
    byId('what-happened', 'details').open = step.opens === 'happenings';
    byId('who-decides-box', 'details').open = step.opens === 'who-decides';
    byId('tour-do', 'p').textContent = step.task;
    byId('tour-see', 'p').textContent = step.see;
    byId('tour-back', 'button').disabled = place === 0;
    byId('tour-next', 'button').disabled = place === tourSteps.length - 1;
  }
}

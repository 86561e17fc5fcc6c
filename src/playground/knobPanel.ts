/**
 * The sliders under the stage: one a knob, with its stop as a word. Its own file because a slider that is moved asks
 * for a new run with other settings, and remembers where it stands meanwhile.
 */
import type { Knob } from '../experiment/knobs.js';
import type { Override } from '../scenario/overrides.js';
import { byId, make } from './elements.js';

export class KnobPanel {
  private readonly onTurn: () => void;
  /** By kind of knob: the stop chosen, where it is not the scenario's own. */
  private readonly chosen = new Map<Knob['kind'], string>();
  private knobs: readonly Knob[] = [];

  constructor(onTurn: () => void) {
    this.onTurn = onTurn;
  }

  /** The settings changed by all knobs that are not where the scenario stands. */
  overrides(): readonly Override[] {
    return this.knobs.flatMap(
      ({ kind, stops }) => stops.find(({ label }) => label === this.chosen.get(kind))?.overrides ?? [],
    );
  }

  reset(): void {
    this.chosen.clear();
  }

  /** The knobs of the scenario as written. While a knob is turned only their stops are kept up. */
  open(knobs: readonly Knob[]): void {
    if (this.chosen.size > 0) return;
    this.knobs = knobs;
    byId('knobs', 'div').replaceChildren(...knobs.map((knob) => this.slider(knob)));
  }

  private slider({ kind, title, stops, at }: Knob): HTMLElement {
    const word = make('output', {}, stops[at]?.label ?? '');
    const input = make('input', {
      type: 'range',
      min: '0',
      max: String(stops.length - 1),
      value: String(at),
      'data-knob': kind,
    });
    const say = (): void => {
      const label = stops[Number(input.value)]?.label ?? '';
      word.textContent = label;
      input.setAttribute('aria-valuetext', label);
    };
    say();
    input.addEventListener('input', say);
    input.addEventListener('change', () => {
      const stop = stops[Number(input.value)];
      if (!stop || Number(input.value) === at) this.chosen.delete(kind);
      else this.chosen.set(kind, stop.label);
      this.onTurn();
    });
    return make('label', { class: 'knob' }, make('span', {}, title), input, word);
  }
}

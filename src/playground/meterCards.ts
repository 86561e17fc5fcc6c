/**
 * Above the stage, one card a platform: which one, the bill as it ticks, instances, the 99th percentile of the last
 * minute, the serverless level. Its own file because it is text that changes thirty times a second: elements are made
 * once and only their words are set.
 */
import type { LiveFrame, LiveStage } from '../experiment/live.js';
import type { WatchedLevel } from '../host/protocol.js';
import { figure } from '../report/figures.js';
import { byId, make, swatch } from './elements.js';

interface Card {
  readonly bill: HTMLElement;
  readonly instances: HTMLElement;
  readonly p99: HTMLElement;
  readonly success: HTMLElement;
  readonly level: HTMLElement;
  readonly why: HTMLElement;
}

export class MeterCards {
  private cards: readonly Card[] = [];
  private stage: LiveStage | null = null;
  private isCurtainClosed = false;
  private readonly onPick: (names: readonly string[]) => void;

  /** @param onPick hears which platforms shall be shown */
  constructor(onPick: (names: readonly string[]) => void) {
    this.onPick = onPick;
  }

  open(stage: LiveStage): void {
    this.stage = stage;
    const made = stage.shown.map((_, place) => this.makeCard(stage, place));
    this.cards = made.map(({ card }) => card);
    const children: Node[] = made.map(({ root }) => root);
    if (stage.shown.length === 1 && stage.choices.length > 1) children.push(this.secondButton(stage));
    byId('meters', 'div').replaceChildren(...children);
    this.cards.forEach(({ level, bill }, place) => {
      const { claimedLevel, isBilled } = stage.shown[place]!;
      level.textContent = claimedLevel === null ? '…' : `${claimedLevel} claimed`;
      bill.classList.toggle('without', !isBilled);
      if (!isBilled) bill.textContent = 'No prices: nothing is billed here.';
    });
  }

  /** Closed, how many instances there are is the provider's affair, as on the stage. */
  drawCurtain(isClosed: boolean): void {
    this.isCurtainClosed = isClosed;
  }

  show({ platforms }: LiveFrame): void {
    platforms.forEach((platform, place) => {
      const card = this.cards[place];
      if (!card) return;
      if (this.stage?.shown[place]?.isBilled) card.bill.textContent = ticking(platform.billUsd);
      const isHidden = this.isCurtainClosed && this.stage?.shown[place]?.ownsServers === false;
      card.instances.textContent = isHidden ? 'hidden' : figure(platform.instanceCount, '1');
      card.p99.textContent = figure(platform.p99Ms, 'ms');
      const ended = platform.goodCount + platform.badCount;
      card.success.textContent = ended === 0 ? '–' : figure(platform.goodCount / ended, 'share');
      card.success.classList.toggle('bad', platform.badCount > 0.01 * ended);
      if (platform.stopped !== null) card.why.textContent = platform.stopped;
    });
  }

  showLevel(name: string, level: WatchedLevel): void {
    const card = this.cards[this.stage?.shown.findIndex((platform) => platform.name === name) ?? -1];
    if (!card) return;
    const isOther = level.claimed !== null && level.claimed !== level.observed;
    card.level.replaceChildren(...(isOther ? [make('s', {}, `${level.claimed}`), ' '] : []), `${level.observed} of 2`);
    card.why.textContent = level.whyDifferent ?? level.why;
  }

  private makeCard(stage: LiveStage, place: number): { readonly root: HTMLElement; readonly card: Card } {
    const platform = stage.shown[place]!;
    const picker = make('select', { 'aria-label': `Platform ${place + 1}` });
    for (const { name, title } of stage.choices) picker.append(make('option', { value: name }, title));
    picker.value = platform.name;
    picker.addEventListener('change', () =>
      this.onPick(stage.shown.map(({ name }, other) => (other === place ? picker.value : name))),
    );
    const head = make('div', { class: 'who' }, swatch(platform.colourIndex), picker);
    if (place > 0) {
      const remove = make(
        'button',
        { type: 'button', class: 'plain', 'aria-label': `Take ${platform.title} away` },
        '×',
      );
      remove.addEventListener('click', () =>
        this.onPick(stage.shown.filter((_, other) => other !== place).map(({ name }) => name)),
      );
      head.append(remove);
    }
    const fact = (term: string): readonly [HTMLElement, HTMLElement] => {
      const value = make('dd', {}, '–');
      return [make('div', {}, make('dt', {}, term), value), value];
    };
    const [instances, instancesValue] = fact('instances');
    const [p99, p99Value] = fact('p99, 1 min');
    const [success, successValue] = fact('success');
    const [level, levelValue] = fact('level');
    const bill = make('p', { class: 'bill' }, '$0');
    const why = make('p', { class: 'why' });
    const root = make(
      'section',
      { class: 'meter', 'aria-label': `Meter of ${platform.title}` },
      head,
      bill,
      make('dl', {}, instances, p99, success, level),
      why,
    );
    return {
      root,
      card: { bill, instances: instancesValue, p99: p99Value, success: successValue, level: levelValue, why },
    };
  }

  private secondButton({ shown, choices }: LiveStage): HTMLElement {
    const names = shown.map(({ name }) => name);
    const other = choices.find(({ name }) => !names.includes(name));
    const button = make('button', { type: 'button', class: 'beside' }, 'Put another platform beside it');
    button.addEventListener('click', () => this.onPick([...names, ...(other ? [other.name] : [])]));
    return button;
  }
}

/** A bill that moves must be seen moving: six decimals below a cent, four below ten dollars. The amount is exact. */
export function ticking(usd: string): string {
  const amount = Number(usd);
  const decimals = amount < 0.01 ? 6 : amount < 10 ? 4 : 2;
  return amount === 0 ? '$0' : `$${amount.toFixed(decimals)}`;
}

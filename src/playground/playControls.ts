/**
 * Play, pause, next event, from the start, how fast; and the curtain. Its own file because buttons must say what the
 * worker does, which may have stopped by itself at the end.
 */
import { byId, make } from './elements.js';
import { speeds } from './tourSteps.js';

interface Wishes {
  readonly play: (speed: number) => void;
  readonly pause: () => void;
  readonly step: () => void;
  readonly restart: () => void;
  readonly curtain: (isClosed: boolean) => void;
}

export class PlayControls {
  private readonly button = byId('play', 'button');
  private readonly speed = byId('speed', 'select');
  private readonly curtain = byId('curtain', 'button');
  private readonly wishes: Wishes;
  private isPlaying = false;
  private wasPlaying = false;
  private isDone = false;

  constructor(wishes: Wishes) {
    this.wishes = wishes;
    this.speed.append(...speeds.map((speed) => make('option', { value: String(speed) }, `×${speed}`)));
    this.button.addEventListener('click', () => this.toggle());
    this.speed.addEventListener('change', () => this.isPlaying && this.play());
    byId('next-event', 'button').addEventListener('click', () => wishes.step());
    byId('restart', 'button').addEventListener('click', () => wishes.restart());
    this.curtain.addEventListener('click', () => this.draw(this.curtain.getAttribute('aria-pressed') !== 'true'));
  }

  /** As a step of the tour wants it. */
  set(speed: number, isCurtainClosed: boolean): void {
    this.speed.value = String(speed);
    this.draw(isCurtainClosed);
  }

  /** A new run is being opened: nothing plays until it is there. */
  rest(): void {
    this.wasPlaying = this.isPlaying;
    this.show(false, false);
  }

  /** The new run goes on as the last one did. */
  goOn(): void {
    if (this.wasPlaying) this.play();
  }

  show(isPlaying: boolean, isDone: boolean): void {
    this.isPlaying = isPlaying;
    this.isDone = isDone;
    const words = isPlaying ? 'Pause' : isDone ? 'Play again' : 'Play';
    if (this.button.textContent !== words) this.button.textContent = words;
  }

  private toggle(): void {
    if (this.isPlaying) {
      this.wishes.pause();
      return;
    }
    if (this.isDone) this.wishes.restart();
    this.play();
  }

  private play(): void {
    this.wishes.play(Number(this.speed.value));
  }

  private draw(isClosed: boolean): void {
    this.curtain.setAttribute('aria-pressed', String(isClosed));
    this.curtain.textContent = isClosed ? 'Open the curtain' : 'Close the curtain';
    this.wishes.curtain(isClosed);
  }
}

/**
 * What happened lately, in words: the last scalings, crashes and starts of the platforms shown. Its own file because it
 * is what the picture cannot say, and what a screen reader hears of the stage.
 */
import type { LiveFrame, LiveNote, LiveStage } from '../experiment/live.js';
import { clockLabel } from '../report/charts/ticks.js';
import { byId, make } from './elements.js';

const shown = 6;

interface Line {
  readonly note: LiveNote;
  readonly platform: number;
}

export class Happenings {
  private lines: Line[] = [];
  private stage: LiveStage | null = null;

  open(stage: LiveStage): void {
    this.stage = stage;
    this.lines = [];
    this.write();
  }

  show({ platforms }: LiveFrame): void {
    const fresh = platforms.flatMap(({ notes }, platform) => notes.map((note) => ({ note, platform })));
    if (fresh.length === 0) return;
    this.lines = [...this.lines, ...fresh].slice(-200);
    this.write();
  }

  private write(): void {
    const { stage } = this;
    if (!stage) return;
    const told = this.lines
      .filter(({ note }) => note.kind !== 'requested')
      .slice(-shown)
      .reverse();
    const words = told.map((line) => wordsOf(line, stage));
    byId('happenings', 'ol').replaceChildren(
      ...told.map(({ note }, place) => {
        const seconds = ((note.atUs / 1e6) % 60).toFixed(1).padStart(4, '0');
        const time = `${clockLabel(stage.starts, note.atUs / 1e6)}:${seconds}`;
        return make('li', {}, make('time', {}, time), ` ${words[place]}`);
      }),
    );
    byId('last-happening', 'span').textContent = words[0] ?? '';
  }
}

function wordsOf({ note, platform }: Line, stage: LiveStage): string {
  const where = stage.shown.length > 1 ? `${stage.shown[platform]?.title}, ` : '';
  const number = note.instance < 0 ? '' : ` ${note.instance}`;
  const whom = note.service < 0 ? '' : `${stage.services[note.service]?.title}${number} `;
  return `${where}${whom}${wordOf(note.kind)}${note.detail === '' ? '' : `: ${note.detail}`}`;
}

function wordOf(kind: string): string {
  if (kind === 'ready') return 'is ready';
  if (kind === 'gone') return 'is gone';
  return kind.replaceAll('-', ' ');
}

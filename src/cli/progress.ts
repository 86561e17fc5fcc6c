/**
 * How far a simulation is, on stderr: a bar that is redrawn, or a line each 10 %, or nothing. Its own file because only
 * it knows the wall clock of a run. Checked by test/cli/progress.test.ts with a clock of its own.
 */
import type { Terminal } from './terminal.js';

export type ProgressForm = 'bar' | 'plain' | 'none';

export interface Progress {
  /** @param share done, in [0, 1], never falling. @param eventCount handled so far, over all threads. */
  advance(share: number, eventCount: number): void;
  /** Leaves the terminal as it was: the bar is wiped. */
  end(): void;
}

const barWidth = 30;
const leastBarWidth = 8;
const redrawMs = 100;

/** `auto` is a bar on a terminal and nothing elsewhere; --quiet silences all. */
export function progressForm(asked: string | undefined, terminal: Terminal): ProgressForm {
  if (terminal.isQuiet) return 'none';
  if (asked === 'bar' || asked === 'plain' || asked === 'none') return asked;
  return terminal.isErrInteractive ? 'bar' : 'none';
}

/** @param nowMs a clock that only grows, milliseconds. */
export function startProgress(form: ProgressForm, terminal: Terminal, nowMs: () => number): Progress {
  const startMs = nowMs();
  let drawnMs = Number.NEGATIVE_INFINITY;
  let lastTenth = 0;
  return {
    advance(share, eventCount) {
      const elapsedMs = nowMs() - startMs;
      if (form === 'plain') {
        const tenth = Math.floor(share * 10 + 1e-9);
        if (tenth <= lastTenth) return;
        lastTenth = tenth;
        terminal.note(progressLine(share, eventCount, elapsedMs));
      } else if (form === 'bar') {
        if (elapsedMs - drawnMs < redrawMs && share < 1) return;
        drawnMs = elapsedMs;
        terminal.overwrite(`\r\u001b[K${barLine(share, progressLine(share, eventCount, elapsedMs), terminal)}`);
      }
    },
    end() {
      if (form === 'bar' && drawnMs > Number.NEGATIVE_INFINITY) terminal.overwrite('\r\u001b[K');
    },
  };
}

/** The bar and its words in one line of the terminal: a line that wraps could not be drawn over. */
function barLine(share: number, words: string, { errColumnCount }: Terminal): string {
  const width = Math.min(barWidth, errColumnCount - words.length - 4);
  if (width < leastBarWidth) return ` ${words}`.slice(0, errColumnCount - 1);
  const filled = Math.round(share * width);
  return ` ${'#'.repeat(filled)}${'-'.repeat(width - filled)}  ${words}`;
}

/** `82 %  14.1 M events  3.9 M events/s  ETA 2 s`. */
export function progressLine(share: number, eventCount: number, elapsedMs: number): string {
  const parts = [`${Math.floor(share * 100 + 1e-9)} %`];
  if (eventCount > 0) {
    parts.push(`${shortCount(eventCount)} events`);
    if (elapsedMs > 0) parts.push(`${shortCount((eventCount / elapsedMs) * 1000)} events/s`);
  }
  if (share > 0 && share < 1 && elapsedMs > 500) parts.push(`ETA ${spanOf((elapsedMs / share) * (1 - share))}`);
  return parts.join('  ');
}

/** `2 s`, `3 min 20 s`, `1 h 5 min`. */
export function spanOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const [large, small] = hours === 0 ? [`${minutes} min`, `${seconds % 60} s`] : [`${hours} h`, `${minutes % 60} min`];
  return small.startsWith('0 ') ? large : `${large} ${small}`;
}

function shortCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)} M`;
  if (count >= 1e3) return `${(count / 1e3).toFixed(1)} k`;
  return String(Math.round(count));
}

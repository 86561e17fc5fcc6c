/** What stderr shows while a simulation runs, against a clock of the test's own. */
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { progressForm, progressLine, spanOf, startProgress } from '../../src/cli/progress.js';
import type { Terminal } from '../../src/cli/terminal.js';

function listener(
  isErrInteractive: boolean,
  isQuiet = false,
  errColumnCount = 100,
): { readonly terminal: Terminal; readonly lines: string[] } {
  const lines: string[] = [];
  const colors = pc.createColors(false);
  const push = (text: string): void => void lines.push(text);
  const terminal: Terminal = {
    out: push,
    note: push,
    complain: push,
    detail: push,
    overwrite: push,
    outColors: colors,
    errColors: colors,
    columnCount: 100,
    isErrInteractive,
    isScreen: isErrInteractive,
    errColumnCount,
    isQuiet,
    isVerbose: false,
  };
  return { terminal, lines };
}

test('a pipeline sees nothing unless it asks, a terminal sees a bar, and quiet silences all', () => {
  expect(progressForm(undefined, listener(false).terminal)).toBe('none');
  expect(progressForm('auto', listener(true).terminal)).toBe('bar');
  expect(progressForm('plain', listener(false).terminal)).toBe('plain');
  expect(progressForm('bar', listener(true, true).terminal)).toBe('none');
});

test('plain prints one line each tenth, however often it is told', () => {
  const { terminal, lines } = listener(false);
  let nowMs = 0;
  const progress = startProgress('plain', terminal, () => nowMs);
  for (let i = 1; i <= 100; i++) {
    nowMs += 100;
    progress.advance(i / 100, i * 1000);
  }
  progress.end();
  expect(lines).toHaveLength(10);
  expect(lines[4]).toBe('50 %  50.0 k events  10.0 k events/s  ETA 5 s');
  expect(lines[9]).toBe('100 %  100.0 k events  10.0 k events/s');
});

test('the bar is wiped at the end', () => {
  const { terminal, lines } = listener(true);
  const progress = startProgress('bar', terminal, () => 0);
  progress.advance(0.5, 0);
  progress.end();
  expect(lines[0]).toContain('###############---------------');
  expect(lines.at(-1)).toBe('\r\u001b[K');
});

test('spans read as a person says them', () => {
  expect([900, 59_000, 200_000, 3_900_000].map(spanOf)).toEqual(['1 s', '59 s', '3 min 20 s', '1 h 5 min']);
  expect([60_000, 7_200_000].map(spanOf)).toEqual(['1 min', '2 h']);
  expect(progressLine(0, 0, 0)).toBe('0 %');
});

test('the bar never wraps: on a narrow terminal it is shorter, on a very narrow one only words are left', () => {
  for (const columns of [100, 60, 40, 20]) {
    const { terminal, lines } = listener(true, false, columns);
    let nowMs = 0;
    const progress = startProgress('bar', terminal, () => nowMs);
    nowMs = 62_000;
    progress.advance(0.25, 123_456_789);
    const shown = (lines[0] ?? '').replace('\r\u001b[K', '');
    expect(shown.length, `${columns} columns`).toBeLessThan(columns);
    expect(shown).toContain('25 %');
    expect(shown.includes('#'), `${columns} columns`).toBe(columns >= 80);
  }
});

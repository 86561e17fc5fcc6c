/**
 * Light and dark: the same two themes as the report's, put into the style sheet's variables. Its own file because
 * canvases and style sheet must agree, and both ask here.
 */
import { type Colours, themes } from '../report/drawing/colours.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners: (() => void)[] = [];

export function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? dark.matches : chosen === 'dark';
}

export function colours(): Colours {
  return isDark() ? themes.dark : themes.light;
}

/** Calls back after every change of theme. */
export function onTheme(listener: () => void): void {
  listeners.push(listener);
}

export function switchTheme(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'light' : 'dark';
  apply();
}

export function startTheme(): void {
  dark.addEventListener('change', apply);
  apply();
}

function apply(): void {
  const { ground, ink, muted, grid, warmUp, error, load, wanted, strokes } = colours();
  const { style } = document.documentElement;
  const named = { ground, ink, muted, grid, soft: warmUp, error, load, wanted };
  for (const [name, value] of Object.entries(named)) style.setProperty(`--${name}`, value);
  strokes.forEach((stroke, place) => {
    style.setProperty(`--platform-${place}`, stroke);
  });
  style.setProperty('color-scheme', isDark() ? 'dark' : 'light');
  for (const listener of listeners) listener();
}

/**
 * The palette and the arithmetic on colours: mixing, contrast, and the looks of light and dark.
 *
 * Its own file because colours are the one thing that every drawer must agree on: page, pictures, terminal.
 * Source of the palette: Okabe and Ito, Color Universal Design (2002); of the contrast: WCAG 2.2, relative luminance.
 */
import type { Look } from './contract.js';

/** By place of the platform. A ninth starts again, with another dash and marker. */
export const platformColours = [
  '#0072B2',
  '#E69F00',
  '#009E73',
  '#D55E00',
  '#56B4E9',
  '#CC79A7',
  '#F0E442',
  '#999999',
] as const;

export const platformDashes: readonly (readonly number[])[] = [
  [],
  [8, 3],
  [2, 2],
  [8, 3, 2, 3],
  [14, 4],
  [5, 2],
  [10, 3, 2, 3, 2, 3],
  [1, 3],
];

/** Names of chart.js' point styles. */
export const platformMarkers = [
  'circle',
  'rect',
  'triangle',
  'rectRot',
  'crossRot',
  'star',
  'rectRounded',
  'cross',
] as const;

/**
 * A colour between two.
 *
 * Closed, because the page's script carries its source.
 *
 * @param from, to `#rrggbb`
 * @param share of `to`, in [0, 1]
 */
export function mixed(from: string, to: string, share: number): string {
  const channel = (position: number): string => {
    const a = Number.parseInt(from.slice(position, position + 2), 16);
    const b = Number.parseInt(to.slice(position, position + 2), 16);
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

/**
 * Black or white, whichever is better read on `ground` (`#rrggbb`). Closed, because the page's script carries its
 * source.
 */
export function readable(ground: string): string {
  const channel = (position: number): number =>
    (Number.parseInt(ground.slice(position, position + 2), 16) / 255) ** 2.2;
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.18 ? '#000000' : '#ffffff';
}

/** Contrast of two colours, from 1 (the same) to 21 (black on white). Source: WCAG 2.2, contrast ratio. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((position) => {
    const value = Number.parseInt(colour.slice(position, position + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * `colour`, moved towards `ink` in steps of 2 % until it stands out from `ground` by `ratio`; `ink` where nothing
 * less does.
 */
export function standingOut(colour: string, ground: string, ink: string, ratio: number): string {
  for (let step = 0; step <= 50; step++) {
    const candidate = mixed(colour, ink, step / 50);
    if (contrast(candidate, ground) >= ratio) return candidate;
  }
  return ink;
}

/** The colours of a look; type and room are the drawer's own. */
export type Colours = Omit<Look, 'fontFamily' | 'fontPx' | 'isNarrow' | 'isInteractive'>;

/**
 * The two themes. On light ground surfaces keep the palette, lines and dots are darkened to 3:1 (WCAG 1.4.11) where the
 * palette is too pale; on dark ground both are lightened to 4.5:1.
 */
export const themes: { readonly light: Colours; readonly dark: Colours } = {
  light: theme({ ground: '#ffffff', ink: '#1b1f24', muted: '#57606a', grid: '#e3e6ea', load: '#d5dae0' }),
  dark: theme({ ground: '#14181d', ink: '#e8ebee', muted: '#a3adb8', grid: '#2c333b', load: '#3a434d' }),
};

function theme(base: Pick<Look, 'ground' | 'ink' | 'muted' | 'grid' | 'load'>): Colours {
  const isDark = contrast(base.ground, '#000000') < 5;
  const strokes = platformColours.map((colour) =>
    standingOut(colour, base.ground, isDark ? '#ffffff' : '#000000', isDark ? 4.5 : 3),
  );
  return {
    ...base,
    error: isDark ? '#ff7b72' : '#c62828',
    wanted: isDark ? '#16301f' : '#e6f4ea',
    warmUp: isDark ? '#1d232a' : '#f2f4f6',
    strokes,
    fills: isDark ? strokes : platformColours,
    dashes: platformDashes,
    markers: platformMarkers,
  };
}

/**
 * What a plot can bear: names at the ends of lines while they are few, and no more lines than there are colours.
 *
 * Its own file because every chart with one line a platform keeps the same measure.
 */
import type { Panel } from './contract.js';

/** With more lines than this their names crowd each other, and the legend speaks alone. */
export const mostLabelled = 6;
/** As many as the palette has. */
const mostTogether = 8;

/** One panel for up to eight; more are parted into small multiples on the same axes, each with its names above. */
export function inPanels<T extends { readonly title: string }>(
  lines: readonly T[],
  panelOf: (lines: readonly T[]) => Panel,
): Panel[] {
  if (lines.length <= mostTogether) return lines.length === 0 ? [] : [panelOf(lines)];
  const panels: Panel[] = [];
  for (let from = 0; from < lines.length; from += mostTogether) {
    const group = lines.slice(from, from + mostTogether);
    const title = `${group[0]?.title ?? ''} to ${group[group.length - 1]?.title ?? ''}`;
    panels.push({ ...panelOf(group), title, heightPx: 320 });
  }
  return panels;
}

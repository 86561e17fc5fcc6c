/**
 * Which colour, dash and marker a platform has: by its place among the scenario's platforms, so that it keeps them on
 * every chart, in the playground, and when it is compared alone. Its own file because charts and page must agree.
 */
import type { PlatformResult } from '../experiment/contract.js';

/** Place in the palette of the platform at `index`; its place in the list where the scenario's places don't tell. */
export function colourPlace(platforms: readonly Pick<PlatformResult, 'colourIndex'>[], index: number): number {
  const places = platforms.map(({ colourIndex }, place) => colourIndex ?? place);
  return (new Set(places).size === places.length ? places[index] : index) ?? index;
}

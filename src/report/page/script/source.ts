/** The page's script as text: the drawing kit, the script's own functions, and the call that starts them. */
import { kitSource, tableSource } from '../../drawing/kit.js';
import type { Script } from './contract.js';
import { dragOnPanel, sharesAt } from './dragging.js';
import { drawAll, drawChart, drawPanel, isDark, lookNow, start, switchTheme } from './drawing.js';
import { listen, listenToButtons, listenToPanel } from './listening.js';
import { goToLog, placeMarks } from './marks.js';
import { pinchOnPanel } from './pinching.js';
import { keyOnPanel, moveCursor, readout, stepPoint, stepTime } from './reading.js';
import { buildTable, csvOf, save, savePng, saveSvg, wrapped } from './saving.js';
import {
  escaped,
  svgBox,
  svgOf,
  svgPaints,
  svgPaths,
  svgPen,
  svgPoint,
  svgState,
  svgSurface,
  svgWords,
} from './svgPen.js';
import {
  command,
  pan,
  panesOf,
  reachOf,
  say,
  setView,
  shareOf,
  shownPanel,
  toggle,
  valueAt,
  viewShares,
  zoom,
  zoomsY,
} from './viewing.js';

const script: Script = {
  start,
  listen,
  listenToPanel,
  listenToButtons,
  isDark,
  lookNow,
  drawAll,
  drawPanel,
  drawChart,
  switchTheme,
  shownPanel,
  panesOf,
  reachOf,
  toggle,
  zoomsY,
  shareOf,
  valueAt,
  viewShares,
  setView,
  zoom,
  pan,
  command,
  say,
  dragOnPanel,
  pinchOnPanel,
  sharesAt,
  placeMarks,
  goToLog,
  moveCursor,
  readout,
  keyOnPanel,
  stepTime,
  stepPoint,
  buildTable,
  csvOf,
  wrapped,
  savePng,
  saveSvg,
  svgOf,
  svgSurface,
  svgPen,
  svgState,
  svgPoint,
  svgPaths,
  svgBox,
  svgPaints,
  svgWords,
  escaped,
  save,
};

/** Some tools mark functions with a call of `__name` when they compile; in the page it marks nothing. */
const marker = 'const __name = (marked) => marked;';

export function pageScript(): string {
  return `(() => {
'use strict';
${marker}
const kit = ${kitSource()};
const script = ${tableSource(Object.entries(script))};
script.start(window, kit, script);
})();`;
}

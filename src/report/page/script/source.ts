/** The page's script as text: the drawing kit, the script's own functions, and the call that starts them. */
import { kitSource, tableSource } from '../../drawing/kit.js';
import type { Script } from './contract.js';
import { drawAll, isDark, listen, lookNow, start, switchTheme } from './drawing.js';
import { keyOnPanel, moveCursor, readout, stepPoint } from './reading.js';
import { buildTable, csvOf, save, savePng } from './saving.js';

const script: Script = {
  start,
  listen,
  isDark,
  lookNow,
  drawAll,
  switchTheme,
  moveCursor,
  readout,
  keyOnPanel,
  stepPoint,
  buildTable,
  csvOf,
  savePng,
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

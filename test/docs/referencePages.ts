/** Every page of docs/reference by its path: what `npm run reference` writes and a test compares. */
import { presetNames } from '../../src/model/presetParameters.js';
import { findPreset } from '../../src/platforms/registry.js';
import { scenarioKeysPage } from './keysPage.js';
import { page, table } from './markdown.js';
import { peersPage } from './peersPage.js';
import { platformPage } from './platformPage.js';
import { commandsPage, exitCodesPage, metricsPage, pricesPage } from './tablePages.js';

export const referenceFolder = 'docs/reference';

/** Path below `docs/reference` -> how its text is made. */
export const referencePages: ReadonlyMap<string, () => string> = new Map([
  ['README.md', overviewPage],
  ['commands.md', commandsPage],
  ['scenario-keys.md', scenarioKeysPage],
  ['metrics.md', metricsPage],
  ['prices.md', pricesPage],
  ['exit-codes.md', exitCodesPage],
  ['peers.md', peersPage],
  ...presetNames.map((name) => [`platforms/${name}.md`, () => platformPage(name)] as const),
]);

function overviewPage(): string {
  const rows = presetNames.map((name) => {
    const { title, claimedLevel, yours, theirs } = findPreset(name)!;
    return [
      `[\`${name}\`](platforms/${name}.md)`,
      title,
      claimedLevel === null ? '' : String(claimedLevel),
      `${yours.length} of ${yours.length + theirs.length}`,
    ];
  });
  return page('Reference', [
    `[Commands](commands.md) · [keys of a scenario](scenario-keys.md) · [metrics](metrics.md) · [prices](prices.md)
· [exit codes](exit-codes.md) · [our error beside the peers’](peers.md)`,
    '## Platforms',
    table(['preset', 'what it is', 'level claimed', 'left to you to decide'], rows),
  ]);
}

/** What a sweep gathers: every cell in its tables, and of a large design as many as can be shown, evenly spread. */
import { expect, test } from 'vitest';
import { SweepGathering } from '../../src/cli/sweepGathering.js';
import type { Cell } from '../../src/experiment/cells.js';
import { openSpool, piecesOf } from '../../src/host/spool.js';
import type { Study } from '../../src/host/studyFile.js';

const study: Study = {
  madeBy: 'windtunnel',
  version: '0',
  scenario: 'shop "@"',
  seed: '1',
  scenarioDigest: '',
  design: {
    kind: 'grid',
    varied: [{ path: 'load', values: ['1', '2'], range: null }],
    sampleCount: 0,
    seed: '1',
  },
  platforms: null,
  replications: null,
};

function cell(value: number): Cell {
  const settings = [{ path: 'load', value: String(value) }];
  return { settings, replications: 1, refusals: ['no'], platforms: [], eventCount: 0, complete: true };
}

async function documentOf(count: number, table: 'json' | 'json-line'): Promise<string> {
  const spool = openSpool(null);
  const gathering = await SweepGathering.open(study, new Set([table]), spool);
  for (let value = 0; value < count; value++) gathering.take(cell(value));
  const text = [...piecesOf(gathering.finish().tables(true).get(table)!)].join('');
  spool.remove();
  return text;
}

test.each([0, 1, 3])(
  'the document of %i cells, written cell by cell, is JSON as JSON.stringify indents it',
  async (n) => {
    const text = await documentOf(n, 'json');
    const document = JSON.parse(text) as { scenario: string; sweep: { cells: { settings: object }[] } };
    expect(text).toBe(`${JSON.stringify(document, null, 2)}\n`);
    expect(await documentOf(n, 'json-line')).toBe(JSON.stringify(document));
    expect(document.scenario).toBe('shop "@"');
    expect(document.sweep.cells.map(({ settings }) => settings)).toEqual(
      Array.from({ length: n }, (_, load) => ({ load })),
    );
  },
);

test('of ten thousand cells all are counted, and at most four thousand shown, at equal distances', async () => {
  const spool = openSpool(null);
  const gathering = await SweepGathering.open(study, new Set(), spool);
  for (let value = 0; value < 10_000; value++) gathering.take(cell(value));
  const { cellCount, refusedCount, cells } = gathering.finish();
  expect([cellCount, refusedCount]).toEqual([10_000, 10_000]);
  expect(cells.length).toBe(2500);
  const shown = cells.map(({ settings }) => Number(settings[0]!.value));
  expect(shown).toEqual(shown.map((_, place) => 4 * place));
  spool.remove();
});

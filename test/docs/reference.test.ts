/** docs/reference says what the code's tables say, page by page; `npm run reference` writes it anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referenceFolder, referencePages } from './referencePages.js';

test.each([...referencePages])('%s is as `npm run reference` writes it', (path, textOf) => {
  expect(readFileSync(join(referenceFolder, path), 'utf8')).toBe(textOf());
});

test('there is no page that nothing writes', () => {
  const pages = readdirSync(referenceFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md'),
  );
  expect(pages.map((path) => path.replaceAll('\\', '/')).sort()).toEqual([...referencePages.keys()].sort());
});

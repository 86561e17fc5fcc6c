/** `npm run reference`: writes docs/reference anew from the code's tables. Look at the difference before you commit. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { referenceFolder, referencePages } from './referencePages.js';

rmSync(referenceFolder, { recursive: true, force: true });
for (const [path, textOf] of referencePages) {
  const file = join(referenceFolder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, textOf());
}
console.log(`${referencePages.size} pages in ${referenceFolder}`);

/**
 * `npm run reports [-- WORD...]`: writes the golden reports and the example of README anew, with words those of files
 * with one in their path (`example`: that alone).
 * Look at the difference before you commit it.
 *
 * The manifest is kept, because it makes the folder ours, but without its wall-clock facts: no two runs share them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleNow, examplePage, goldenScenarios, writeReport } from './goldenScenarios.js';

let failures = 0;
const words = process.argv.slice(2);
const wanted = goldenScenarios().filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)));
for (const scenario of wanted) {
  const failure = writeReport(scenario, scenario.reportFolder);
  console.log(failure ?? `${scenario.file} -> ${scenario.reportFolder}`);
  if (failure !== null) {
    failures++;
    continue;
  }
  const file = join(scenario.reportFolder, 'manifest.json');
  const { made: _, ...lasting } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify(lasting, null, 2)}\n`);
}
if (words.length === 0 || words.includes('example')) {
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-example-'));
  writeFileSync(examplePage.page, exampleNow(folder));
  rmSync(folder, { recursive: true, force: true });
  console.log(`${examplePage.file} -> ${examplePage.page}`);
}
process.exitCode = failures === 0 ? 0 : 1;

/**
 * Finds chart.js for the page: the text of its UMD build, which the package ships but does not export.
 *
 * Its own file because it is the one place that looks into a package's folder. Checked by reading it and looking for
 * the name that the page calls.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The text of `chart.umd.min.js`, found beside the module that `chart.js` resolves to.
 *
 * @throws the file system's error when the package is not installed or has another shape
 */
export function chartBundle(): string {
  const beside = new URL('chart.umd.min.js', import.meta.resolve('chart.js'));
  // The map it names is not part of the page, and a browser's tools would ask for it.
  return readFileSync(fileURLToPath(beside), 'utf8').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
}

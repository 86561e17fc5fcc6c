/**
 * Files that the scenario names (traces, logs, measured columns, what it extends): a page has no folder to find them
 * in, so they are handed over, and stay in the page. Its own file because it is seen only where it is needed.
 */
import type { Issue } from '../units/issue.js';
import { byId } from './elements.js';

export class FilePicker {
  private readonly input = byId('files', 'input');
  private texts: Readonly<Record<string, string>> = {};

  /** @param onGiven hears that there are other files than before */
  constructor(onGiven: () => void) {
    this.input.addEventListener('change', () => void this.take(onGiven));
  }

  given(): Readonly<Record<string, string>> {
    return this.texts;
  }

  /** Shown while a file is missing, and as long as there are any. */
  show(issues: readonly Issue[]): void {
    const isNeeded = issues.some(({ code }) => code === 'file') || Object.keys(this.texts).length > 0;
    byId('files-box', 'div').hidden = !isNeeded;
  }

  private async take(onGiven: () => void): Promise<void> {
    const chosen = [...(this.input.files ?? [])];
    const read = await Promise.all(chosen.map(async (file) => [file.name, await file.text()] as const));
    this.texts = { ...this.texts, ...Object.fromEntries(read) };
    byId('file-names', 'output').textContent = Object.keys(this.texts).join(', ');
    onGiven();
  }
}

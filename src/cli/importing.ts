/**
 * The work of `import`: reads what is named, has a draft made of it, and checks that the draft is a scenario that would
 * run. Its own file because the paths are the user's own, not a scenario's: no folder bounds them. Checked by
 * test/cli/import.test.ts.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compileScenario } from '../experiment/prepare.js';
import { replaceFile } from '../host/replaceFile.js';
import type { DraftSource, SourceFile } from '../scenario/drafts/contract.js';
import { draftSources } from '../scenario/drafts/registry.js';
import { writeDraft } from '../scenario/drafts/writeDraft.js';
import { parseScenario } from '../scenario/parse.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { issueText } from './issuePrinting.js';
import { refuse } from './refusal.js';
import type { Terminal } from './terminal.js';

/** Larger files than this are refused: their text alone would fill the memory. */
const largestBytes = 256 * 2 ** 20;

/** Exit 0 with the draft on stdout or in --out; 2 where the source is not what it should be; 5 for the disk. */
export function importScenario(call: Call, terminal: Terminal): ExitCode {
  const [kind = '', path = ''] = call.operands;
  const source = draftSources.find((one) => one.kind === kind);
  if (!source) {
    const known = draftSources.map((one) => `${one.kind} (${one.summary})`).join(', ');
    return refuse(terminal, [`nothing can be drafted from "${kind}"; known: ${known}`]);
  }
  const out = call.flags.text('out');
  if (out !== undefined && existsSync(out) && !call.flags.isOn('force'))
    return refuse(terminal, [`${out} is there already; name another file, or replace it with --force`]);
  const files = filesOf(path, source);
  if (typeof files === 'string') return refuse(terminal, [files]);
  const drafted = source.read(files);
  if (!drafted.ok) return refuse(terminal, [`${path}: ${drafted.fault}`]);
  const text = writeDraft(drafted.draft, path);
  for (const sentence of drafted.draft.unknown) terminal.note(`not known: ${sentence}`);
  tellFaults(text, path, terminal);
  if (out === undefined) {
    terminal.out(text);
    return exitCodes.ok;
  }
  const refusal = replaceFile(out, text);
  if (refusal === null) return exitCodes.ok;
  terminal.complain(`windtunnel: ${refusal}`);
  return exitCodes.io;
}

/** The file, or those of a folder whose names end as the source says; a sentence where there is none. */
function filesOf(path: string, { endings }: DraftSource): readonly SourceFile[] | string {
  try {
    const names = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => endings.some((ending) => name.endsWith(ending)))
          .sort()
          .map((name) => join(path, name))
      : [path];
    if (names.length === 0) return `${path} holds no file that ends in ${endings.join(', ')}`;
    const large = names.find((name) => statSync(name).size > largestBytes);
    if (large !== undefined) return `${large} is larger than ${largestBytes / 2 ** 20} MB`;
    return names.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
  } catch (error) {
    return `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/** What of the draft is to be mended by hand before it runs: a manifest may ask for what the simulator refuses. */
function tellFaults(text: string, path: string, terminal: Terminal): void {
  // A log's trace is a file that is read when the scenario is; here only its form is looked at.
  if (text.includes('trace:')) return;
  const parsed = parseScenario(text, `the draft of ${path}`);
  const checked = parsed.ok ? compileScenario(parsed.value) : parsed;
  if (!checked.ok) terminal.note(issueText(checked.issues, terminal.errColors));
}

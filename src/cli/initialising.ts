/**
 * The work of `init`: a scenario out of a template, and the schema beside it that lets editors complete and check it.
 * Its own file because it is the one command that writes where a user works; it replaces nothing without --force.
 * Checked by test/cli/init.test.ts.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { replaceFile } from '../host/replaceFile.js';
import { scenarioJsonSchema } from '../scenario/jsonSchema.js';
import { nearest } from '../scenario/nearest.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { refuse } from './refusal.js';
import { quoted } from './simulationRequest.js';
import type { Terminal } from './terminal.js';

interface Template {
  readonly name: string;
  readonly text: string;
  /** Its name inside, and what its second line says. */
  readonly title: string;
  readonly says: string;
}

/** What is taken when nobody chooses. */
const usual = 'start';
const schemaName = 'windtunnel.schema.json';

/** Exit 0; 2 for an unknown template or a file that is there already; 5 where the disk refuses. */
export async function initialise(call: Call, terminal: Terminal): Promise<ExitCode> {
  const templates = readTemplates();
  if (call.flags.isOn('list')) {
    const widest = Math.max(...templates.map(({ name }) => name.length));
    for (const { name, title, says } of templates) terminal.out(`${name.padEnd(widest)}  ${title}. ${says}\n`);
    return exitCodes.ok;
  }
  const folder = call.operands[0] ?? '.';
  const wanted = call.flags.text('template') ?? (await askFor(templates, call, terminal));
  const template = templates.find(({ name }) => name === wanted);
  if (!template) return refuse(terminal, [unknownTemplate(wanted, templates)]);
  const scenarioFile = join(folder, scenarioName(folder));
  if (existsSync(scenarioFile) && !call.flags.isOn('force'))
    return refuse(terminal, [`${scenarioFile} is there already; name another folder, or replace it with --force`]);
  return write(folder, scenarioFile, template, terminal);
}

/** The folder's own name: two folders then report to two places, `reports/shop/` and `reports/desk/`. */
function scenarioName(folder: string): string {
  return `${basename(resolve(folder)) || 'scenario'}.yaml`;
}

function write(folder: string, scenarioFile: string, { text }: Template, terminal: Terminal): ExitCode {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    terminal.complain(`windtunnel: cannot make the folder ${folder} (${(error as NodeJS.ErrnoException).code})`);
    return exitCodes.io;
  }
  const files = [
    [scenarioFile, text.replaceAll('scenario.yaml', basename(scenarioFile))],
    [join(folder, schemaName), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`],
  ] as const;
  for (const [path, content] of files) {
    const refusal = replaceFile(path, content);
    if (refusal !== null) {
      terminal.complain(`windtunnel: ${refusal}`);
      return exitCodes.io;
    }
  }
  terminal.note(`wrote ${scenarioFile} and ${schemaName}; next:`);
  terminal.out(`windtunnel compare ${quoted(scenarioFile)}\n`);
  return exitCodes.ok;
}

/** Asks on a terminal, unless told to take what is usual. */
async function askFor(templates: readonly Template[], call: Call, terminal: Terminal): Promise<string> {
  if (call.flags.isOn('yes') || !process.stdin.isTTY || !terminal.isErrInteractive) return usual;
  for (const [index, { name, title }] of templates.entries()) terminal.note(` ${index + 1}  ${name}: ${title}`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const said = (await lines.question(`Which one? [${usual}] `)).trim();
    return templates[Number(said) - 1]?.name ?? (said === '' ? usual : said);
  } finally {
    lines.close();
  }
}

function unknownTemplate(wanted: string, templates: readonly Template[]): string {
  const names = templates.map(({ name }) => name);
  const near = nearest(wanted, names);
  return `there is no template "${wanted}"${near ? `; did you mean "${near}"?` : ''}; there are ${names.join(', ')}`;
}

/** The templates shipped with the package, the usual one first. */
function readTemplates(): readonly Template[] {
  const folder = fileURLToPath(new URL('../templates/', import.meta.url));
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort((a, b) => Number(b === usual) - Number(a === usual) || (a < b ? -1 : 1));
  return names.map((name) => {
    const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
    return {
      name,
      text,
      title: /^name: (.*)$/m.exec(text)?.[1] ?? name,
      says: /^# (?!yaml-language-server)(.*)$/m.exec(text)?.[1] ?? '',
    };
  });
}

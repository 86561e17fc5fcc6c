/**
 * The files of src/ as the house tests read them: as text, and as bare code with comments, strings and template text
 * blanked out (line breaks kept), so that a rule about code never trips over a sentence.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** From the project's root, with forward slashes: `src/cli/main.ts`. */
  readonly path: string;
  readonly room: string;
  readonly text: string;
}

/** Every TypeScript file below `folder`, in order of path. */
export function sourcesBelow(folder: string): readonly SourceFile[] {
  return readdirSync(resolve(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const path = relative(resolve('.'), join(entry.parentPath, entry.name)).replaceAll(sep, '/');
      return { path, room: path.split('/')[1] ?? '', text: readFileSync(path, 'utf8') };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const bareByText = new Map<string, string>();

/** The text with everything that isn't code replaced by blanks, so that positions stay. */
export function bareCode(text: string): string {
  const known = bareByText.get(text);
  if (known !== undefined) return known;
  const out = text.split('');
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ';
  };
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.RegularExpressionLiteral || ts.isTemplateHead(node))
      blank(node.getStart(), node.getEnd());
    if (ts.isTemplateMiddleOrTemplateTail(node)) blank(node.getStart(), node.getEnd());
    if (node.getChildCount() === 0)
      for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) blank(range.pos, range.end);
    for (const child of node.getChildren()) visit(child);
    if (node.getChildCount() === 0)
      for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) blank(range.pos, range.end);
  };
  visit(file);
  const bare = out.join('');
  bareByText.set(text, bare);
  return bare;
}

/** `path:line: what` for each place in a file where the pattern matches the bare code. */
export function placesOf(pattern: RegExp, { path, text }: SourceFile, what: (found: string) => string): string[] {
  const code = bareCode(text);
  return [...code.matchAll(new RegExp(pattern, 'g'))].map(
    (match) => `${path}:${code.slice(0, match.index).split('\n').length}: ${what(match[0])}`,
  );
}

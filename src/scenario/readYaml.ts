/**
 * Text to tree: YAML with the place of every key and value, and nothing resolved behind the user's back.
 *
 * Its own file because it is the one that knows YAML's syntax. The failsafe schema leaves every scalar text, so no
 * country turns into false and no time of day into seconds. Hostile input is stopped before it costs: depth is
 * measured on tokens before anything recurses, and what aliases unfold to is counted while it unfolds.
 */
import {
  Composer,
  type Document,
  isAlias,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import type { Issue, Position } from '../units/issue.js';
import { type Path, printPath } from './positions.js';
import { checkEncoding, checkNesting, deepestAllowed, syntaxIssue, tooDeep } from './sourceChecks.js';
import type { MapEntry, Tree } from './tree.js';

/** Nodes that aliases may unfold to, all together. */
const largestUnfolding = 100_000;

/** What a text holds. `tree` is null when it cannot be read on; with duplicate keys the first of each is kept. */
export interface YamlReading {
  readonly tree: Tree | null;
  readonly issues: readonly Issue[];
}

/** The tree of the one YAML document in `text`. Positions count from 1; a byte order mark and CRLF are no matter. */
export function readYaml(text: string, file: string): YamlReading {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const unread = checkEncoding(source, file);
  if (unread) return { tree: null, issues: [unread] };
  const tokens = [...new Lexer().lex(source)];
  const deep = checkNesting(source, tokens, file);
  if (deep) return { tree: null, issues: [deep] };
  const lines = new LineCounter();
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = firstDocument(tokens, lines, source.length);
  if (document.errors.length > 0)
    return { tree: null, issues: document.errors.map((error) => errorIssue(error, place(error.pos[0]))) };
  const contents = document.contents as Node | null;
  const targets = tokens.some(isAliasToken) ? aliasTargets(contents) : new Map<Node, undefined>();
  const reader: Reader = { source, place, targets, open: new Set(), unfolded: 0, issues: [] };
  for (const { pos } of document.warnings)
    reader.issues.push(syntaxIssue(place(pos[0]), 'a tag (!...) means nothing here', 'leave it out'));
  try {
    return { tree: read(reader, contents, [], false, place(0)), issues: reader.issues };
  } catch (stop) {
    if (!(stop instanceof Unreadable)) throw stop;
    return { tree: null, issues: [...reader.issues, stop.issue] };
  }
}

/** As the package's `parseDocument`, from tokens: a scenario is taken apart once. */
function firstDocument(tokens: readonly string[], lines: LineCounter, length: number): Document {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  function* parsed(): ReturnType<Parser['parse']> {
    lines.addNewLine(0);
    for (const token of tokens) yield* parser.next(token);
    yield* parser.end();
  }
  const [first, second] = composer.compose(parsed(), true, length);
  if (!first) throw new Error('a text that was composed to the end has a document');
  if (second)
    first.errors.push(new YAMLParseError([second.range[0], second.range[1]], 'MULTIPLE_DOCS', 'two documents'));
  return first;
}

interface Reader {
  readonly source: string;
  readonly place: (offset: number) => Position;
  readonly targets: ReadonlyMap<Node, Node | undefined>;
  /** Nodes being read now: one that is met again contains itself. */
  readonly open: Set<Node>;
  unfolded: number;
  readonly issues: Issue[];
}

/** Thrown and caught in this file only: the rest of the document cannot be read. */
class Unreadable extends Error {
  readonly issue: Issue;
  constructor(issue: Issue) {
    super(issue.message);
    this.issue = issue;
  }
}

function read(reader: Reader, node: Node | null, path: Path, isUnfolding: boolean, fallback: Position): Tree {
  if (!node?.range) return { kind: 'empty', at: fallback, length: 1 };
  const at = reader.place(node.range[0]);
  if (path.length > deepestAllowed) throw new Unreadable(tooDeep(at));
  if (isUnfolding && ++reader.unfolded > largestUnfolding)
    throw new Unreadable(
      syntaxIssue(at, `aliases unfold to more than ${largestUnfolding} values: the alias expansion limit`),
    );
  if (isAlias(node)) {
    const target = reader.targets.get(node);
    if (!target) throw new Unreadable(syntaxIssue(at, `alias *${node.source} names no anchor before it`));
    if (reader.open.has(target))
      throw new Unreadable(
        syntaxIssue(at, `alias *${node.source} stands inside its own anchor: the node contains itself`),
      );
    return read(reader, target, path, true, at);
  }
  const length = firstLineLength(reader.source, node.range[0], node.range[1]);
  if (isScalar(node)) {
    if (isEmptyScalar(node)) return { kind: 'empty', at: node.range[0] === node.range[1] ? fallback : at, length };
    return { kind: 'text', text: String(node.value), at, length };
  }
  reader.open.add(node);
  let tree: Tree;
  if (isSeq(node)) {
    const items = node.items.map((item, index) => read(reader, item as Node, [...path, index], isUnfolding, at));
    tree = { kind: 'list', items, at, length };
  } else tree = { kind: 'map', entries: readEntries(reader, node as YAMLMap, path, isUnfolding, at), at, length };
  reader.open.delete(node);
  return tree;
}

function readEntries(reader: Reader, map: YAMLMap, path: Path, isUnfolding: boolean, mapAt: Position): MapEntry[] {
  const entries = new Map<string, MapEntry>();
  for (const pair of map.items) {
    const keyNode = isNode(pair.key) ? pair.key : null;
    const nameAt = keyNode?.range ? reader.place(keyNode.range[0]) : mapAt;
    const key = read(reader, keyNode, path, isUnfolding, nameAt);
    if (key.kind === 'list' || key.kind === 'map') {
      reader.issues.push(syntaxIssue(nameAt, 'a key must be text'));
      continue;
    }
    const name = key.kind === 'text' ? key.text : isScalar(keyNode) ? (keyNode.source ?? '') : '';
    const first = entries.get(name);
    if (first) {
      if (!isUnfolding) reader.issues.push(duplicateIssue(first, nameAt, key.length, [...path, name]));
      continue;
    }
    if (name === '<<' && isScalar(keyNode) && keyNode.type === Scalar.PLAIN) {
      reader.issues.push(syntaxIssue(nameAt, 'merge keys (<<) are not read', 'use `extends`, or write the keys out'));
      continue;
    }
    const value = read(reader, isNode(pair.value) ? pair.value : null, [...path, name], isUnfolding, nameAt);
    entries.set(name, { name, nameAt, nameLength: key.length, value });
  }
  return [...entries.values()];
}

function duplicateIssue(first: MapEntry, at: Position, length: number, path: Path): Issue {
  const where = `${first.nameAt.file}:${first.nameAt.line}:${first.nameAt.column}`;
  return {
    code: 'duplicate-key',
    severity: 'error',
    at,
    length,
    path: printPath(path),
    message: `${printPath(path)} is written twice, first at ${where}`,
    hint: 'keep one of them',
  };
}

function isAliasToken(token: string): boolean {
  return token.startsWith('*');
}

/** Each alias's node: the last anchor of that name before it, as YAML has it. */
function aliasTargets(contents: Node | null): Map<Node, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node | undefined>();
  if (contents)
    visit(contents, {
      Node: (_, node) => {
        if (isAlias(node)) targets.set(node, anchors.get(node.source));
        else if (node.anchor) anchors.set(node.anchor, node);
      },
    });
  return targets;
}

function isEmptyScalar(node: Scalar): boolean {
  return node.type === Scalar.PLAIN && /^(?:|~|null|Null|NULL)$/.test(node.source ?? '');
}

function firstLineLength(source: string, from: number, to: number): number {
  const text = source.slice(from, to);
  const end = text.search(/[\r\n]/);
  return Math.max(1, (end < 0 ? text : text.slice(0, end)).trimEnd().length);
}

/** The YAML package's complaint in this product's words; its own where they are plain enough. */
function errorIssue(error: YAMLError, at: Position): Issue {
  if (error.code === 'TAB_AS_INDENT')
    return syntaxIssue(at, 'a tab is used for indentation', 'YAML indents with spaces');
  if (error.code === 'MULTIPLE_DOCS') return syntaxIssue(at, 'a second document begins here', 'one scenario per file');
  const message = error.message.replace(/\s+/g, ' ').slice(0, 200);
  return syntaxIssue(at, message.slice(0, 1).toLowerCase() + message.slice(1));
}

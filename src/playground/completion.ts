/**
 * What may be written where the cursor is: the keys and words that the JSON Schema of a scenario allows there.
 *
 * Its own file because it is plain text in, plain words out: no editor, no document. The place is found by indentation
 * and brackets, for a text that is being written is seldom whole YAML. Checked by test/playground/completion.test.ts.
 */

export interface Completions {
  /** Where the word at the cursor begins. */
  readonly from: number;
  readonly options: readonly Completion[];
}

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  readonly detail: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** @param root the whole schema; `cursor` a position in `text` */
export function completionsAt(root: Schema, text: string, cursor: number): Completions | null {
  const lineStart = text.lastIndexOf('\n', cursor - 1) + 1;
  const before = text.slice(lineStart, cursor);
  if (/(^|\s)#/.test(before)) return null;
  const word = /[\w-]*$/.exec(before)?.[0] ?? '';
  const place = placeIn(
    text.slice(0, lineStart).split('\n').slice(0, -1),
    before.slice(0, before.length - word.length),
  );
  const schemas = place.path.reduce<Schema[]>((found, step) => found.flatMap((one) => inside(root, one, step)), [root]);
  const options = schemas.flatMap((schema) =>
    place.wants === 'value' ? valuesOf(root, schema) : keysOf(root, schema),
  );
  const unique = new Map(options.map((option) => [option.label, option]));
  return unique.size === 0 ? null : { from: cursor - word.length, options: [...unique.values()] };
}

interface Place {
  /** Keys from the root; `-` is an item of a list. */
  readonly path: readonly string[];
  readonly wants: 'key' | 'value';
}

/** @param above the lines before; `head` what stands on the cursor's line before the word at the cursor */
function placeIn(above: readonly string[], head: string): Place {
  const own = opened(head.replace(/^\s*/, ''));
  let indent = head.length - head.trimStart().length;
  const path: string[] = [];
  for (let line = above.length - 1; line >= 0 && indent > 0; line--) {
    const text = (above[line] ?? '').replace(/\s+#.*$/, '');
    const found = /^(\s*)((?:- +)*)("[^"]*"|[^\s:#{[][^:]*):(?:\s|$)/.exec(text);
    if (!found) continue;
    const [, blanks = '', dashes = '', key = ''] = found;
    // A key is above us when it stands further left; an item of a list when the list's own key does not.
    if (blanks.length + dashes.length < indent) {
      const isItem = above
        .slice(line + 1)
        .concat(head)
        .some((later) => isDashAt(later, blanks.length + dashes.length, indent));
      path.unshift(key.replaceAll('"', ''), ...(isItem ? ['-'] : []));
      indent = blanks.length + dashes.length;
    }
    if (dashes !== '' && blanks.length < indent) {
      indent = blanks.length + 1;
    }
  }
  return { path: [...path, ...own.path], wants: own.wants };
}

/** Whether the line begins an item of a list, indented at least `from` and less than `below`. */
function isDashAt(line: string, from: number, below: number): boolean {
  const dash = /^(\s*)- /.exec(line);
  return dash !== null && dash[1]!.length >= from && dash[1]!.length <= below;
}

/** What a line opens up to its end: keys, braces and brackets that are not closed. */
function opened(text: string): Place {
  const path: string[] = [];
  let wants: Place['wants'] = 'key';
  const stack: number[] = [];
  for (const [token] of text.matchAll(/"[^"]*"|- |[{}[\],]|[^\s{}[\],:"]+:(?=\s|$)|\S/g)) {
    if (token === '{' || token === '[') {
      stack.push(path.length);
      if (token === '[') path.push('-');
      wants = token === '[' ? 'value' : 'key';
    } else if (token === '}' || token === ']') {
      path.length = stack.pop() ?? 0;
      wants = 'value';
    } else if (token === ',') {
      const inner = stack.at(-1) ?? 0;
      const isList = path[inner] === '-';
      path.length = isList ? inner + 1 : inner;
      wants = isList ? 'value' : 'key';
    } else if (token.endsWith(':')) {
      path.push(token.slice(0, -1));
      wants = 'value';
    }
  }
  return { path, wants };
}

/** The schemas behind `$ref`, `anyOf`, `oneOf` and `allOf`. */
function alternatives(root: Schema, schema: unknown, depth = 0): Schema[] {
  if (typeof schema !== 'object' || schema === null || depth > 12) return [];
  const own = schema as Schema;
  const ref = own['$ref'];
  if (typeof ref === 'string') {
    const target = ref
      .split('/')
      .slice(1)
      .reduce<unknown>((at, step) => (at as Schema | undefined)?.[step], root);
    return alternatives(root, target, depth + 1);
  }
  const parts = [own['anyOf'], own['oneOf'], own['allOf']].flatMap((some) => (Array.isArray(some) ? some : []));
  return [own, ...parts.flatMap((part) => alternatives(root, part, depth + 1))];
}

function inside(root: Schema, schema: Schema, step: string): Schema[] {
  return alternatives(root, schema).flatMap((one) => {
    if (step === '-') return alternatives(root, one['items']);
    const named = (one['properties'] as Schema | undefined)?.[step];
    return alternatives(root, named ?? one['additionalProperties']);
  });
}

function keysOf(root: Schema, schema: Schema): Completion[] {
  return alternatives(root, schema).flatMap((one) =>
    Object.entries((one['properties'] as Schema | undefined) ?? {}).map(([label, value]) => ({
      label,
      kind: 'key' as const,
      detail: describe(root, value),
    })),
  );
}

function valuesOf(root: Schema, schema: Schema): Completion[] {
  return alternatives(root, schema).flatMap((one) => {
    const words = [...(Array.isArray(one['enum']) ? one['enum'] : []), ...('const' in one ? [one['const']] : [])];
    return words
      .filter((word) => typeof word === 'string' || typeof word === 'number' || typeof word === 'boolean')
      .map((word) => ({ label: String(word), kind: 'value' as const, detail: '' }));
  });
}

function describe(root: Schema, schema: unknown): string {
  return (
    alternatives(root, schema)
      .map((one) => one['description'])
      .find((words) => typeof words === 'string') ?? ''
  );
}

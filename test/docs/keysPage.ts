/** Every key of a scenario with the form of its value, out of the JSON Schema: what `validate` accepts stands here. */
import { scenarioJsonSchema } from '../../src/scenario/jsonSchema.js';
import { page, table } from './markdown.js';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

export function scenarioKeysPage(): string {
  const root = scenarioJsonSchema() as Schema;
  const names = Object.keys(root.properties ?? {});
  return page('Keys of a scenario', [
    '`*` is a name of your own, `[]` an item of a list; a key that is needed is marked so. ' +
      'Forms with a name of their own stand at the end.',
    ...names.map((name) => {
      const rows = keysBelow(root.properties![name]!, name, root.required?.includes(name) ?? false);
      return `## ${name}\n\n${table(['key', 'value'], rows)}`;
    }),
    '## Forms with a name',
    table(
      ['form', 'value'],
      Object.entries(root.$defs ?? {})
        .filter(([name]) => !name.startsWith('__'))
        .map(([name, schema]) => [name, formOf(schema, true)]),
    ),
  ]);
}

function keysBelow(schema: Schema, path: string, isNeeded: boolean): string[][] {
  const own = [`\`${path}\``, `${formOf(schema, false)}${isNeeded ? ' (needed)' : ''}`];
  return [own, ...deeper(schema, path)];
}

function deeper(schema: Schema, path: string): string[][] {
  const maps = [schema, ...(schema.anyOf ?? [])];
  const seen = new Set<string>();
  const rows: string[][] = [];
  for (const map of maps) {
    for (const [name, inner] of Object.entries(map.properties ?? {})) {
      if (seen.has(name)) continue;
      seen.add(name);
      rows.push(...keysBelow(inner, `${path}.${name}`, map.required?.includes(name) ?? false));
    }
    if (typeof map.additionalProperties === 'object') rows.push(...deeper(map.additionalProperties, `${path}.*`));
    if (map.items) rows.push(...deeper(map.items, `${path}[]`));
  }
  return rows;
}

/** The form of a value in words: `number, at least 1`, `one of none, prefer`, `duration or mapping`. */
function formOf(schema: Schema, isDefinition: boolean): string {
  const { $ref, description, anyOf, items } = schema;
  if ($ref !== undefined) return $ref.replace('#/$defs/', '').replace(/^__schema\d+$/, 'mapping');
  const says = description === undefined ? '' : isDefinition ? `: ${description}` : `, as \`${description}\``;
  if (schema.const !== undefined) return `\`${String(schema.const)}\`${says}`;
  if (schema.enum) return `one of ${schema.enum.map((word) => `\`${String(word)}\``).join(', ')}`;
  if (anyOf) return `${[...new Set(anyOf.map((each) => formOf(each, false)))].join(' or ')}${says}`;
  if (items) return `list of ${formOf(items, false)}${says}`;
  const { minimum, maximum, exclusiveMinimum } = schema;
  const range = [
    minimum === undefined ? '' : `, at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `, above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `, at most ${maximum}`,
  ].join('');
  return `${typeWord(schema)}${range}${says}`;
}

function typeWord({ type, properties, additionalProperties }: Schema): string {
  const words = { object: 'mapping', integer: 'whole number', string: 'text', array: 'list', boolean: 'true or false' };
  if (type === undefined) return properties || additionalProperties ? 'mapping' : 'anything';
  const types = typeof type === 'string' ? [type] : type;
  return types.map((each) => (words as Record<string, string>)[each] ?? each).join(' or ');
}

/**
 * The JSON Schema (2020-12) of `result.json`, which is byte for byte what `--format json` prints: of `run` and
 * `compare`, and of the searches, whose documents share the head.
 *
 * Its own file because it is published with the package. Metric names, units and meanings come from the catalogue, so
 * that the schema can't forget one. Checked by test/experiment/resultSchema.test.ts: every golden result validates,
 * changed ones don't, and the file in `schema/` is this.
 */
import { formatVersion } from './contract.js';
import { type MetricScope, metricCatalogue, metricEntry } from './metricCatalogue.js';
import type { Json, JsonObject } from './resultDocument.js';

export function resultJsonSchema(): JsonObject {
  const head = {
    formatVersion: { const: formatVersion, description: 'changes when a reader of this layout would break' },
    complete: { type: 'boolean', description: 'false: stopped by a limit or by the user; what is here is partial' },
    scenario: text('as the scenario names itself'),
    seed: text('the same seed gives the same document'),
  };
  const document = (title: string, properties: JsonObject, optional: readonly string[] = []): JsonObject => ({
    title,
    ...object({ ...head, ...properties }, optional),
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A result of windtunnel',
    description: 'What result.json holds and --format json prints.',
    anyOf: [
      document(
        'run and compare',
        {
          replications: ref('count'),
          confidence: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'of every interval' },
          digest: { type: 'string', pattern: '^[0-9a-f]{32}$', description: 'equal digests, equal numbers' },
          platforms: named(ref('platform')),
          warnings: list(ref('warning')),
          baseline: { type: 'object', description: 'what differs from the result that --baseline names' },
        },
        ['baseline'],
      ),
      document('sweep', { sweep: object({ cells: list(ref('cell')) }) }),
      document('plan', { plan: ref('plan') }),
      document('breakeven', { replications: ref('count'), breakeven: ref('breakeven') }),
      document('sensitivity', { replications: ref('count'), sensitivity: ref('sensitivity') }),
      document('compare of two stored results', { compared: ref('compared') }),
    ],
    $defs: { ...sharedParts(), ...platformParts(), ...searchParts() },
  };
}

function sharedParts(): JsonObject {
  return {
    count: { type: 'integer', minimum: 1 },
    interval: {
      type: 'array',
      items: { type: 'number' },
      minItems: 2,
      maxItems: 2,
      description: 'lower end first; left out with fewer than two replications',
    },
    decimal: { type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$', description: 'an exact amount' },
    weak: text('why the number is weak: the code of a warning of the same platform'),
    warning: object({ code: text('stable, kebab-case'), message: text('one sentence') }),
    objective: object(
      {
        text: text('as the scenario writes it'),
        met: { type: 'boolean' },
        sure: { type: 'boolean', description: 'false where the interval holds the limit, or there is none' },
        value: { type: 'number', description: 'left out when the metric has no value' },
        ci: ref('interval'),
        unit: text('of the value'),
        baseline: { type: 'number', description: 'of a regression: what the value is held against' },
      },
      ['value', 'ci', 'baseline'],
    ),
    platformMetrics: metrics('P'),
    trafficMetrics: metrics('T'),
    serviceMetrics: metrics('S'),
    databaseMetrics: metrics('D'),
    releaseMetrics: metrics('R'),
    faultMetrics: metrics('F'),
    queueMetrics: metrics('Q'),
  };
}

/** What `platforms` of a comparison and of a sweep's cell share. */
const scopes: JsonObject = {
  metrics: ref('platformMetrics'),
  services: named(ref('serviceMetrics')),
  traffic: named(ref('trafficMetrics')),
  databases: named(ref('databaseMetrics')),
  releases: named(ref('releaseMetrics')),
  faults: named(ref('faultMetrics')),
  queues: named(ref('queueMetrics')),
  objectives: list(ref('objective')),
  warnings: list(ref('warning')),
};

function platformParts(): JsonObject {
  const level = { type: 'integer', minimum: 0, maximum: 2 };
  return {
    platform: object(
      {
        preset: text('what it is one of'),
        level: object({
          observed: { ...level, description: 'by experiment' },
          claimed: { ...level, type: ['integer', 'null'], description: 'as the provider claims; null: nobody does' },
          features: { type: 'array', items: { type: 'boolean' }, minItems: 3, maxItems: 3 },
          why: text('with the amounts seen'),
          yours: list(text('left to the user to decide')),
          theirs: list(text('decided by the platform')),
        }),
        ...scopes,
        invoice: list(ref('invoiceLine')),
      },
      ['queues'],
    ),
    invoiceLine: object({
      service: text('empty: of the platform as a whole'),
      part: { enum: ['compute', 'front-door', 'database', 'queue', 'transfer', 'storage', 'other'] },
      sku: text('id in the price book'),
      line: text('name of the line'),
      bills: { enum: ['invocations', 'instances'] },
      unit: text('the price book’s'),
      ...Object.fromEntries(
        ['unitPriceUsd', 'quantityRun', 'quantityMonth', 'freeMonth', 'amountRunUsd', 'amountMonthUsd'].map((name) => [
          name,
          ref('decimal'),
        ]),
      ),
      priceDate: text('when the price was read; empty: the scenario’s own'),
    }),
  };
}

function searchParts(): JsonObject {
  const settings = named({ type: ['string', 'number'] });
  const effect = nullable(object({ difference: { type: 'number' }, ci: ref('interval') }, ['ci']));
  /** A value as the scenario has it; null: it has none. */
  const written: JsonObject = { type: ['string', 'null'] };
  const anything = { type: 'object' };
  return {
    cell: object(
      {
        settings,
        replications: ref('count'),
        refusals: list(anything),
        platforms: named(object(scopes, ['queues'])),
      },
      ['refusals'],
    ),
    candidate: object({
      settings,
      platform: text('by name'),
      replications: { type: 'integer', minimum: 0 },
      metrics: ref('platformMetrics'),
      objectives: list(ref('objective')),
      margin: { type: ['number', 'null'], description: 'how far from the nearest limit' },
      standing: text('how far it came'),
      why: { type: ['string', 'null'], description: 'why it was rejected' },
    }),
    plan: object(
      {
        minimise: text('the metric'),
        winner: nullable(ref('candidate')),
        sure: { type: 'boolean' },
        tried: { type: 'integer', minimum: 0 },
        neighbours: list(ref('candidate')),
        pareto: list(ref('candidate')),
        regret: anything,
        headroom: named(anything),
        horizon: anything,
      },
      ['horizon'],
    ),
    breakeven: object(
      {
        vary: text('a path, or traffic'),
        unit: text('of the values'),
        between: list(text('a platform')),
        range: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
        crossings: list(anything),
        points: list(anything),
        refusals: list({ type: ['object', 'string'] }),
      },
      ['unit'],
    ),
    compared: object({
      before: text('the folder of the first'),
      after: text('the folder of the second'),
      paired: { type: 'boolean', description: 'whether both had the same visitors' },
      inputs: list(object({ path: text('what was asked differently'), before: written, after: written })),
      platforms: list(object({ before: text('its name'), after: text('its name'), differences: list(anything) })),
      onlyBefore: list(text('a platform')),
      onlyAfter: list(text('a platform')),
    }),
    sensitivity: object({
      by: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
      platforms: named(
        object({
          costMonth: { type: 'number' },
          factors: list(
            object(
              { factor: text('what was changed'), what: text('of which'), less: effect, more: effect, swing: number() },
              ['what'],
            ),
          ),
        }),
      ),
    }),
  };
}

/** Metrics of a scope, none of which must have a value. */
function metrics(scope: MetricScope): JsonObject {
  const entries = metricCatalogue.filter(({ scopes: letters }) => letters.includes(scope));
  const within = metricEntry('within_1s');
  const value = (unit: string, description: string): JsonObject => ({
    description,
    ...object({ mean: number(), ci: ref('interval'), unit: { const: unit }, weak: ref('weak') }, ['ci', 'weak']),
  });
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(({ name, unit, meaning }) => [name, value(unit, meaning)])),
    ...(within?.scopes.includes(scope) === true
      ? { patternProperties: { '^within_': value(within.unit, within.meaning) } }
      : {}),
    additionalProperties: false,
  };
}

function object(properties: JsonObject, optional: readonly string[] = []): JsonObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

/** An object whose keys are users' names. */
function named(value: Json): JsonObject {
  return { type: 'object', additionalProperties: value };
}

function list(items: Json): JsonObject {
  return { type: 'array', items };
}

function nullable(one: Json): JsonObject {
  return { anyOf: [one, { type: 'null' }] };
}

function text(description: string): JsonObject {
  return { type: 'string', description };
}

function number(): JsonObject {
  return { type: 'number' };
}

function ref(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

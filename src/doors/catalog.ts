/**
 * What `import 'windtunnel/catalog'` finds: what there is to choose from and to measure, as data, for forms and docs.
 * Re-exports only; test/house pins the names.
 */
export { type MetricEntry, type MetricScope, metricCatalogue } from '../experiment/metricCatalogue.js';
export { scenarioJsonSchema } from '../scenario/jsonSchema.js';
export { type Rule, rules } from '../scenario/rules.js';

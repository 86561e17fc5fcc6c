/** The published schema is the one the forms make, and files that are right are right by it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { scenarioJsonSchema } from '../../src/scenario/jsonSchema.js';

test('the file in schema/ is what the forms say', async () => {
  const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../schema/scenario.schema.json');
});

const published = z.fromJSONSchema(scenarioJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
test.each(['mm1', 'simfaas', 'movie-booking', 'every-key'])('the schema accepts %s', (name) => {
  const document: unknown = parse(readFileSync(`test/scenario/examples/${name}.yaml`, 'utf8'));
  expect(published.safeParse(document).error).toBeUndefined();
});

test('the schema refuses a key that no setting has', () => {
  const document = { traffic: {}, services: { web: { concurency: 1, operations: {} } } };
  expect(published.safeParse(document).success).toBe(false);
});

/**
 * The JSON Schema of a scenario file, derived from the same forms that check it.
 *
 * Its own file because `windtunnel schema` prints it and editors read it. The copy published in `schema/` is held equal
 * by test/scenario/jsonSchema.test.ts, which also writes it: `npx vitest run test/scenario/jsonSchema.test.ts -u`.
 */
import * as z from 'zod';
import { scenarioForm } from './scenarioForm.js';

/** Draft 2020-12. It checks form only: references, units and sums are the program's own to judge. */
export function scenarioJsonSchema(): object {
  const schema = z.toJSONSchema(scenarioForm, { io: 'input', target: 'draft-2020-12' });
  // A scenario that extends another may leave anything to it.
  const { required: _, ...whole } = schema;
  return {
    ...whole,
    title: 'windtunnel scenario',
    anyOf: [{ required: ['traffic', 'services'] }, { required: ['extends'] }],
  };
}

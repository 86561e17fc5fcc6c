/** `windtunnel schema`: the JSON Schema of the scenario file, for editors; or of result.json, for those who read it. */
import { exitCodes } from '../exitCodes.js';
import { refuse } from '../refusal.js';
import type { Command } from './contract.js';

export const schema: Command = {
  name: 'schema',
  summary: 'prints the JSON Schema of the scenario file, for editors; or of result.json',
  operands: '[scenario|result]',
  operandCount: { least: 0, most: 1 },
  flags: ['out'],
  examples: [
    { line: 'windtunnel schema > windtunnel.schema.json', does: 'for `# yaml-language-server: $schema=`' },
    { line: 'windtunnel schema --out schema/scenario.schema.json', does: 'the same, into a file' },
    { line: 'windtunnel schema result', does: 'of result.json, which is what --format json prints' },
  ],
  run: async (call, terminal) => {
    const [of = 'scenario'] = call.operands;
    if (of !== 'scenario' && of !== 'result')
      return refuse(terminal, [`there is no schema of ${JSON.stringify(of)}; there are scenario and result`]);
    const schema =
      of === 'scenario'
        ? (await import('../../scenario/jsonSchema.js')).scenarioJsonSchema()
        : (await import('../../experiment/resultSchema.js')).resultJsonSchema();
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    const out = call.flags.text('out');
    if (out === undefined) {
      terminal.out(text);
      return exitCodes.ok;
    }
    const { replaceFile } = await import('../../host/replaceFile.js');
    const refusal = replaceFile(out, text);
    if (refusal !== null) terminal.complain(`windtunnel: ${refusal}`);
    return refusal === null ? exitCodes.ok : exitCodes.io;
  },
};

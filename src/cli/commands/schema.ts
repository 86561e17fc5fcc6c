/** `windtunnel schema`: the JSON Schema of the scenario file, for editors. */
import { exitCodes } from '../exitCodes.js';
import type { Command } from './contract.js';

export const schema: Command = {
  name: 'schema',
  summary: 'prints the JSON Schema of the scenario file, for editors',
  operands: '',
  operandCount: { least: 0, most: 0 },
  flags: ['out'],
  examples: [
    { line: 'windtunnel schema > windtunnel.schema.json', does: 'for `# yaml-language-server: $schema=`' },
    { line: 'windtunnel schema --out schema/scenario.schema.json', does: 'the same, into a file' },
  ],
  run: async (call, terminal) => {
    const { scenarioJsonSchema } = await import('../../scenario/jsonSchema.js');
    const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
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

/** `windtunnel import`: a draft of a scenario out of something else. Its work is `importing.ts`. */
import type { Command } from './contract.js';

export const importDraft: Command = {
  name: 'import',
  summary: 'drafts a scenario from manifests, recorded traces or a log, and lists what it could not know',
  operands: 'k8s|compose|sam|traces|log <path>',
  operandCount: { least: 2, most: 2 },
  flags: ['out', 'force'],
  examples: [
    {
      line: 'windtunnel import k8s deploy/ > shop.yaml',
      does: 'every Deployment of a folder, with its scaler and probes',
    },
    { line: 'windtunnel import compose compose.yaml --out shop.yaml', does: 'the same of a Compose file, into a file' },
    { line: 'windtunnel import traces spans.json > shop.yaml', does: 'who calls whom, and how long it takes' },
    { line: 'windtunnel import log access.log > replay.yaml', does: 'the visitors of a log' },
  ],
  run: async (call, terminal) => (await import('../importing.js')).importScenario(call, terminal),
};

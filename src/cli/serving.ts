/**
 * The work of `serve`: the page is offered until somebody interrupts. Its own file because it is loaded only when it is
 * asked for. The address is the result, on stdout; Ctrl-C ends it as it ends everything (exit 130).
 */
import { fileURLToPath } from 'node:url';
import { openPageServer } from '../host/pageServer.js';
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import { listenForInterruption } from './interruption.js';
import type { Terminal } from './terminal.js';

const usualPort = 4173;

export async function servePlayground(call: Call, terminal: Terminal): Promise<ExitCode> {
  const written = call.flags.text('port');
  const port = written === undefined ? usualPort : Number(written);
  if (!/^\d{1,5}$/.test(written ?? '0') || port > 65_535) {
    terminal.complain(`windtunnel: --port must be a whole number from 0 to 65535, got ${JSON.stringify(written)}`);
    return exitCodes.usage;
  }
  // Built beside the program; see build.mjs.
  const opening = await openPageServer(fileURLToPath(new URL('./playground', import.meta.url)), port);
  if (!opening.ok) {
    const mends = {
      'port-in-use': 'windtunnel serve --port 0 takes one that is free',
      'port-refused': 'try another --port above 1023',
      'no-page': 'node build.mjs makes it',
    };
    terminal.complain(`windtunnel: ${opening.reason}; ${mends[opening.why]}`);
    return exitCodes.io;
  }
  const { server } = opening;
  terminal.out(`${server.url}\n`);
  terminal.note('The playground is open, for this machine alone. Ctrl-C ends it.');
  const interruption = listenForInterruption(
    () => {},
    () => {},
  );
  await interruption.happened;
  await server.close();
  interruption.end();
  return interruption.code ?? exitCodes.interrupted;
}

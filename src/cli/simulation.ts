/** tmp */
import type { Call } from './commands/contract.js';
import { type ExitCode, exitCodes } from './exitCodes.js';
import type { Terminal } from './terminal.js';
export async function simulate(call: Call, terminal: Terminal, _o: { isComparison: boolean }): Promise<ExitCode> {
  terminal.complain(`${call.operands[0]} cannot be simulated: not supported yet`);
  return exitCodes.usage;
}

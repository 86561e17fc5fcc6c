/** `windtunnel completion`: a script for the shell. Its work is `completing.ts`. */
import { exitCodes } from '../exitCodes.js';
import { refuse } from '../refusal.js';
import type { Command } from './contract.js';

export const completion: Command = {
  name: 'completion',
  summary: 'prints a script that completes commands, flags and their values in your shell',
  operands: 'bash|zsh|fish',
  operandCount: { least: 1, most: 1 },
  flags: [],
  examples: [
    { line: 'windtunnel completion bash > ~/.local/share/bash-completion/completions/windtunnel', does: 'for bash' },
    { line: 'windtunnel completion zsh > ~/.zfunc/_windtunnel', does: 'for zsh, with ~/.zfunc in fpath' },
    { line: 'windtunnel completion fish > ~/.config/fish/completions/windtunnel.fish', does: 'for fish' },
  ],
  run: async (call, terminal) => {
    const { completionScript, shells } = await import('../completing.js');
    const [shell = ''] = call.operands;
    const script = completionScript(shell);
    if (script === null) return refuse(terminal, [`"${shell}" is no shell known here; known: ${shells.join(', ')}`]);
    terminal.out(script);
    return exitCodes.ok;
  },
};

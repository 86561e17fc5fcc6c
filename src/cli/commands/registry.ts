/** The commands, in the order of the help. Adding one: its file, one line here, one test. */
import { compare } from './compare.js';
import type { Command } from './contract.js';
import { run } from './run.js';
import { schema } from './schema.js';
import { validate } from './validate.js';

export const commands: readonly Command[] = [compare, run, validate, schema];

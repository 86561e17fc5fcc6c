/** The commands, in the order of the help. Adding one: its file, one line here, one test. */
import { breakeven } from './breakeven.js';
import { compare } from './compare.js';
import { completion } from './completion.js';
import type { Command } from './contract.js';
import { explain } from './explain.js';
import { importDraft } from './import.js';
import { init } from './init.js';
import { merge } from './merge.js';
import { plan } from './plan.js';
import { prices } from './prices.js';
import { report } from './report.js';
import { run } from './run.js';
import { schema } from './schema.js';
import { selfcheck } from './selfcheck.js';
import { sensitivity } from './sensitivity.js';
import { serve } from './serve.js';
import { sweep } from './sweep.js';
import { trace } from './trace.js';
import { validate } from './validate.js';
import { worker } from './worker.js';

export const commands: readonly Command[] = [
  init,
  importDraft,
  compare,
  run,
  sweep,
  plan,
  breakeven,
  sensitivity,
  merge,
  report,
  worker,
  prices,
  serve,
  trace,
  validate,
  explain,
  schema,
  selfcheck,
  completion,
];

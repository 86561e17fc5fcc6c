/** How a form's transform refuses a value: its own file because every form file needs it and nothing else of zod. */
import * as z from 'zod';
import type { Fault } from './form.js';

/** Adds the fault at the value (or at `fault.path` below it). What it returns is never looked at. */
export function refuse(context: z.core.$RefinementCtx, fault: Fault): never {
  const { message, path = [], ...params } = fault;
  context.addIssue({ code: 'custom', path: [...path], message, params });
  return z.NEVER;
}

/** What drafts are made of, one line each. */
import { accessLog } from './accessLog.js';
import { compose } from './compose.js';
import type { DraftSource } from './contract.js';
import { kubernetes } from './kubernetes.js';
import { sam } from './sam.js';
import { traces } from './traces.js';

export const draftSources: readonly DraftSource[] = [kubernetes, compose, sam, traces, accessLog];

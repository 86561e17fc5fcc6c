/**
 * Measures a comparison as the page's worker simulates it, in Node: the same messages to the same function
 * (`src/host/serve.ts`), so that what differs from a browser is the browser.
 */
import type { FromWorker } from '../../../src/host/protocol.js';
import { openServer } from '../../../src/host/serve.js';
import type { Asked, Tasks } from '../task.js';
import { twoHundred } from '../twoHundred.js';

export async function measureServed({ minutes }: Asked<'served'>): Promise<Tasks['served']['answer']> {
  let eventCount = 0;
  let seconds = Number.NaN;
  let refused = '';
  const tell = openServer((message: FromWorker) => {
    if (message.kind === 'progress') eventCount = message.eventCount;
    else if (message.kind === 'done') seconds = message.seconds;
    else if (message.kind === 'refused') refused = message.issues[0]?.message ?? 'refused';
    else if (message.kind === 'failed') refused = message.message;
  });
  await tell({ kind: 'run', id: 1, text: twoHundred(minutes), file: 'scenario.yaml' });
  if (refused !== '') throw new Error(refused);
  return { seconds, eventCount };
}

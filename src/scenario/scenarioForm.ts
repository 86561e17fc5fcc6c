/**
 * The whole file as one form.
 *
 * Its own file as the table of contents of the language: every section has a file of its own.
 */
import { notFiniteFault, type Reading } from '../units/number.js';
import { faults, releases } from './faultForm.js';
import { real, words } from './fields.js';
import { type Form, leaf, mapping, nameFault } from './form.js';
import { objectives } from './objectives.js';
import { platforms } from './platformForm.js';
import { run } from './runForm.js';
import { databases, network, queues, services } from './serviceForm.js';
import { traffic } from './trafficForm.js';

/** The format's version. A file of another version says another language. */
const version = leaf(
  '1',
  { const: 1, description: 'the version of the format' },
  ({ text }): Reading<1> =>
    text === '1'
      ? { ok: true, value: 1 }
      : {
          ok: false,
          code: 'range',
          message: `must be 1, got ${JSON.stringify(text.slice(0, 40))}`,
          hint: 'this program reads version 1',
        },
);

const title: Form<string> = leaf(
  'a name',
  { type: 'string', maxLength: 200 },
  ({ text }): Reading<string> & { rule?: 'name' } => {
    const message = nameFault(text);
    return message ? { ok: false, code: 'range', rule: 'name', message } : { ok: true, value: text };
  },
);

/** Any number or text: it is never interpreted, only hashed and echoed. YAML's .nan and .inf are no numbers. */
const seed = leaf('a number or text', { type: ['number', 'string'], minLength: 1 }, ({ text }): Reading<string> => {
  if (/^[-+]?\.(?:nan|inf)$/i.test(text)) return notFiniteFault(text, 'any number or text');
  return text === ''
    ? { ok: false, code: 'range', message: 'must not be empty', hint: 'write any number or text' }
    : { ok: true, value: text };
});

export const scenarioForm = mapping({
  windtunnel: version.exactOptional(),
  name: title.exactOptional(),
  description: words.exactOptional(),
  extends: words.exactOptional(),
  seed: seed.exactOptional(),
  load: real({ min: 0, isAbove: true }).exactOptional(),
  run: run.exactOptional(),
  traffic,
  services,
  databases: databases().exactOptional(),
  queues: queues.exactOptional(),
  network: network.exactOptional(),
  platforms: platforms.exactOptional(),
  faults: faults.exactOptional(),
  releases: releases.exactOptional(),
  objectives: objectives.exactOptional(),
});

/**
 * Objectives as a scenario lists them: a line of the grammar, alone or with platforms and times of its own. Its own
 * file because the grammar (`objectiveText.ts`) is read elsewhere too.
 */
import { choice } from './choice.js';
import type { ObjectiveSpec } from './contract.js';
import { on } from './faultForm.js';
import { clockUs, positiveUs, share } from './fields.js';
import { defined, type Form, leaf, list, mapping } from './form.js';
import { type ObjectiveText, readObjective } from './objectiveText.js';
import { refuse } from './refuse.js';

const statement = leaf<ObjectiveText>(
  'an objective',
  { type: 'string', description: '[scope.]metric op value[unit]' },
  ({ text }) => readObjective(text),
);

const objective: Form<ObjectiveSpec> = choice({
  noun: 'an objective',
  text: statement.transform((said): ObjectiveSpec => ({ ...said, on: null })),
  otherwise: mapping({
    must: statement,
    on: on.exactOptional(),
    from: clockUs.exactOptional(),
    every: positiveUs.exactOptional(),
    in: share.exactOptional(),
    regression: share.exactOptional(),
  }).transform(({ must, on: some = null, from, every, in: inShare, regression }, context): ObjectiveSpec => {
    if (inShare !== undefined && every === undefined)
      refuse(context, { rule: 'conflict', message: 'needs every: the width of a window', path: ['in'], part: 'key' });
    const isPoint = must.op === '==' || must.op === '!=';
    if (regression !== undefined && isPoint)
      refuse(context, {
        rule: 'conflict',
        message: `does not say whether more or less is worse: ${must.op}`,
        hint: 'write the objective with <, <=, > or >=',
        path: ['regression'],
        part: 'key',
      });
    return { ...must, on: some, ...defined({ fromUs: from, everyUs: every, inShare, regression }) };
  }),
});

/** The same objective twice is a slip of the hand. */
export const objectives: Form<ObjectiveSpec[]> = list(objective).transform((all, context) => {
  const first = new Map<string, number>();
  all.forEach((each, index) => {
    const sign = JSON.stringify({ ...each, text: '' });
    const before = first.get(sign);
    if (before === undefined) first.set(sign, index);
    else refuse(context, { rule: 'conflict', message: `says the same as objective ${before + 1}`, path: [index] });
  });
  return all;
});

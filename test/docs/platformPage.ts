/**
 * The page of a preset: in words how it starts, grows, queues, forgets and charges, who decides what, and every
 * parameter with its source. Its own file because the words are made of the preset's data, as the tables are.
 */
import { presetParameters } from '../../src/model/presetParameters.js';
import { printDistribution } from '../../src/model/printDistribution.js';
import type { BalancedFigures, EnvironmentFigures, Preset } from '../../src/platforms/contract.js';
import { findPreset } from '../../src/platforms/registry.js';
import { printDuration } from '../../src/units/print.js';
import { page, table } from './markdown.js';

type Row = NonNullable<ReturnType<typeof presetParameters>>['parameters'][number];

export function platformPage(name: string): string {
  const preset = findPreset(name)!;
  const { parameters, coldStarts, charges, yours, theirs } = presetParameters(name)!;
  return page(`${preset.title} (\`${name}\`)`, [
    `\`\`\`yaml\nplatforms:\n  ${name}: {preset: ${name}}\n\`\`\``,
    ...behaviour(preset),
    `**Yours to decide, of ${yours.length + theirs.length}**: ${listed(yours)}. ` +
      `**The provider’s**: ${listed(theirs)}.`,
    levelSentence(preset),
    '## Parameters',
    parameterTable('parameter', parameters),
    ...(coldStarts.length === 0 ? [] : ['## Cold starts measured', parameterTable('language', coldStarts)]),
    '## Charges',
    charges.length === 0 ? chargeless(preset) : parameterTable('line (price)', charges),
    `How sure a figure is: *verified*, read in a stored public text; *measured*, from public data; *inferred* and
*estimated*, reasoned from the source; *recalled*, from memory.
\`windtunnel explain --preset ${name}\` prints the same.`,
  ]);
}

const listed = (items: readonly string[]): string => (items.length === 0 ? 'nothing' : items.join(', '));

function parameterTable(first: string, rows: readonly Row[]): string {
  return table(
    [first, 'value', 'status', 'date', 'source and note'],
    rows.map(({ name, value, unit, status, date, source, note }) => [
      name,
      unit === '' ? value : `${value} ${unit}`,
      status,
      date,
      note === '' ? source : `${source}; ${note}`,
    ]),
  );
}

function behaviour(preset: Preset): string[] {
  const { dispatch } = preset;
  return dispatch.kind === 'balanced'
    ? [balancedWords(preset, dispatch), startWords(preset), nodeWords(preset)]
    : [environmentWords(preset, dispatch), forgetWords(dispatch), startWords(preset)];
}

function balancedWords({ concurrency }: Preset, figures: BalancedFigures): string {
  const { balancer, replicas, maxInstances, scaler, wakeOnRequest, launchLimit, leastInstances } = figures;
  const { min, max } = replicas.value;
  const slots = concurrency.byDefault.value;
  const most = maxInstances.value;
  const kind = balancer === 'random' ? 'balancer that picks at random' : 'round-robin balancer';
  const limits =
    (most === Infinity ? '' : `, ${most} at most`) + (leastInstances ? `, ${leastInstances.value} at least` : '');
  const work = slots === Infinity ? 'as many requests as come' : `${slots} requests at once`;
  return [
    `**Grows** by replicas behind a ${kind}:`,
    `${min === max ? min : `${min} or more`} unless the scenario says otherwise${limits}.`,
    scaler ? `Scaled by \`${scaler.value.kind}\` without a word.` : 'Nothing scales them unless a scaler is named.',
    launchLimit ? `Starts: ${launchLimit.value.burst} at once, then ${launchLimit.value.perSecond} a second.` : '',
    `Each works on ${work}; the rest wait in its queue.`,
    wakeOnRequest.value
      ? 'A request wakes it from zero.'
      : 'From zero no request wakes it, unless `wakeOnRequest: true` adds what does.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function environmentWords({ concurrency }: Preset, figures: EnvironmentFigures): string {
  const { maxInstances, startsOnDemand, startLimit, overflowWaitMs, scaler, accountConcurrency } = figures;
  const slots = concurrency.byDefault.value;
  const most = maxInstances.value;
  const wait = overflowWaitMs.value;
  const shared = accountConcurrency ? ', for all services of the account together' : '';
  const full =
    wait === 0 ? 'is refused at once' : wait === Infinity ? 'waits' : `waits ${wait / 1000} s and is then refused`;
  return [
    `**Grows** by instances that work on ${slots} ${slots === 1 ? 'request' : 'requests'} at once.`,
    startsOnDemand
      ? 'A request that finds no free slot starts one and waits for it.'
      : 'Only the platform’s own scaler starts one; requests wait meanwhile.',
    startLimit ? `${startLimit.value.burst} may start at once, then ${startLimit.value.perSecond} a second.` : '',
    scaler ? `Its scaler is \`${scaler.value.kind}\`.` : '',
    most === Infinity
      ? 'There is no limit to their number.'
      : `${most} at most${shared}; when all are busy a request ${full}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function forgetWords({ idleTimeoutMs, measuredIdle, provisioned }: EnvironmentFigures): string {
  const measured = measuredIdle ? '; `idleTimeout: measured` draws from the curve somebody measured' : '';
  const kept = provisioned.value === 0 ? 'None is kept ready without a word.' : `${provisioned.value} are kept ready.`;
  const idle = printDuration(idleTimeoutMs.value * 1000);
  return `**Forgets** an instance ${idle} after its last request${measured}. ${kept}`;
}

function startWords({ start, name }: Preset): string {
  const { placement, imageMbPerSecond, table: rows, runtime } = start;
  const pull =
    imageMbPerSecond.value === Infinity ? 'no pull of its own' : `an image at ${imageMbPerSecond.value} MB/s`;
  const runtimeText = rows
    ? 'the runtime by language from the table below'
    : `the runtime (${printDistribution(runtime.value)})`;
  if (name === 'fixed' || name === 'faas') return '**Starts** at once, unless the scenario says how long it takes.';
  return (
    `**Starts** in phases: placement (${printDistribution(placement.value)}), ${pull}, ${runtimeText}, and the ` +
    'application’s own `startup`.'
  );
}

function nodeWords({ nodes }: Preset): string {
  if (!nodes) return '**Nodes** are the provider’s: `nodes` is refused.';
  const { machine, count, boot } = nodes;
  const type =
    typeof machine.value === 'string' ? machine.value : `${machine.value.vCpu} vCPU and ${machine.value.memoryMb} MB`;
  const takes = printDistribution(boot.value);
  return `**Nodes** are yours: ${count.value} of ${type} without a word, a new one boots in ${takes}.`;
}

function levelSentence({ claimedLevel, ownsServers }: Preset): string {
  const claim =
    claimedLevel === null ? 'Nobody claims a serverless level for it.' : `Level ${claimedLevel} is claimed.`;
  const servers = ownsServers ? ' Its servers are the user’s own, so that it is level 0 whatever it bills.' : '';
  return `**Serverless level**: observed by experiment in every run. ${claim}${servers}`;
}

function chargeless({ nodes }: Preset): string {
  return nodes ? 'Its nodes by the hour, whatever runs on them; nothing else.' : 'Nothing.';
}

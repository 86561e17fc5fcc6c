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

/** What a platform's own scaler does, in a sentence. */
const scalerWords: Readonly<Record<string, string>> = {
  appEngine:
    'Its scheduler (`scale: {appEngine}`) starts one for every `maxConcurrent` × `targetThroughput` requests ' +
    'pending; after the pending latency they go to any with room. `scale: {basic}` and `{manual}` are scaled by hand.',
  azureFunctions:
    'Its controller (`scale: {azureFunctions}`) starts one a second at most, while requests wait for a slot ' +
    'that none on its way will have, or the CPU is above its share.',
  azurePremium:
    'Between the limits of `replicas` its controller (`scale: {azurePremium}`) adds one a second at most as the load ' +
    'asks for it; from the first request on one more is prewarmed, paid for, and takes no requests until it is needed.',
  cloudRun:
    'Besides, every 5 s its scaler (`scale: {cloudRun}`) wants as many as keep requests in flight and CPU of the ' +
    'last minute at its target.',
  kpa: 'Scaled by Knative’s own scaler (`scale: {kpa}`) without a word.',
  targetTracking:
    'Between the limits of `replicas` they follow a target of CPU (`scale: {targetTracking}`) without a word.',
};

/** What happens to a request that finds nobody; nothing where somebody is always there. */
function zeroWords({ wakeOnRequest, scaler, leastInstances }: BalancedFigures): string {
  if (leastInstances && leastInstances.value > 0) return '';
  if (scaler?.value.kind === 'kpa') return 'At zero a request is held, and one is started for it.';
  if (wakeOnRequest.value) return 'A request wakes it from zero.';
  return 'From zero no request wakes it, unless `wakeOnRequest: true` adds what does.';
}

function balancedWords({ concurrency }: Preset, figures: BalancedFigures): string {
  const { balancer, replicas, maxInstances, scaler, launchLimit, leastInstances } = figures;
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
    scaler ? scalerWords[scaler.value.kind]! : 'Nothing scales them unless a scaler is named.',
    launchLimit ? `Starts: ${launchLimit.value.burst} at once, then ${launchLimit.value.perSecond} a second.` : '',
    `Each works on ${work}; the rest wait in its queue.`,
    zeroWords(figures),
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
    startLimit
      ? `${startLimit.value.burst} of a service may start at once, then ${startLimit.value.perSecond} a second.`
      : '',
    scaler ? scalerWords[scaler.value.kind]! : '',
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

function nodeWords({ nodes, provider }: Preset): string {
  if (!nodes) return '**Nodes** are the provider’s: `nodes` is refused.';
  const { machine, count, boot } = nodes;
  const type =
    typeof machine.value === 'string' ? machine.value : `${machine.value.vCpu} vCPU and ${machine.value.memoryMb} MB`;
  const takes = printDistribution(boot.value);
  const added = provider === 'own' ? 'as many as `count` says' : `a new one boots in ${takes}`;
  return `**Nodes** are yours: ${count.value} of ${type} without a word, ${added}.`;
}

function levelSentence({ claimedLevel, ownsServers }: Preset): string {
  const claim =
    claimedLevel === null
      ? 'Nobody claims a serverless level for it.'
      : `The course notes claim level ${claimedLevel}.`;
  const servers = ownsServers ? ' Its servers are the user’s own, so that it is level 0 whatever it bills.' : '';
  return `**Serverless level**: observed by experiment in every run. ${claim}${servers}`;
}

function chargeless({ nodes }: Preset): string {
  return nodes ? 'Its nodes by the hour, whatever runs on them; nothing else.' : 'Nothing.';
}

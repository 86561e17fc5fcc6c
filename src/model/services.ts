/**
 * A service on a platform: its size, its start, how it is dispatched to, what its callers see of it.
 */

import type { Preset } from '../platforms/contract.js';
import type { DistributionSpec } from '../random/contract.js';
import { makeSampler } from '../random/registry.js';
import { printDuration } from '../units/print.js';
import type { OperationModel, ServiceModel } from './contract.js';
import { compileEnvironments } from './environments.js';
import { takeEphemeral } from './ephemeral.js';
import { compileHealth } from './health.js';
import { checkDrain } from './idleWords.js';
import { chosen, needed, type Place, refuseMisplaced } from './place.js';
import { bindRestart } from './plugins.js';
import { compileReplicas, pathOf } from './replicas.js';
import { type NodeOffer, type SizeTaken, scalesByHand, takeSize } from './sizes.js';
import { compileStart, defaultImageBytes } from './starts.js';
import { cited, type Origin } from './taken.js';
import { takeWays, zoneCountOf } from './zones.js';

/** A service compiled, and what the bill needs to know of it. */
export interface ServiceTaken {
  readonly model: ServiceModel;
  readonly place: Place;
  readonly size: SizeTaken;
  readonly arch: 'x86' | 'arm64';
  /** Disk beyond what is included, in megabytes. */
  readonly ephemeralMb: number;
  /** Of a cold start, what is not billed as start-up. */
  readonly startUnbilledUs: number;
  /** Concurrency set aside for the service; null where it shares the account's, or there is none. */
  readonly reserved: number | null;
}

export interface ServiceSetting {
  readonly operations: readonly OperationModel[];
  readonly nodePools: readonly number[];
  /** What the largest of their nodes offers; null where there are none. */
  readonly largestNode: NodeOffer | null;
  readonly hopOut: DistributionSpec | undefined;
  readonly hopBack: DistributionSpec | undefined;
}

const noLimit = Number.POSITIVE_INFINITY;
const defaultHopUs = 500;
/** Share of the memory asked for that a process takes, where the scenario doesn't say. */
const memoryUseShare = 0.6;

/** Null after an issue. */
export function compileService(place: Place, setting: ServiceSetting): ServiceTaken | null {
  const { preset, service, taken } = place;
  const size = takeSize(place, setting.largestNode);
  if (!size) return null;
  const slots = takeConcurrency(place, size);
  const start = compileStart(place, size.memoryMb);
  const { dispatch: figures } = preset;
  const environments = figures.kind === 'environments' ? compileEnvironments(place, figures, slots) : null;
  if (figures.kind === 'balanced') refuseMisplaced(place, ['reserved'], 'capacity is set aside on lambda only');
  const dispatch =
    figures.kind === 'environments' ? environments?.model : compileReplicas(place, figures, setting.nodePools, slots);
  const restart = bindRestart(chosen(place, 'restart'), place.findings);
  const health = compileHealth(place, start.model);
  const arch = takeArch(place);
  const requestTimeoutUs = takeRequestTimeout(place);
  if (!dispatch || !restart || !arch) return null;
  const at = pathOf(place);
  const discovery = chosen(place, 'discovery');
  const discoverySpec: DistributionSpec = discovery?.value.delay ?? {
    kind: 'constant',
    value: preset.discoveryDelayMs.value * 1000,
  };
  const discoveryOrigin: Origin = discovery ? { path: discovery.path } : { figure: preset.discoveryDelayMs, preset };
  taken.add([...at, 'discovery'], discoverySpec, '', discoveryOrigin);
  recordSize(place, size);
  const concurrency = environments?.concurrency ?? slots;
  const queue = chosen(place, 'queue') ?? needed(place, 'queue');
  const pool = chosen(place, 'pool') ?? needed(place, 'pool');
  const drain = chosen(place, 'drain')?.value ?? {};
  checkDrain(place);
  taken.add([...at, 'queue'], queue?.value ?? noLimit, '', queue ? { path: queue.path } : 'default');
  taken.add([...at, 'pool'], pool?.value ?? noLimit, '', pool ? { path: pool.path } : 'default');
  const zones: Origin =
    place.platform.zones === undefined
      ? { figure: preset.zones, preset }
      : { path: ['platforms', place.platform.name, 'zones'] };
  taken.add([...at, 'zones'], zoneCountOf(place), '', zones);
  const hop: DistributionSpec = { kind: 'constant', value: preset.hopMs ? preset.hopMs.value * 1000 : defaultHopUs };
  if (!setting.hopOut) taken.add([...at, 'hop'], hop, '', preset.hopMs ? { figure: preset.hopMs, preset } : 'default');
  return {
    place,
    size,
    arch,
    ephemeralMb: takeEphemeral(place),
    startUnbilledUs: start.unbilledUs,
    reserved: environments?.reserved ?? null,
    model: {
      name: service.name,
      operations: setting.operations,
      vCpu: size.vCpu,
      vCpuRequest: size.vCpuRequest,
      memoryMb: size.memoryMb,
      memoryRequestMb: size.memoryRequestMb,
      ...takeMemoryUse(place, size),
      ...takeWarming(place),
      concurrency,
      queueLimit: queue?.value ?? noLimit,
      poolSize: pool?.value ?? noLimit,
      start: start.model,
      drain: {
        preStopUs: drain.preStopUs ?? 0,
        graceUs: drain.graceUs ?? 30_000_000,
        onTerm: drain.onTerm ?? 'stop-accepting',
      },
      restart,
      ...(health ? { health } : {}),
      discoveryDelay: makeSampler(discoverySpec),
      hopOut: makeSampler(setting.hopOut ?? hop),
      hopBack: makeSampler(setting.hopBack ?? hop),
      ...takeWays(place, { out: setting.hopOut ?? hop, back: setting.hopBack ?? hop }),
      dispatch,
      requestTimeoutUs,
      sendRetryWaitsUs: preset.sendRetryWaitsMs.value.map((waitMs) => waitMs * 1000),
      ...throttleOf(preset),
      neverCancels: preset.neverCancels.value,
      zoneCount: zoneCountOf(place),
    },
  };
}

function throttleOf({ sendThrottle }: Preset): Pick<ServiceModel, 'sendThrottle'> {
  if (!sendThrottle) return {};
  const { firstMs, mostMs, keptMs } = sendThrottle.value;
  return { sendThrottle: { firstUs: firstMs * 1000, mostUs: mostMs * 1000, keptUs: keptMs * 1000 } };
}

/** What a process takes: as written, else a share of the memory asked for, and nothing more. */
function takeMemoryUse(place: Place, size: SizeTaken): Pick<ServiceModel, 'memoryUsedMb' | 'memoryUse'> {
  const usualMb = memoryUseShare * memoryAskedMb(place, size);
  const { memoryUse, name } = place.service;
  if (!memoryUse) return { memoryUsedMb: usualMb };
  const { baseMb = usualMb, perRequestMb = 0, leakMbPerHour = 0 } = memoryUse;
  const path = ['services', name, 'memoryUse'];
  const at = [...pathOf(place), 'memoryUse'];
  place.taken.add([...at, 'base'], baseMb, 'MB', memoryUse.baseMb === undefined ? 'default' : { path });
  if (perRequestMb > 0) place.taken.add([...at, 'perRequest'], perRequestMb, 'MB', { path });
  if (leakMbPerHour > 0) place.taken.add([...at, 'leak'], leakMbPerHour, 'MB/h', { path });
  if (baseMb > size.memoryMb)
    place.findings.warn({
      path,
      code: 'memory-too-small',
      message: `takes ${baseMb}MB before any request; on ${place.platform.name} an instance has ${size.memoryMb}MB`,
      hint: 'give the service more memory: it is killed whenever it starts',
    });
  return { memoryUsedMb: baseMb, memoryUse: { baseMb, perRequestMb, leakMbPerHour } };
}

function takeWarming(place: Place): Pick<ServiceModel, 'warming'> {
  const { warming, name } = place.service;
  if (!warming) return {};
  const path = ['services', name, 'warming'];
  const at = [...pathOf(place), 'warming'];
  place.taken.add([...at, 'factor'], warming.factor, '', { path });
  place.taken.add([...at, 'requests'], warming.requests, '', { path });
  return { warming: { factor: warming.factor, requestCount: warming.requests } };
}

/** What the software was said to need; else what was chosen for it; else what it got. */
function memoryAskedMb(place: Place, size: SizeTaken): number {
  const asked = needed(place, 'memory') ?? chosen(place, 'memory');
  if (!asked) return size.memoryMb;
  const { requestMb, limitMb } = asked.value;
  return Math.min(size.memoryMb, limitMb === noLimit ? requestMb : limitMb);
}

/** A need is clipped to the platform's limit; a choice above it is refused. */
function takeConcurrency(place: Place, size: SizeTaken): number {
  const { preset, findings, taken } = place;
  const limit = Math.min(preset.concurrency.limit.value, size.concurrencyLimit);
  const ofSize = size.concurrencyLimit < preset.concurrency.limit.value ? `of ${size.vCpu} vCPU ` : '';
  const at = [...pathOf(place), 'concurrency'];
  const choice = chosen(place, 'concurrency');
  if (choice) {
    if (choice.value > limit)
      findings.error({
        path: choice.path,
        code: 'range',
        message: `is more than an instance ${ofSize}takes at once on ${preset.name}, ${limit}, got ${choice.value}`,
        hint: `write at most ${limit}${cited(ofSize === '' ? preset.concurrency.limit : preset.sizes)}`,
      });
    taken.add(at, choice.value, '', { path: choice.path });
    return choice.value;
  }
  const need = needed(place, 'concurrency');
  const preferred = need?.value ?? size.concurrencyDefault ?? preset.concurrency.byDefault.value;
  const slots = Math.min(limit, preferred);
  const figure = slots === limit && limit < noLimit ? preset.concurrency.limit : preset.concurrency.byDefault;
  const isNeed = need !== undefined && slots === need.value;
  const clipped = need && slots < need.value ? `clipped: the need is ${need.value}` : undefined;
  taken.add(at, slots, '', isNeed ? { path: need.path } : { figure, preset }, clipped);
  return slots;
}

function takeArch(place: Place): 'x86' | 'arm64' | null {
  const { preset, findings } = place;
  const choice = chosen(place, 'arch');
  if (!choice) return preset.architectures[0] ?? 'x86';
  const names: Readonly<Record<string, 'x86' | 'arm64'>> = {
    x86: 'x86',
    'x86-64': 'x86',
    x86_64: 'x86',
    arm64: 'arm64',
  };
  const arch = Object.hasOwn(names, choice.value) ? names[choice.value]! : null;
  if (arch && preset.architectures.includes(arch)) return arch;
  const message = `is no processor sold on ${preset.name}, got ${JSON.stringify(choice.value.slice(0, 40))}`;
  findings.error({ path: choice.path, code: 'reference', message, hint: `sold: ${preset.architectures.join(', ')}` });
  return null;
}

function takeRequestTimeout(place: Place): number {
  const { preset, findings, taken } = place;
  const byHand = preset.dispatch.kind === 'environments' && scalesByHand(place) ? preset.dispatch.byHand : undefined;
  const most = byHand?.requestTimeoutMs ?? preset.requestTimeoutMs;
  const mostUs = most.value * 1000;
  const choice = chosen(place, 'requestTimeoutUs');
  const at = [...pathOf(place), 'requestTimeout'];
  if (!choice) {
    taken.add(at, printDuration(mostUs), '', { figure: most, preset });
    return mostUs;
  }
  if (choice.value > mostUs)
    findings.error({
      path: choice.path,
      code: 'range',
      message: `is longer than ${preset.name} lets a request run, ${printDuration(mostUs)}`,
      hint: `write at most ${printDuration(mostUs)}${cited(most)}`,
    });
  taken.add(at, printDuration(choice.value), '', { path: choice.path });
  return choice.value;
}

function recordSize(place: Place, size: SizeTaken): void {
  const at = pathOf(place);
  const { taken } = place;
  const isNeed = !chosen(place, 'cpu') && !chosen(place, 'memory') && !chosen(place, 'class');
  const asked = needed(place, 'cpu') ?? needed(place, 'memory');
  const how = size.name === '' ? 'a need, as written' : 'a need: the smallest size sold that holds it';
  const note = asked ? (isNeed ? how : 'a choice') : undefined;
  if (size.name) taken.add([...at, 'size'], size.name, '', size.origin, note);
  const ownOrigin = (key: 'cpu' | 'memory'): Origin => {
    const own = isNeed ? needed(place, key) : chosen(place, key);
    return own ? { path: own.path } : size.origin;
  };
  taken.add([...at, 'cpu'], Number(size.vCpu.toPrecision(6)), 'vCPU', ownOrigin('cpu'), note);
  taken.add([...at, 'memory'], size.memoryMb, 'MB', ownOrigin('memory'), note);
  const image = place.service.imageBytes;
  const imagePath: Origin = image === undefined ? 'default' : { path: ['services', place.service.name, 'image'] };
  taken.add([...at, 'image'], (image ?? defaultImageBytes) / 1e6, 'MB', imagePath);
}

/**
 * An AWS SAM template: functions with their size, runtime and limits, and what calls them. Checked by
 * test/scenario/drafts.test.ts.
 */
import { parseDocument } from 'yaml';
import { assumedRate, assumedWork, type Drafted, type DraftSource, type SourceFile } from './contract.js';
import { at, type Fields, fieldsOf, languageOf, listOf, numberOf, plainName, present, textOf } from './parts.js';

export const sam: DraftSource = {
  kind: 'sam',
  summary: 'an AWS SAM template',
  endings: ['template.yaml', 'template.yml'],
  read: ([file]) => (file ? draftOf(file) : { ok: false, fault: 'there is no template.yaml in it' }),
};

interface Function_ {
  readonly name: string;
  readonly properties: Fields;
}

function draftOf({ name, text }: SourceFile): Drafted {
  // Tags as `!Ref` and `!Sub` mean nothing here; what they stand for is text.
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return { ok: false, fault: `${name}: ${error.message.split('\n')[0]}` };
  const template: unknown = document.toJS();
  const globals = fieldsOf(at(template, 'Globals', 'Function'));
  const functions = Object.entries(fieldsOf(at(template, 'Resources')))
    .filter(([, one]) => at(one, 'Type') === 'AWS::Serverless::Function')
    .map(([key, one]): Function_ => {
      return { name: plainName(key), properties: { ...globals, ...fieldsOf(at(one, 'Properties')) } };
    });
  if (functions.length === 0) return { ok: false, fault: `${name} has no AWS::Serverless::Function` };
  const traffic = Object.fromEntries(functions.flatMap(sourcesOf));
  const hasHttpApi = functions.some((one) => eventsOf(one).some(({ kind }) => kind === 'HttpApi'));
  const hasRestApi = functions.some((one) => eventsOf(one).some(({ kind }) => kind === 'Api'));
  return {
    ok: true,
    draft: {
      name: 'sam-application',
      sections: {
        traffic:
          Object.keys(traffic).length > 0
            ? traffic
            : { visitors: { entry: `${functions[0]!.name}.handle`, arrivals: { poisson: assumedRate } } },
        services: Object.fromEntries(functions.map((one) => [one.name, serviceOf(one)])),
        platforms: {
          lambda: present({
            preset: 'lambda',
            frontDoor: hasHttpApi ? 'api-gateway-http' : hasRestApi ? 'api-gateway-rest' : undefined,
            services: Object.fromEntries(functions.map((one) => [one.name, choiceOf(one)])),
          }),
        },
      },
      unknown: [
        `who visits, and how often: ${assumedRate} at each path is assumed; schedules are as written`,
        'what the functions do: each works 5 ms on a CPU; give operations their steps, calls and databases',
        'sources of events other than HTTP and schedules (queues, streams, buckets)',
      ],
    },
  };
}

interface Event {
  readonly name: string;
  readonly kind: string;
  readonly properties: Fields;
}

function eventsOf({ properties }: Function_): readonly Event[] {
  return Object.entries(fieldsOf(properties['Events'])).map(([name, one]) => {
    return { name: plainName(name), kind: textOf(at(one, 'Type')) ?? '', properties: fieldsOf(at(one, 'Properties')) };
  });
}

function sourcesOf(one: Function_): readonly (readonly [string, Fields])[] {
  return eventsOf(one).flatMap(({ name, kind, properties }) => {
    const arrivals =
      kind === 'Schedule' ? scheduleOf(properties) : kind.endsWith('Api') ? { poisson: assumedRate } : null;
    return arrivals === null ? [] : [[`${one.name}-${name}`, { entry: `${one.name}.handle`, arrivals }] as const];
  });
}

/** `rate(5 minutes)` as evenly spaced arrivals; a cron expression is not a rate. */
function scheduleOf(properties: Fields): Fields | null {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(textOf(properties['Schedule']) ?? '') ?? [];
  if (count === undefined || unit === undefined) return null;
  const minutes = Number(count) * ({ minute: 1, hour: 60, day: 1440 }[unit] ?? 1);
  return { constant: `${Number((1440 / minutes).toPrecision(9))}/day` };
}

function serviceOf({ properties }: Function_): Fields {
  return present({
    language: languageOf(textOf(properties['Runtime'])),
    operations: { handle: [assumedWork] },
  });
}

function choiceOf({ properties }: Function_): Fields {
  const provisioned = numberOf(at(properties, 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions'));
  const timeout = numberOf(properties['Timeout']) ?? 3;
  return present({
    memory: `${numberOf(properties['MemorySize']) ?? 128}MB`,
    requestTimeout: `${timeout}s`,
    provisioned,
    reserved: numberOf(properties['ReservedConcurrentExecutions']),
    arch: listOf(properties['Architectures'])[0] === 'arm64' ? 'arm64' : undefined,
    snapStart: at(properties, 'SnapStart', 'ApplyOn') === 'PublishedVersions' ? true : undefined,
  });
}

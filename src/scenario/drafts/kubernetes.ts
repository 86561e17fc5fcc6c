/**
 * Kubernetes manifests: Deployments and StatefulSets with their autoscalers, probes, roll-outs and budgets. What they
 * run and who visits is not in manifests. Checked by test/scenario/drafts.test.ts.
 */
import { parseAllDocuments } from 'yaml';
import { assumedRate, assumedWork, type Drafted, type DraftSource, type SourceFile } from './contract.js';
import {
  at,
  cpuOf,
  type Fields,
  fieldsOf,
  listOf,
  memoryOf,
  numberOf,
  plainName,
  present,
  secondsOf,
  textOf,
} from './parts.js';

export const kubernetes: DraftSource = {
  kind: 'k8s',
  summary: 'Kubernetes manifests: a YAML file, or a folder of them',
  endings: ['.yaml', '.yml', '.json'],
  read: (files) => draftOf(files),
};

interface Workload {
  readonly name: string;
  readonly object: Fields;
  readonly container: Fields;
}

function draftOf(files: readonly SourceFile[]): Drafted {
  const objects: Fields[] = [];
  for (const { name, text } of files)
    for (const document of parseAllDocuments(text)) {
      const [error] = document.errors;
      if (error) return { ok: false, fault: `${name}: ${error.message.split('\n')[0]}` };
      const object = fieldsOf(document.toJS());
      objects.push(...(object['kind'] === 'List' ? listOf(object['items']).map(fieldsOf) : [object]));
    }
  const workloads = objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map((object): Workload => {
      const [container] = listOf(at(object, 'spec', 'template', 'spec', 'containers'));
      return { name: plainName(textOf(at(object, 'metadata', 'name')) ?? ''), object, container: fieldsOf(container) };
    });
  if (workloads.length === 0) return { ok: false, fault: 'there is no Deployment and no StatefulSet in it' };
  const entry = entryOf(workloads, objects);
  return {
    ok: true,
    draft: {
      name: entry,
      sections: {
        traffic: { visitors: { entry: `${entry}.handle`, arrivals: { poisson: assumedRate }, timeout: '30s' } },
        services: Object.fromEntries(workloads.map((one) => [one.name, serviceOf(one, workloads)])),
        platforms: {
          kubernetes: {
            preset: 'kubernetes',
            nodes: { cpu: 4, memory: '16GB', price: '$140/mo', count: '2..10' },
            services: Object.fromEntries(workloads.map((one) => [one.name, choiceOf(one, objects)])),
          },
        },
      },
      unknown: unknownOf(workloads, entry),
    },
  };
}

/** What an Ingress leads to, else what a LoadBalancer does, else the first. */
function entryOf(workloads: readonly Workload[], objects: readonly Fields[]): string {
  const names = workloads.map(({ name }) => name);
  const behind = (service: string | undefined): string | undefined =>
    service !== undefined && names.includes(plainName(service)) ? plainName(service) : undefined;
  for (const ingress of objects.filter(({ kind }) => kind === 'Ingress'))
    for (const rule of listOf(at(ingress, 'spec', 'rules')))
      for (const path of listOf(at(rule, 'http', 'paths'))) {
        const found = behind(textOf(at(path, 'backend', 'service', 'name')));
        if (found) return found;
      }
  const open = objects.find((one) => one['kind'] === 'Service' && at(one, 'spec', 'type') === 'LoadBalancer');
  return behind(textOf(at(open, 'metadata', 'name'))) ?? names[0]!;
}

function serviceOf(workload: Workload, all: readonly Workload[]): Fields {
  const resources = fieldsOf(workload.container['resources']);
  const pair = (name: string, read: (written: unknown) => string | undefined): unknown => {
    const request = read(at(resources, 'requests', name));
    const limit = read(at(resources, 'limits', name));
    if (request !== undefined && limit !== undefined && request !== limit) return { request, limit };
    return request ?? limit;
  };
  const calls = calledBy(workload, all).map((name) => ({ call: `${name}.handle` }));
  return present({
    cpu: pair('cpu', cpuOf),
    memory: pair('memory', memoryOf),
    operations: { handle: [assumedWork, ...calls] },
  });
}

/** Other services whose names stand in its environment, as in `http://stock:8080`; never those that lead back here. */
function calledBy({ name, container }: Workload, all: readonly Workload[]): readonly string[] {
  const values = listOf(container['env']).map((variable) => textOf(at(variable, 'value')) ?? '');
  const place = all.findIndex((one) => one.name === name);
  return all
    .slice(place + 1)
    .map((one) => one.name)
    .filter((other) => values.some((value) => new RegExp(`(^|[/@.,])${other}([.:/,]|$)`, 'i').test(value)));
}

function choiceOf({ object, container, name }: Workload, objects: readonly Fields[]): Fields {
  const targets = (one: Fields, kind: string): boolean =>
    one['kind'] === kind && plainName(textOf(at(one, 'spec', 'scaleTargetRef', 'name')) ?? '') === name;
  const hpa = objects.find((one) => targets(one, 'HorizontalPodAutoscaler'));
  const least = numberOf(at(hpa, 'spec', 'minReplicas')) ?? 1;
  const most = numberOf(at(hpa, 'spec', 'maxReplicas'));
  const health = healthOf(container);
  const rolling = fieldsOf(at(object, 'spec', 'strategy', 'rollingUpdate'));
  const isRecreate = at(object, 'spec', 'strategy', 'type') === 'Recreate';
  const labels = fieldsOf(at(object, 'spec', 'template', 'metadata', 'labels'));
  const budget = objects.find((one) => one['kind'] === 'PodDisruptionBudget' && selects(one, labels));
  return present({
    replicas: most === undefined ? (numberOf(at(object, 'spec', 'replicas')) ?? 1) : `${least}..${most}`,
    scale: hpa === undefined ? undefined : { hpa: hpaOf(hpa) },
    health: Object.keys(health).length === 0 ? undefined : health,
    rollout: isRecreate
      ? { recreate: {} }
      : {
          rolling: present({
            maxSurge: rolling['maxSurge'] ?? '25%',
            maxUnavailable: rolling['maxUnavailable'] ?? '25%',
            minReady: secondsOf(at(object, 'spec', 'minReadySeconds')),
          }),
        },
    drain: {
      preStop: preStopOf(container),
      grace: secondsOf(at(object, 'spec', 'template', 'spec', 'terminationGracePeriodSeconds')) ?? '30s',
    },
    disruptionBudget: budget === undefined ? undefined : budgetOf(budget),
  });
}

function hpaOf(hpa: Fields): Fields {
  const utilisation = (name: string): string | undefined => {
    const metric = listOf(at(hpa, 'spec', 'metrics')).find((one) => at(one, 'resource', 'name') === name);
    const percent = numberOf(at(metric, 'resource', 'target', 'averageUtilization'));
    return percent === undefined ? undefined : `${percent}%`;
  };
  const oldForm = numberOf(at(hpa, 'spec', 'targetCPUUtilizationPercentage'));
  const own = present({
    cpu: utilisation('cpu') ?? (oldForm === undefined ? undefined : `${oldForm}%`),
    memory: utilisation('memory'),
    scaleUp: at(hpa, 'spec', 'behavior', 'scaleUp'),
    scaleDown: at(hpa, 'spec', 'behavior', 'scaleDown'),
  });
  return own['cpu'] === undefined && own['memory'] === undefined ? { cpu: '80%', ...own } : own;
}

function healthOf(container: Fields): Fields {
  const probe = (name: string): Fields | undefined => {
    const written = container[name];
    if (written === undefined) return undefined;
    return present({
      initialDelay: secondsOf(at(written, 'initialDelaySeconds')),
      every: secondsOf(at(written, 'periodSeconds') ?? 10),
      timeout: secondsOf(at(written, 'timeoutSeconds') ?? 1),
      failures: numberOf(at(written, 'failureThreshold')) ?? 3,
      successes: numberOf(at(written, 'successThreshold')),
    });
  };
  return present({
    startup: probe('startupProbe'),
    readiness: probe('readinessProbe'),
    liveness: probe('livenessProbe'),
  });
}

/** `sleep 5`, in the two ways a preStop hook may say it. */
function preStopOf(container: Fields): string {
  const hook = at(container, 'lifecycle', 'preStop');
  const slept = secondsOf(at(hook, 'sleep', 'seconds'));
  const command = listOf(at(hook, 'exec', 'command')).join(' ');
  const said = /\bsleep (\d+)/.exec(command)?.[1];
  return slept ?? (said === undefined ? '0s' : `${said}s`);
}

function selects(budget: Fields, labels: Fields): boolean {
  const wanted = Object.entries(fieldsOf(at(budget, 'spec', 'selector', 'matchLabels')));
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}

function budgetOf(budget: Fields): Fields {
  return present({
    minAvailable: at(budget, 'spec', 'minAvailable'),
    maxUnavailable: at(budget, 'spec', 'maxUnavailable'),
  });
}

function unknownOf(workloads: readonly Workload[], entry: string): readonly string[] {
  const bare = workloads.filter(({ container }) => at(container, 'resources', 'requests', 'cpu') === undefined);
  return [
    `who visits, and how often: ${assumedRate} at ${entry} is assumed`,
    'what the services do: each works 5 ms on a CPU; give operations their steps, and databases',
    'who calls whom: taken from names of services in environment variables, where they stand',
    'how large images are, and how long applications take to start: give `image` and `startup`',
    'your nodes: 4 vCPU and 16 GB at $140 a month are assumed',
    ...bare.map(({ name }) => `the CPU that ${name} asks for: it has no request`),
  ];
}

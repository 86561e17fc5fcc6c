/**
 * A Docker Compose file: services, what they depend on, their limits and health checks. Images that are databases
 * become databases. Checked by test/scenario/drafts.test.ts.
 */
import { parseDocument } from 'yaml';
import { assumedRate, assumedWork, type Drafted, type DraftSource, type SourceFile } from './contract.js';
import {
  at,
  cpuOf,
  dockerMemory,
  dockerSeconds,
  type Fields,
  fieldsOf,
  isDatabaseImage,
  listOf,
  numberOf,
  plainName,
  present,
  textOf,
} from './parts.js';

export const compose: DraftSource = {
  kind: 'compose',
  summary: 'a Docker Compose file',
  endings: ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'],
  read: ([file]) => (file ? draftOf(file) : { ok: false, fault: 'there is no Compose file in it' }),
};

function draftOf({ name, text }: SourceFile): Drafted {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) return { ok: false, fault: `${name}: ${error.message.split('\n')[0]}` };
  const all = Object.entries(fieldsOf(at(document.toJS(), 'services'))).map(
    ([key, one]) => [key, fieldsOf(one)] as const,
  );
  const isDatabase = (one: Fields): boolean => isDatabaseImage(textOf(one['image']) ?? '');
  const databases = all.filter(([, one]) => isDatabase(one));
  const services = all.filter(([, one]) => !isDatabase(one));
  if (services.length === 0) return { ok: false, fault: `${name} has no service but databases` };
  const databaseNames = new Set(databases.map(([key]) => key));
  const called = new Set(services.flatMap(([, one]) => dependencies(one)));
  const entry = (services.find(([key, one]) => !called.has(key) && listOf(one['ports']).length > 0) ?? services[0]!)[0];
  const known = new Set(services.map(([key]) => key));
  const operationsOf = (one: Fields): readonly unknown[] => [
    assumedWork,
    ...dependencies(one).flatMap((other): readonly unknown[] => {
      if (databaseNames.has(other)) return [{ query: plainName(other) }];
      return known.has(other) ? [{ call: `${plainName(other)}.handle` }] : [];
    }),
  ];
  return {
    ok: true,
    draft: {
      name: plainName(textOf(at(document.toJS(), 'name')) ?? entry),
      sections: {
        traffic: { visitors: { entry: `${plainName(entry)}.handle`, arrivals: { poisson: assumedRate } } },
        services: Object.fromEntries(
          services.map(([key, one]) => [plainName(key), { ...needOf(one), operations: { handle: operationsOf(one) } }]),
        ),
        ...(databases.length === 0
          ? {}
          : { databases: Object.fromEntries(databases.map(([key]) => [plainName(key), { query: '3ms' }])) }),
        platforms: {
          local: {
            preset: 'local',
            services: Object.fromEntries(services.map(([key, one]) => [plainName(key), choiceOf(one)])),
          },
        },
      },
      unknown: [
        `who visits, and how often: ${assumedRate} at ${entry} is assumed`,
        'what the services do: each works 5 ms on a CPU, then calls all that it depends on, one after another',
        ...(databases.length === 0 ? [] : ['how long queries take: 3 ms is assumed']),
        'how large images are, and how long applications take to start: give `image` and `startup`',
      ],
    },
  };
}

/** `depends_on`, as a list or as a map with conditions. */
function dependencies(one: Fields): readonly string[] {
  const written = one['depends_on'];
  return Array.isArray(written) ? written.map(String) : Object.keys(fieldsOf(written));
}

function needOf(one: Fields): Fields {
  return present({
    cpu: cpuOf(at(one, 'deploy', 'resources', 'limits', 'cpus') ?? one['cpus']),
    memory: dockerMemory(at(one, 'deploy', 'resources', 'limits', 'memory') ?? one['mem_limit']),
  });
}

function choiceOf(one: Fields): Fields {
  const check = fieldsOf(one['healthcheck']);
  const readiness = present({
    initialDelay: dockerSeconds(check['start_period']),
    every: dockerSeconds(check['interval']) ?? '30s',
    timeout: dockerSeconds(check['timeout']) ?? '30s',
    failures: numberOf(check['retries']) ?? 3,
  });
  return present({
    replicas: numberOf(at(one, 'deploy', 'replicas')) ?? 1,
    health: Object.keys(check).length === 0 || check['disable'] === true ? undefined : { readiness },
  });
}

/**
 * An access log: the visitors, by method and first part of the path, replayed as they came. What the service does
 * behind a path is not in it. Checked by test/scenario/drafts.test.ts.
 */
import { assumedWork, type Drafted, type DraftSource, type SourceFile } from './contract.js';
import { mean, plainName } from './parts.js';

export const accessLog: DraftSource = {
  kind: 'log',
  summary: 'an access log (common or combined)',
  endings: ['.log'],
  read: ([file]) => (file ? draftOf(file) : { ok: false, fault: 'there is no log in it' }),
};

interface Group {
  readonly method: string;
  readonly folder: string;
  readonly bytes: number[];
}

/** So many groups have an operation of their own; what is rarer is one. */
const mostGroups = 8;

function draftOf({ name, text }: SourceFile): Drafted {
  const groups = new Map<string, Group>();
  const line = /^\S+ \S+ \S+ \[[^\]]+\] "([A-Z]+) ([^ "?]*)[^"]*" \d{3} (\d+|-)/gm;
  let count = 0;
  for (const [, method = '', path = '', bytes = ''] of text.matchAll(line)) {
    count++;
    const folder = `/${path.split('/')[1] ?? ''}`;
    const group = groups.get(`${method} ${folder}`) ?? { method, folder, bytes: [] };
    if (bytes !== '-') group.bytes.push(Number(bytes));
    groups.set(`${method} ${folder}`, group);
  }
  if (count === 0) return { ok: false, fault: `${name} has no line of the common or combined log format` };
  const often = [...groups.values()].sort((a, b) => b.bytes.length - a.bytes.length).slice(0, mostGroups);
  const operation = ({ method, folder }: Group): string => plainName(`${method} ${folder === '/' ? 'home' : folder}`);
  const bytesOut = Math.round(mean(often.flatMap(({ bytes }) => bytes.map((size) => size))));
  return {
    ok: true,
    draft: {
      name: plainName(name.replace(/^.*\//, '')),
      sections: {
        traffic: {
          log: {
            entry: {
              ...Object.fromEntries(often.map((one) => [`${one.method} ${one.folder}*`, `web.${operation(one)}`])),
              else: 'web.rest',
            },
            arrivals: { trace: { file: name.replace(/^.*\//, ''), format: 'access-log' } },
            bytes: { in: '1kB', out: `${Number.isFinite(bytesOut) ? bytesOut : 4000}B` },
          },
        },
        services: {
          web: {
            operations: Object.fromEntries([...often.map(operation), 'rest'].map((own) => [own, [assumedWork]])),
          },
        },
        platforms: { lambda: { preset: 'lambda' }, fargate: { preset: 'fargate' } },
      },
      unknown: [
        'what happens behind each path: each works 5 ms on a CPU; give operations their steps, calls and databases',
        'how long a run should be: give `run.duration` the length of the log, or less',
        'where the log lies: it must stand beside the scenario, or below its folder',
      ],
    },
  };
}

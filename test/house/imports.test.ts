/**
 * The import rule of the house: a room may import only the rooms listed for it, all of them above it.
 *
 * A test and not a tool, so that it runs wherever the tests run, needs no new dependency, and says in
 * its failure which line to look at. `rooms` is the same table as in HOUSE.md, in the same order
 * (but for `doors`, which the playground knocks at).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

interface Room {
  readonly rooms: string;
  readonly packages?: string;
  readonly node?: boolean;
}
const policies = 'workload balancing autoscaling healing rollout';
const policyContracts = policies
  .split(' ')
  .map((room) => `${room}/contract`)
  .join(' ');

/** Room -> what it may import. `x/contract` allows one file of room x. Order: top of the list knows least. */
const rooms: Record<string, Room> = {
  units: { rooms: '', packages: 'big.js' },
  kernel: { rooms: '' },
  stats: { rooms: '' },
  random: { rooms: '', packages: 'seedrandom' },
  observation: { rooms: 'units stats' },
  workload: { rooms: 'units random' },
  balancing: { rooms: 'units' },
  autoscaling: { rooms: 'units' },
  healing: { rooms: 'units' },
  rollout: { rooms: 'units' },
  billing: { rooms: 'units observation' },
  platforms: { rooms: `units random ${policies} billing` },
  scenario: { rooms: 'units', packages: 'yaml zod fastest-levenshtein' },
  model: { rooms: `units random ${policies} billing platforms scenario` },
  engine: { rooms: `units kernel stats random observation model/contract ${policyContracts}` },
  experiment: { rooms: 'units stats random observation billing scenario model engine' },
  report: { rooms: 'units stats experiment billing/contract', packages: 'csv-stringify' },
  host: {
    rooms: 'units scenario experiment report',
    packages: 'chart.js @napi-rs/canvas piscina bullmq ioredis hyparquet-writer @aws-sdk/client-s3',
    node: true,
  },
  cli: { rooms: 'units scenario experiment report host', packages: 'yargs picocolors', node: true },
  doors: { rooms: 'units observation scenario model engine experiment report' },
  playground: {
    rooms: 'units scenario experiment report doors host/protocol',
    packages: 'codemirror @codemirror chart.js',
  },
};

const src = resolve('src');
const roomOf = (file: string): string => relative(src, file).split(sep)[0]!;

/** Every broken import under `src`, as `file:line imports what`. */
function brokenImports(): string[] {
  const broken: string[] = [];
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'utf8');
    const own = roomOf(file);
    const room = rooms[own];
    if (!room) {
      broken.push(`${file}:1 lives in a room the table does not list`);
      continue;
    }
    for (const { fileName: target, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      if (isAllowed(file, own, room, target)) continue;
      broken.push(`${relative(resolve('.'), file)}:${text.slice(0, pos).split('\n').length} imports ${target}`);
    }
  }
  return broken.sort();
}

function isAllowed(file: string, own: string, room: Room, target: string): boolean {
  if (target.startsWith('node:')) return room.node === true;
  if (!target.startsWith('.'))
    return (room.packages ?? '').split(' ').some((name) => target === name || target.startsWith(`${name}/`));
  const to = resolve(dirname(file), target);
  if (to === resolve('package.json')) return own === 'cli';
  if (roomOf(to) === own) return true;
  const withinRoom = relative(src, to).replaceAll(sep, '/').replace(/\.js$/, '');
  return room.rooms.split(' ').some((allowed) => allowed === roomOf(to) || allowed === withinRoom);
}

test('every room imports only what the house allows it', () => {
  expect(brokenImports()).toEqual([]);
});

test('the table itself only points upward, so no cycle can be written', () => {
  const order = Object.keys(rooms);
  for (const [name, { rooms: allowed }] of Object.entries(rooms))
    for (const other of allowed.split(' ').filter(Boolean))
      expect(order.indexOf(other.split('/')[0]!), `${name} -> ${other}`).toBeLessThan(order.indexOf(name));
});

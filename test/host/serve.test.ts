/**
 * The worker's side of the page, without a browser: the same messages, the same answers. Results are those of the
 * library; cancelling is heard; a watched run is played, stepped and sought.
 */
import { expect, test } from 'vitest';
import { compare } from '../../src/experiment/compare.js';
import type { FromWorker, ToWorker } from '../../src/host/protocol.js';
import { openServer } from '../../src/host/serve.js';
import { parseScenario } from '../../src/scenario/parse.js';

const text = `
run: {warmup: 1s, duration: 20s, replications: 2}
traffic: {all: {entry: server.work, arrivals: {poisson: 20/s}}}
services: {server: {concurrency: 1, operations: {work: [{cpu: {exponential: 10ms}}]}}}
platforms: {bench: {preset: fixed, defaults: {replicas: 2}}, lambda: {preset: lambda, defaults: {memory: 1769MB}}}
`;
const written = { text, file: 'page.yaml' };

/** A server, what it said so far, and a wait for what it says. */
function server(): {
  readonly said: FromWorker[];
  readonly tell: (message: ToWorker) => Promise<void>;
  readonly hear: <Kind extends FromWorker['kind']>(kind: Kind) => Promise<Extract<FromWorker, { kind: Kind }>>;
} {
  const said: FromWorker[] = [];
  const waiting: { kind: string; resolve: (message: never) => void }[] = [];
  const tell = openServer((message) => {
    said.push(message);
    const place = waiting.findIndex(({ kind }) => kind === message.kind);
    if (place >= 0) waiting.splice(place, 1)[0]!.resolve(message as never);
  });
  return { said, tell, hear: (kind) => new Promise((resolve) => waiting.push({ kind, resolve })) };
}

test('a run in slices ends in the comparison that the library makes, to the digest', async () => {
  const { tell, hear } = server();
  const done = hear('done');
  await tell({ kind: 'run', id: 1, ...written });
  const { comparison } = await done;
  const parsed = parseScenario(text, 'page.yaml');
  const here = parsed.ok ? compare(parsed.value) : parsed;
  expect(here.ok && here.value.digest).toBe(comparison.digest);
  expect(comparison.complete).toBe(true);
});

test('mistakes come back with their place, and nothing is simulated', async () => {
  const { said, tell } = server();
  await tell({ kind: 'run', id: 2, file: 'page.yaml', text: text.replace('concurrency', 'concurency') });
  expect(said.map(({ kind }) => kind)).toEqual(['refused']);
  await tell({ kind: 'check', id: 3, file: 'page.yaml', text: text.replace('20/s', '20') });
  const last = said.at(-1);
  expect(last?.kind === 'checked' && last.issues[0]?.at.line).toBe(3);
});

test('cancelling is heard between slices', async () => {
  const { said, tell, hear } = server();
  const cancelled = hear('cancelled');
  const running = tell({ kind: 'run', id: 4, ...written, text: text.replace('replications: 2', 'replications: 500') });
  await tell({ kind: 'cancel', id: 4 });
  await cancelled;
  await running;
  expect(said.some(({ kind }) => kind === 'done')).toBe(false);
});

test('a watched run is at rest, goes to a moment, back again, and to the next thing that happens', async () => {
  const { tell, hear } = server();
  const opened = hear('opened');
  let frame = hear('frame');
  await tell({ kind: 'watch', id: 5, ...written, platforms: ['lambda'] });
  expect((await opened).stage.shown.map(({ name }) => name)).toEqual(['lambda']);
  expect((await frame).frame.clockUs).toBe(0);
  const until = async (message: ToWorker): Promise<Extract<FromWorker, { kind: 'frame' }>> => {
    await tell(message);
    for (;;) {
      frame = hear('frame');
      const heard = await frame;
      if (!heard.isPlaying) return heard;
    }
  };
  expect((await until({ kind: 'seek', toUs: 9e6 })).frame.clockUs).toBe(9e6);
  expect((await until({ kind: 'seek', toUs: 2e6 })).frame.clockUs).toBe(2e6);
  expect((await until({ kind: 'seek', toUs: 0 })).frame.clockUs).toBe(0);
  const stepped = await until({ kind: 'step' });
  expect(stepped.frame.platforms[0]!.notes.length).toBeGreaterThan(0);
});

test('who presses play on the way to a moment plays from there', async () => {
  const { said, tell, hear } = server();
  const opened = hear('opened');
  await tell({ kind: 'watch', id: 9, ...written, platforms: ['lambda'] });
  await opened;
  await tell({ kind: 'seek', toUs: 5e6 });
  await tell({ kind: 'play', speed: 10 });
  const clocks = (): number[] => said.flatMap((one) => (one.kind === 'frame' ? [one.frame.clockUs] : []));
  for (let tries = 0; tries < 400 && Math.max(...clocks()) <= 5e6; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await tell({ kind: 'pause' });
  expect(Math.max(...clocks())).toBeGreaterThan(5e6);
});

test('frames are no more than thirty a second', async () => {
  const { said, tell, hear } = server();
  const first = hear('frame');
  await tell({ kind: 'watch', id: 6, ...written, platforms: ['bench', 'lambda'] });
  await first;
  const began = performance.now();
  await tell({ kind: 'play', speed: 10 });
  await new Promise((resolve) => setTimeout(resolve, 600));
  await tell({ kind: 'pause' });
  const seconds = (performance.now() - began) / 1000;
  const frames = said.filter(({ kind }) => kind === 'frame').length - 2;
  expect(frames).toBeGreaterThan(2);
  expect(frames / seconds).toBeLessThanOrEqual(33);
});

test('the level is observed, and a bug of ours is said, not swallowed', async () => {
  const { said, tell } = server();
  await tell({ kind: 'levels', id: 7, ...written, platforms: ['lambda'] });
  const [level] = said;
  expect(level?.kind === 'level' && level.level.observed).toBe(2);
  await tell({ kind: 'run', id: 8, text: null as never, file: 'page.yaml' });
  expect(said.at(-1)?.kind).toBe('failed');
});

/**
 * A real Redis on loopback, on a port of its own, for tests: started, killed as a crash would, started again from its
 * log. Where the server is not installed the tests that need it are skipped, except under CI.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis && process.env['CI'] === 'true') throw new Error('redis-server is missing, and CI may skip nothing');
if (!hasRedis) console.warn('redis-server is missing: tests of the queue are skipped');

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Started, or started again from what it wrote to disk. */
  start(): Promise<void>;
  /** As a power switch would. */
  kill(): Promise<void>;
  /** What one command line of `redis-cli` prints. */
  ask(...words: readonly string[]): string;
  remove(): Promise<void>;
}

/** A server that is not started yet. */
export async function newRedis(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'windtunnel-redis-'));
  let server: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    const ended = server;
    server = null;
    if (!ended || ended.exitCode !== null) return;
    await new Promise<void>((resolve) => {
      ended.once('exit', () => resolve());
      ended.kill('SIGKILL');
    });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async start() {
      const words = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
      const safe = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction'];
      server = spawn('redis-server', [...words, ...safe], { stdio: 'ignore' });
      while (!(await answers(port))) await pause(20);
    },
    kill,
    ask(...words) {
      return spawnSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).stdout.trim();
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      resolve(String(data).startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * The server of the page, asked by raw requests: right kinds, a strict policy, nothing but the folder's own files
 * whatever the path, this machine alone, and a port that is taken is said.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPageServer, type PageServer } from '../../src/host/pageServer.js';

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-page-'));
let server: PageServer;
let port = 0;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<p>hello</p>');
  writeFileSync(join(folder, 'main.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not of a kind that is served');
  writeFileSync(join(tmpdir(), 'windtunnel-outside.js'), 'outside');
  const opening = await openPageServer(folder, 0);
  if (!opening.ok) throw new Error(opening.reason);
  server = opening.server;
  port = Number(new URL(server.url).port);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(tmpdir(), 'windtunnel-outside.js'), { force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The path goes out as it is: no client of ours tidies it up. */
function ask(path: string, over: { method?: string; host?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = over.host === undefined ? {} : { Host: over.host };
    const asked = request({ host: '127.0.0.1', port, path, method: over.method ?? 'GET', headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('the page and its scripts come with their kinds and a policy that allows nothing from elsewhere', async () => {
  const page = await ask('/?x=1');
  expect([page.status, page.text, page.headers['content-type']]).toEqual([
    200,
    '<p>hello</p>',
    'text/html; charset=utf-8',
  ]);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  // Of what is usually unsafe only the styles of single elements, which Chromium writes into its editable texts.
  const policy = String(page.headers['content-security-policy']).replace("style-src-attr 'unsafe-inline'", '');
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(page.headers['x-content-type-options']).toBe('nosniff');
  expect((await ask('/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  const head = await ask('/main.js', { method: 'HEAD' });
  expect([head.status, head.text, head.headers['content-length']]).toEqual([200, '', '10']);
});

test('no path leads anywhere but to the folder’s own files', async () => {
  const paths = [
    '/../windtunnel-outside.js',
    '/..%2fwindtunnel-outside.js',
    '/%2e%2e/windtunnel-outside.js',
    '//etc/passwd',
    '/main.js/../../windtunnel-outside.js',
    '/..\\windtunnel-outside.js',
    '/secret.txt',
    '/%00',
    '/constructor',
    '/__proto__',
    'http://example.com/main.js',
  ];
  for (const path of paths) expect((await ask(path)).status, path).toBe(404);
});

test('only reading, and only under this machine’s own names', async () => {
  expect((await ask('/', { method: 'POST' })).status).toBe(405);
  expect((await ask('/', { host: 'evil.example' })).status).toBe(421);
  expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200);
});

test('it listens on the loopback address alone', async () => {
  const others = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
  for (const host of others) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port, timeout: 1000 });
      socket.on('connect', () => resolve(true));
      socket.on('timeout', () => resolve(false));
      socket.on('error', () => resolve(false));
    });
    expect(isOpen, host).toBe(false);
  }
});

test('a port that is taken, and a page that was not built, are said', async () => {
  expect(await openPageServer(folder, port)).toMatchObject({ ok: false, why: 'port-in-use' });
  expect(await openPageServer(join(folder, 'nowhere'), 0)).toMatchObject({ ok: false, why: 'no-page' });
});

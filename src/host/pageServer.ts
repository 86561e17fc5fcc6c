/**
 * A server of one folder of files, for this machine alone: the playground's.
 *
 * Its own file because it is the only thing in the product that listens. It answers GET and HEAD for the files that
 * are in the folder when it starts, under 127.0.0.1 and localhost, and nothing else: a page elsewhere that points a
 * name of its own at this machine gets nothing (DNS rebinding). Checked by test/host/pageServer.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/**
 * What a page from here may do: load its own files, and nothing else. Styles of single elements are allowed because
 * Chromium gives them to what is typed over a selection in the editor.
 */
const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
  "img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PageServer {
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

export type Opening =
  | { readonly ok: true; readonly server: PageServer }
  | { readonly ok: false; readonly why: 'no-page' | 'port-in-use' | 'port-refused'; readonly reason: string };

/** @param port whole, 0 to 65535; 0 takes any that is free */
export async function openPageServer(folder: string, port: number): Promise<Opening> {
  const files = readFiles(folder);
  if (!files?.has('index.html')) return { ok: false, why: 'no-page', reason: `there is no page in ${folder}` };
  const server = createServer((request, response) => answer(files, request, response));
  const failure = await listen(server, port);
  if (failure === 'EADDRINUSE') return { ok: false, why: 'port-in-use', reason: `port ${port} is in use` };
  if (failure !== null) return { ok: false, why: 'port-refused', reason: `port ${port} cannot be had (${failure})` };
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return { ok: true, server: { url: `http://127.0.0.1:${taken}/`, close: () => close(server) } };
}

/** Every file of the folder by name; null when it cannot be read. Read once: what is asked never becomes a path. */
function readFiles(folder: string): ReadonlyMap<string, Buffer> | null {
  try {
    const names = readdirSync(folder).filter((name) => extname(name) in kinds);
    return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  } catch {
    return null;
  }
}

/** The error's code, or null when it listens. */
function listen(server: Server, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, '127.0.0.1', () => resolve(null));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function answer(files: ReadonlyMap<string, Buffer>, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-cache');
  const refusal = refusalOf(request);
  if (refusal) {
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    response.writeHead(refusal.status, refusal.headers);
    response.end(`${refusal.words}\n`);
    return;
  }
  const name = nameOf(request);
  const bytes = files.get(name);
  if (!bytes) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('There is no such page.\n');
    return;
  }
  response.setHeader('Content-Type', kinds[extname(name)] ?? 'application/octet-stream');
  response.setHeader('Content-Length', bytes.length);
  response.writeHead(200);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function nameOf({ url = '/' }: IncomingMessage): string {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  return path === '/' ? 'index.html' : path.slice(1);
}

interface Refusal {
  readonly status: number;
  readonly words: string;
  readonly headers: Readonly<Record<string, string>>;
}

function refusalOf({ method, headers }: IncomingMessage): Refusal | null {
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? ''))
    return { status: 421, words: 'This name is not served here.', headers: {} };
  if (method === 'GET' || method === 'HEAD') return null;
  return { status: 405, words: 'Only GET and HEAD are answered.', headers: { Allow: 'GET, HEAD' } };
}

/**
 * `windtunnel serve` as a user starts it: the address on stdout, Ctrl-C ends it cleanly, a taken port is exit 5 with
 * what to do, a port that is none is exit 2.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Starts the program; `onAddress` is called with what stands on stdout. */
function serve(words: readonly string[], onAddress?: (url: string, stop: () => void) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/windtunnel.js', 'serve', ...words]);
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
      if (out.endsWith('\n')) onAddress?.(out.trim(), () => child.kill('SIGINT'));
    });
    child.stderr.on('data', (chunk) => {
      error += String(chunk);
    });
    child.on('exit', (code) => resolve({ code, out, error }));
  });
}

test('the address stands on stdout, the page is there, and Ctrl-C ends it', async () => {
  const pages: Promise<Response>[] = [];
  const ended = await serve(['--port', '0'], (url, stop) => {
    pages.push(fetch(url).finally(stop));
  });
  const [page] = await Promise.all(pages);
  expect(page?.status).toBe(200);
  expect(ended.code).toBe(130);
  expect(ended.out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
  expect(ended.error).not.toContain('at ');
});

test('a port in use is exit 5 and says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const { code, error } = await serve(['--port', String(port)]);
  other.close();
  expect(code).toBe(5);
  expect(error).toContain(`port ${port} is in use`);
  expect(error).toContain('--port 0');
});

test('what is no port is a mistake in the command', async () => {
  for (const port of ['http', '70000', '-1', '1.5']) expect((await serve([`--port=${port}`])).code, port).toBe(2);
});

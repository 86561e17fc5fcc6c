/** The same store in a folder and in a bucket, on a real S3 server on loopback: whole, damaged and missing cells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cell } from '../../src/experiment/cells.js';
import { cellsIn, openTexts } from '../../src/host/cellStore.js';
import { bucketOf, CellStoreError, placeFault } from '../../src/host/textStore.js';
import { freePort } from '../cli/redisServer.js';

interface Server {
  run(): Promise<unknown>;
  close(): Promise<void>;
}
interface ServerOptions {
  readonly port: number;
  readonly address: string;
  readonly silent: boolean;
  readonly directory: string;
  readonly configureBuckets: readonly { readonly name: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-store-'));
const key = `c${'0123456789abcdef'.repeat(2)}`;
const cell: Cell = { settings: [], replications: 2, refusals: ['é'], platforms: [], eventCount: 5, complete: true };
const env = { ...process.env };
let server: Server;

beforeAll(async () => {
  // Without types of its own.
  const name = 's3rver';
  const { default: S3rver } = (await import(name)) as { default: new (options: ServerOptions) => Server };
  const port = await freePort();
  const configureBuckets = [{ name: 'results' }];
  server = new S3rver({ port, address: '127.0.0.1', silent: true, directory: join(folder, 's3'), configureBuckets });
  await server.run();
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
});
afterAll(async () => {
  await server?.close();
  process.env = env;
  rmSync(folder, { recursive: true, force: true });
});

describe.each([join(folder, 'cells'), 's3://results/study/one'])('a store in %s', (place) => {
  test('gives back what was put, and lists it; what is not there is null', async () => {
    const texts = await openTexts(place);
    const store = cellsIn(texts);
    expect(await store.get(key)).toBeNull();
    await store.put(key, cell);
    await store.put(key, cell);
    expect(await store.get(key)).toEqual(cell);
    await texts.write('studies/other.json', 'no cell');
    expect([...(await store.keys())]).toEqual([key]);
  });

  test('a damaged cell is as one that is missing', async () => {
    const texts = await openTexts(place);
    const [name] = (await texts.names()).filter((one) => one.includes(key));
    await texts.write(name!, (await texts.read(name!))!.slice(0, -10));
    expect(await cellsIn(texts).get(key)).toBeNull();
  });
});

test('a bucket that is not there refuses in one sentence', async () => {
  const texts = await openTexts('s3://nobody/x');
  await expect(texts.write('a', 'b')).rejects.toThrow(CellStoreError);
  await expect(texts.names()).rejects.toThrow(/^cannot keep cells in s3:\/\/nobody\/x \(NoSuchBucket/);
});

test('places are judged before anything is opened', () => {
  expect(bucketOf('s3://results/a/b/')).toEqual({ bucket: 'results', prefix: 'a/b/' });
  expect(bucketOf('s3://results')).toEqual({ bucket: 'results', prefix: '' });
  expect(placeFault('s3://')).toContain('is no bucket');
  expect(placeFault('gs://cells')).toContain('not in gs://');
  expect(placeFault('cells')).toBeNull();
});

/** The same store in a folder and in a bucket, on a real S3 server on loopback: whole, damaged and missing cells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cell } from '../../src/experiment/cells.js';
import { cellsIn, openTexts } from '../../src/host/cellStore.js';
import { bucketOf, CellStoreError, placeFault } from '../../src/host/textStore.js';
import { type BucketServer, startBucketServer } from './bucketServer.js';

const folder = mkdtempSync(join(tmpdir(), 'windtunnel-store-'));
const key = `c${'0123456789abcdef'.repeat(2)}`;
const cell: Cell = { settings: [], replications: 2, refusals: ['é'], platforms: [], eventCount: 5, complete: true };
const env = { ...process.env };
let server: BucketServer;

beforeAll(async () => {
  server = await startBucketServer(join(folder, 's3'));
  Object.assign(process.env, server.env);
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

test('a bucket lists more than a thousand names: page after page, as ListObjectsV2 gives them', async () => {
  // The server above makes its tokens with DES, which OpenSSL 3 has no more: this one answers by S3's API reference.
  const names = Array.from({ length: 2203 }, (_, place) => `studies/${String(place).padStart(4, '0')}.json`);
  const tokens: (string | null)[] = [];
  const pages = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams;
    const token = query.get('continuation-token');
    tokens.push(token);
    const from = Number(token ?? 0);
    const keys = names.slice(from, from + 1000).map((name) => `<Contents><Key>many/${name}</Key></Contents>`);
    const isMore = from + 1000 < names.length;
    const next = isMore ? `<NextContinuationToken>${from + 1000}</NextContinuationToken>` : '';
    response.setHeader('content-type', 'application/xml');
    response.end(`<ListBucketResult><IsTruncated>${isMore}</IsTruncated>${keys.join('')}${next}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const before = process.env['AWS_ENDPOINT_URL'];
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  try {
    expect(await (await openTexts('s3://results/many')).names()).toEqual(names);
    expect(tokens).toEqual([null, '1000', '2000']);
  } finally {
    process.env['AWS_ENDPOINT_URL'] = before;
    pages.closeAllConnections();
    pages.close();
  }
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

/**
 * Texts in an S3-compatible bucket, an object each. An object appears whole or not at all, as S3 promises.
 *
 * Its own file because only it knows the client, an optional package that is loaded when a bucket is asked for.
 * Credentials, region and endpoint come from where every tool of AWS looks (AWS_ACCESS_KEY_ID, AWS_REGION,
 * AWS_ENDPOINT_URL, profiles); with an endpoint of one's own, bucket names stand in the path, as such servers want it.
 * Checked by test/host/stores.test.ts against a server on loopback.
 */
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { bucketOf, CellStoreError, type TextStore } from './textStore.js';

/** @throws CellStoreError where the package is not installed */
export async function openTextBucket(place: string): Promise<TextStore> {
  const { bucket, prefix } = bucketOf(place);
  const { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } = await loadClient(place);
  const client: S3Client = new S3Client(clientOptions(process.env));
  return {
    place,
    async read(name) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + name }));
        return (await Body?.transformToString('utf-8')) ?? '';
      } catch (error) {
        if ((error as Error).name === 'NoSuchKey') return null;
        throw refusal(place, error);
      }
    },
    async write(name, text) {
      const object = { Bucket: bucket, Key: prefix + name, Body: text, ContentType: 'application/json' };
      await client.send(new PutObjectCommand(object)).catch((error: unknown) => {
        throw refusal(place, error);
      });
    },
    async names() {
      const found: string[] = [];
      let from: string | undefined;
      do {
        const page = { Bucket: bucket, Prefix: prefix, ...(from === undefined ? {} : { ContinuationToken: from }) };
        const answer = await client.send(new ListObjectsV2Command(page)).catch((error: unknown) => {
          throw refusal(place, error);
        });
        for (const { Key } of answer.Contents ?? []) if (Key !== undefined) found.push(Key.slice(prefix.length));
        from = answer.NextContinuationToken;
      } while (from !== undefined);
      return found;
    },
  };
}

async function loadClient(place: string): Promise<typeof import('@aws-sdk/client-s3')> {
  try {
    return await import('@aws-sdk/client-s3');
  } catch {
    throw new CellStoreError(`cannot keep cells in ${place}: the optional package @aws-sdk/client-s3 is not installed`);
  }
}

function clientOptions(env: NodeJS.ProcessEnv): S3ClientConfig {
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  return {
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(region === undefined && endpoint !== undefined ? { region: 'us-east-1' } : {}),
    // Servers that are not AWS's know neither of the checksums that the client adds unless told not to.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
}

function refusal(place: string, error: unknown): CellStoreError {
  const { name, message, code } = error as Error & { readonly code?: string };
  const why = code ?? (name === 'Error' ? message : `${name}: ${message}`);
  return new CellStoreError(`cannot keep cells in ${place} (${why.slice(0, 200)})`);
}

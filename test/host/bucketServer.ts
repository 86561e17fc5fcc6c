/** A real S3 server on loopback, for tests: a port of its own, one bucket `results`, the environment to reach it. */
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

export interface BucketServer {
  /** Where every tool of AWS looks. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** @param directory where it keeps its objects */
export async function startBucketServer(directory: string): Promise<BucketServer> {
  // Without types of its own.
  const name = 's3rver';
  const { default: S3rver } = (await import(name)) as { default: new (options: ServerOptions) => Server };
  const port = await freePort();
  const configureBuckets = [{ name: 'results' }];
  const server = new S3rver({ port, address: '127.0.0.1', silent: true, directory, configureBuckets });
  await server.run();
  return {
    env: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'S3RVER',
      AWS_SECRET_ACCESS_KEY: 'S3RVER',
    },
    close: () => server.close(),
  };
}

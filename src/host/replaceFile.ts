/**
 * One file written whole or not at all: aside, synced, renamed. Its own file because a single result asks for no folder
 * of its own (`reportFolder.ts`). Checked by test/host/replaceFile.test.ts.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** Writes `content` to `path`; null, or one sentence on why the machine refused. An earlier file stays until then. */
export function replaceFile(path: string, content: string | Uint8Array): string | null {
  const isSpecial = existsSync(path) && !statSync(path).isFile();
  const target = followed(path);
  const aside = isSpecial ? target : `${target}.${process.pid}.windtunnel-new`;
  try {
    const handle = openSync(aside, 'w');
    try {
      writeFileSync(handle, content);
      if (!isSpecial) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (!isSpecial) renameSync(aside, target);
    return null;
  } catch (error) {
    if (!isSpecial) rmSync(aside, { force: true });
    return `cannot write to ${path} (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/** The file a link leads to, so that the link stays one. */
function followed(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

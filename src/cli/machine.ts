/** What machine this is, in a few words, for the manifest. Its own file: nothing else of a result may know. */
import { cpus } from 'node:os';

/** `linux x64, 4 x AMD EPYC`. */
export function machineName(): string {
  return `${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`;
}

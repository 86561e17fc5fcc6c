/**
 * A scenario as a link, and back: the text deflated into the address's fragment, which no server ever sees.
 *
 * Its own file because whatever stands behind a `#` was written by a stranger: it is text or it is refused, never run.
 * `deflate` carries a checksum (Adler-32), so that a link which lost a letter is known for what it is.
 * Checked by test/playground/share.test.ts.
 */

const prefix = '#scenario=';
/** A text beyond this is no scenario, and a small link could hold gigabytes. */
const longestText = 1_000_000;

export type SharedText =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'damaged'; readonly why: string };

/** The fragment, `#` included. */
export async function linkFragment(text: string): Promise<string> {
  const packed = await through(
    new TextEncoder().encode(text),
    new CompressionStream('deflate'),
    Number.POSITIVE_INFINITY,
  );
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return prefix + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** What the fragment of an address holds. */
export async function readFragment(fragment: string): Promise<SharedText> {
  if (!fragment.startsWith(prefix)) return { kind: 'none' };
  const letters = fragment.slice(prefix.length);
  if (!/^[A-Za-z0-9_-]+$/.test(letters)) return damaged('it holds letters that no link of ours has');
  try {
    const binary = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const bytes = await through(packed, new DecompressionStream('deflate'), longestText);
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof RangeError) return damaged('what it holds is too long for a scenario');
    return damaged('a part of it is missing or changed');
  }
}

function damaged(why: string): SharedText {
  return { kind: 'damaged', why };
}

/** All bytes through a stream. @throws RangeError beyond `limit`, TypeError for what is no deflated data */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // A fault is told by the reader's side; here it would only be told twice.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.readable.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > limit) {
      await reader.cancel();
      throw new RangeError(`more than ${limit} bytes`);
    }
    chunks.push(read.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

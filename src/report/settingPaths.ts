/** A setting's path in few words: its last part, or a part of a file's name. Its own file: tables and charts use it. */

/** `platforms.a.defaults.replicas` -> `replicas`. */
export function lastPart(path: string): string {
  return /([^.[\]"]+)[\]"]*$/.exec(path)?.[1] ?? path;
}

/** Lower-case letters, digits and hyphens; never empty. */
export function kebabCase(text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.replace(/^-+|-+$/g, '').slice(0, 40) || 'unnamed';
}

/**
 * HTML that cannot be broken by what is put into it: a template whose holes are escaped unless they are HTML
 * themselves.
 *
 * Its own file because it is the page's only way to write: names are users' text, and a name may be `<script>`.
 */

/** Text that is already HTML. Only this file makes it. */
export interface Html {
  readonly html: string;
}

export type Hole = string | number | Html | readonly Hole[] | null | undefined | false;

/** Joins the template; text holes are escaped, lists are joined, null, undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return { html: strings.map((text, index) => text + (index < holes.length ? filled(holes[index]) : '')).join('') };
}

function filled(hole: Hole): string {
  if (hole === null || hole === undefined || hole === false) return '';
  if (typeof hole === 'string') return escapeHtml(hole);
  if (typeof hole === 'number') return escapeHtml(String(hole));
  if ('html' in hole) return hole.html;
  return hole.map(filled).join('');
}

/** Text as HTML, in an element or in an attribute with double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\u0000', '\ufffd');
}

/** A value as JSON inside a script element: `<`, `>`, `&` and the line separators are written as escapes. */
export function jsonForScript(value: unknown): Html {
  const text = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { html: text };
}

/** JavaScript of ours inside a script element; an end tag within it (a library's string) is broken up harmlessly. */
export function scriptText(source: string): Html {
  return { html: source.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--') };
}

/** CSS of ours inside a style element. */
export function styleText(source: string): Html {
  return { html: source.replaceAll('<', '') };
}

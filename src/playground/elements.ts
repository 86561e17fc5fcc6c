/**
 * Elements of the page: found by their id, or made with their attributes and children. Its own file because every part
 * of the page does both, and a missing id should say which.
 */

/** The element with this id. @throws Error when the page has none: a fault of ours */
export function byId<Name extends keyof HTMLElementTagNameMap>(id: string, name: Name): HTMLElementTagNameMap[Name] {
  const found = document.getElementById(id);
  if (found?.localName !== name) throw new Error(`the page has no ${name} #${id}`);
  return found as HTMLElementTagNameMap[Name];
}

/** A new element; attributes as in HTML, text is never read as markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A square of a platform's colour. */
export function swatch(colourIndex: number): HTMLSpanElement {
  return make('span', { class: `swatch swatch-${colourIndex % 8}`, 'aria-hidden': 'true' });
}

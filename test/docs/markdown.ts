/** Tables and cells of Markdown, as docs/reference is written. Its own file because every page has one. */

/** Text that a cell of a table may hold: a bar would end the cell, and angle brackets would be read as a tag. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map((row) => line(row.map(cell)))].join('\n');
}

/** A page: its heading, how it comes to be, its parts, blank lines between. */
export function page(heading: string, parts: readonly string[]): string {
  const made = '<!-- Written by `npm run reference` from the tables of the code; a test holds it to them. -->';
  return `${[`# ${heading}`, made, ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
}

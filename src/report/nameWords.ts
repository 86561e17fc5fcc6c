/**
 * Where a name may be broken: after a space, a hyphen, an underline, a dot or a slash, and before a capital that
 * follows a small letter or a digit. Its own file because the report's graph and the playground's stage break names
 * alike. Checked by test/report/page.test.ts and test/playground/stageRoutes.test.ts.
 */

/** The name's words, each with what parts it from the next; together they are the name. */
export function wordsOf(name: string): readonly string[] {
  return name.split(/(?<=[\s\-_./])(?=\S)|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u);
}

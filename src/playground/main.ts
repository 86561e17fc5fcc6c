/**
 * The page's first lines. Its own file because it is an entry: the bundle begins here, with the tour's scenarios that
 * the build has put in.
 */
import { Page } from './page.js';
import { startTheme } from './theme.js';

/** Scenarios by name, put in by the build from scenarios/. */
declare const tourTexts: Readonly<Record<string, string>>;

startTheme();
void new Page(tourTexts).start(location.hash);

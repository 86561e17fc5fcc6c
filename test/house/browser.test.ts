/**
 * Tests that open the report in a browser skip themselves, with a message, where there is none. On the machine that
 * judges a commit (CI=true) that would hide them, so there a missing browser is a failure of its own.
 */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

test.runIf(process.env['CI'] === 'true')(
  'where commits are judged, a browser is installed for the report’s tests',
  () => {
    expect(places.some((place) => existsSync(place))).toBe(true);
  },
);

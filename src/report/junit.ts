/**
 * The objectives as a JUnit file, which build servers show test by test: a suite a platform, a case an objective; a
 * failure tells what was observed, what was wanted, and the interval.
 *
 * Its own file because it is the one XML that leaves here. Form: the Jenkins and Maven surefire schema's common part
 * (testsuites, testsuite, testcase, failure). Checked by test/report/junit.test.ts.
 */
import type { Comparison, ObjectiveResult, PlatformResult } from '../experiment/contract.js';
import { figure, intervalFigure } from './figures.js';
import { plainText } from './terminal/grid.js';

/** Ends with a line end. No time of a clock is in it; the same result gives the same bytes. */
export function junitXml(comparison: Comparison): string {
  const { platforms, scenario, verdict } = comparison;
  const all = platforms.flatMap(({ objectives }) => objectives);
  const suites = platforms.map((platform) => {
    const reasons = verdict.untrusted.filter((one) => one.platform === platform.name).map(({ message }) => message);
    return suite(comparison, platform, reasons);
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(scenario)}" tests="${all.length}" failures="${missedCount(all)}" errors="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(comparison: Comparison, platform: PlatformResult, untrusted: readonly string[]): string {
  const { name, objectives } = platform;
  const counts = `tests="${objectives.length}" failures="${missedCount(objectives)}" errors="0"`;
  const notes = [...untrusted.map((one) => `not trustworthy: ${one}`), ...platform.warnings.map((one) => one.message)];
  return [
    `  <testsuite name="${attribute(name)}" ${counts}>`,
    ...objectives.map((objective) => testCase(comparison, name, objective)),
    ...(notes.length === 0 ? [] : [`    <system-err>${xmlText(notes.map(plainText).join('\n'))}</system-err>`]),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ scenario, confidence }: Comparison, platform: string, objective: ObjectiveResult): string {
  const { text, met } = objective;
  const head = `    <testcase classname="${attribute(`${scenario}.${platform}`)}" name="${attribute(text)}"`;
  if (met) return `${head}/>`;
  const words = failureText(objective, confidence);
  return `${head}><failure type="objective" message="${attribute(words)}">${xmlText(words)}</failure></testcase>`;
}

/** `observed 0.34 %, wanted error_ratio < 0.1%, 95 % interval 0.29–0.39 %`. */
export function failureText({ text, value, ci, unit, sure, baseline }: ObjectiveResult, confidence: number): string {
  const observed = value === null ? 'no value' : figure(value, unit);
  const interval = ci === undefined ? '' : `, ${figure(confidence, 'share')} interval ${intervalFigure(ci, unit)}`;
  const doubt = sure || ci === undefined ? '' : ' (the interval holds the limit)';
  const against = baseline === undefined ? '' : `, baseline ${figure(baseline, unit)}`;
  return plainText(`observed ${observed}, wanted ${text}${interval}${against}${doubt}`);
}

function missedCount(objectives: readonly ObjectiveResult[]): number {
  return objectives.filter(({ met }) => !met).length;
}

/** Text of an element. What XML 1.0 cannot hold (section 2.2: control characters, lone surrogates) is a replacement. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Text of an attribute, line ends as spaces. */
function attribute(text: string): string {
  return xmlText(text.replace(/\s+/g, ' ')).replaceAll('"', '&quot;');
}

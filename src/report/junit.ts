/**
 * The objectives as a JUnit file, which build servers show test by test: a suite a platform, a case an objective; a
 * failure tells what was observed, what was wanted, and the interval.
 *
 * Its own file because it is the one XML that leaves here. Form: the Jenkins and Maven surefire schema's common part
 * (testsuites, testsuite, testcase, failure). Checked by test/report/junit.test.ts.
 */
import type { Comparison, ObjectiveResult } from '../experiment/contract.js';
import { figure, intervalFigure } from './figures.js';
import type { StudyReport, VerdictSuite } from './study.js';
import { plainText } from './terminal/grid.js';

/** Ends with a line end. No time of a clock is in it; the same result gives the same bytes. */
export function junitXml({ platforms, scenario, verdict, confidence }: Comparison): string {
  const suites = platforms.map(({ name, objectives, warnings }): VerdictSuite => {
    const reasons = verdict.untrusted.filter((one) => one.platform === name);
    const notes = [
      ...reasons.map(({ message }) => `not trustworthy: ${message}`),
      ...warnings.map((one) => one.message),
    ];
    return { name, objectives, notes };
  });
  return document(scenario, suites, confidence);
}

/** The same of a sweep, a suite for each cell and platform; of a plan the winner's. */
export function studyJunit({ scenario, suites }: StudyReport, confidence: number | null): string {
  return document(scenario, suites, confidence);
}

function document(scenario: string, suites: readonly VerdictSuite[], confidence: number | null): string {
  const all = suites.flatMap(({ objectives }) => objectives);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(scenario)}" tests="${all.length}" failures="${missedCount(all)}" errors="0">`,
    ...suites.map((one) => suite(scenario, one, confidence)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(scenario: string, { name, objectives, notes }: VerdictSuite, confidence: number | null): string {
  const counts = `tests="${objectives.length}" failures="${missedCount(objectives)}" errors="0"`;
  return [
    `  <testsuite name="${attribute(name)}" ${counts}>`,
    ...objectives.map((objective) => testCase(`${scenario}.${name}`, objective, confidence)),
    ...(notes.length === 0 ? [] : [`    <system-err>${xmlText(notes.map(plainText).join('\n'))}</system-err>`]),
    '  </testsuite>',
  ].join('\n');
}

function testCase(className: string, objective: ObjectiveResult, confidence: number | null): string {
  const { text, met } = objective;
  const head = `    <testcase classname="${attribute(className)}" name="${attribute(text)}"`;
  if (met) return `${head}/>`;
  const words = failureText(objective, confidence);
  return `${head}><failure type="objective" message="${attribute(words)}">${xmlText(words)}</failure></testcase>`;
}

/** `observed 0.34 %, wanted error_ratio < 0.1%, 95 % interval 0.29–0.39 %`. */
export function failureText(
  { text, value, ci, unit, sure, baseline }: ObjectiveResult,
  confidence: number | null,
): string {
  const level = confidence === null ? '' : `${figure(confidence, 'share')} `;
  const observed = value === null ? 'no value' : figure(value, unit);
  const interval = ci === undefined ? '' : `, ${level}interval ${intervalFigure(ci, unit)}`;
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

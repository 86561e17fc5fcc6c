/**
 * What a build on GitHub shows of a result: the step summary in Markdown, and annotations. Its own file because both
 * have limits that are GitHub's: 1 MiB a summary, ten annotations of a kind a step.
 * Source: docs.github.com, "Workflow commands for GitHub Actions". Checked by test/report/junit.test.ts.
 */
import type { Comparison } from '../experiment/contract.js';
import { failureText } from './junit.js';
import { comparisonMarkdown, markdownText } from './terminal/comparisonMarkdown.js';
import { plainText } from './terminal/grid.js';

/** Below 1 MiB with room for what another step of the same job writes beside it. */
const mostBytes = 1_000_000;
const mostAnnotations = 10;

/** The comparison's table, every missed objective with its figures, warnings; cut where GitHub would refuse it. */
export function stepSummary(comparison: Comparison): string {
  const missed = comparison.platforms.flatMap(({ title, objectives }) =>
    objectives
      .filter(({ met }) => !met)
      .map((one) => `- ${markdownText(title)}: ${markdownText(failureText(one, comparison.confidence))}`),
  );
  const warned = comparison.platforms.flatMap(({ title, warnings }) =>
    warnings.map(({ message }) => `- ${markdownText(title)}: ${markdownText(message)}`),
  );
  const part = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', `**${head}**`, '', ...lines];
  const text = [
    comparisonMarkdown(comparison).trimEnd(),
    ...part('Missed objectives', missed),
    ...part('Warnings', warned),
    '',
    '',
  ].join('\n');
  return cutToBytes(text);
}

/** Whole lines, as many as there is room for. */
function cutToBytes(text: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= mostBytes) return text;
  const kept: string[] = [];
  let byteCount = 0;
  for (const line of text.split('\n')) {
    byteCount += encoder.encode(line).length + 1;
    if (byteCount > mostBytes) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n\nCut: the report has the rest.\n`;
}

/**
 * Workflow commands, a line each: errors where the program will fail for it, warnings elsewhere.
 * @param scenarioFile named by each, so that GitHub shows it beside the file
 */
export function annotations(comparison: Comparison, scenarioFile: string): readonly string[] {
  const { platforms, verdict, confidence } = comparison;
  const isFailing = verdict.isMissedByAll;
  const missed = platforms.flatMap(({ title, objectives }) =>
    objectives.filter(({ met }) => !met).map((one) => `${title}: ${failureText(one, confidence)}`),
  );
  const untrusted = verdict.untrusted.map(({ platform, message }) => `${platform}: ${message}`);
  const command = (kind: string, title: string, text: string): string =>
    `::${kind} file=${property(scenarioFile)},title=${property(title)}::${data(plainText(text))}`;
  const kind = (isError: boolean): string => (isError ? 'error' : 'warning');
  return [
    ...missed.slice(0, mostAnnotations).map((text) => command(kind(isFailing), 'objective missed', text)),
    ...untrusted
      .slice(0, mostAnnotations)
      .map((text) => command(kind(!verdict.isTrusted), 'result not trustworthy', text)),
  ];
}

/** Escapes of actions/toolkit, packages/core/src/command.ts. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

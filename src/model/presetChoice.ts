/**
 * Which preset is meant, and what presets say together of who decides what: the facts behind the serverless level.
 */
import type { Preset } from '../platforms/contract.js';
import { findPreset, presets } from '../platforms/registry.js';
import { suggest } from '../scenario/nearest.js';
import type { Path } from '../scenario/positions.js';
import type { LevelFacts } from './compiled.js';
import type { Findings } from './findings.js';

/** The preset called `name`; null when there is none, which has then been reported at `path`. */
export function takePreset(name: string | undefined, path: Path, findings: Findings): Preset | null {
  const known = presets.map((each) => each.name);
  if (name === undefined) {
    findings.error({
      path,
      code: 'missing',
      message: 'is not written: which platform is it?',
      hint: `one of ${known.join(', ')}`,
    });
    return null;
  }
  const preset = findPreset(name);
  if (preset) return preset;
  const near = suggest(name, known);
  const hint = near.startsWith('did you mean') ? `${near} known: ${known.join(', ')}` : `known: ${known.join(', ')}`;
  findings.error({ path, code: 'reference', message: `names no preset: ${JSON.stringify(name.slice(0, 60))}`, hint });
  return null;
}

/** Of a mixed platform: a user owns servers if any preset leaves them to him; what one leaves to him is his. */
export function levelFactsOf(used: readonly Preset[], hasNodes: boolean): LevelFacts {
  const claims = used.map(({ claimedLevel }) => claimedLevel).filter((level) => level !== null);
  const yours = new Set(used.flatMap((preset) => preset.yours as readonly string[]));
  const theirs = new Set(used.flatMap((preset) => preset.theirs as readonly string[]));
  const hasUnclaimed = used.some(({ claimedLevel }) => claimedLevel === null);
  return {
    claimed: hasUnclaimed || claims.length === 0 ? null : (Math.min(...claims) as 0 | 1 | 2),
    soldAsServerless: used.every((preset) => preset.soldAsServerless !== null)
      ? (used[0]?.soldAsServerless ?? null)
      : null,
    ownsServers: hasNodes || used.some(({ ownsServers }) => ownsServers),
    yours: [...yours],
    theirs: [...theirs].filter((topic) => !yours.has(topic)),
  };
}

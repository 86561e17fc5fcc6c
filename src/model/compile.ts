/**
 * The middle: a checked scenario becomes one immutable model a platform. Every name is bound, every default and preset
 * filled in, every unit fixed; what makes no sense is reported at its place, all of it at once.
 *
 * The one place where the registries meet. Services, sources and databases stand in the models in order of their names,
 * so that their order in the file changes no number; platforms stay in the order of the file.
 */
import type { OwnBook } from '../billing/contract.js';
import type { PlatformSpec } from '../scenario/choices.js';
import type { Scenario } from '../scenario/contract.js';
import { type Checked, type Issue, sortIssues } from '../units/issue.js';
import type { CompiledPlatform, CompiledRun, CompiledScenario } from './compiled.js';
import { distinct, Findings } from './findings.js';
import { checkFaults } from './idleFaults.js';
import { checkObjectives } from './objectives.js';
import { compilePlatform } from './platform.js';
import { compilePriceFile } from './priceFile.js';
import { compileArrivals } from './traffic.js';

/** A scenario that names no platform runs where everybody has one: Docker on one machine. */
const anyMachine: PlatformSpec = {
  name: 'local',
  preset: 'local',
  defaults: {},
  services: [],
  databases: [],
  network: {},
  prices: [],
  discounts: [],
  extras: [],
};

const nothingOwn: Checked<OwnBook> = { ok: true, value: [], warnings: [] };
const hourUs = 3_600_000_000;

/**
 * The scenario's models; or every mistake in it that its form did not show. Cost: milliseconds, and the size of
 * traces.
 */
export function compileModel(scenario: Scenario): Checked<CompiledScenario> {
  const findings = new Findings(scenario.positions);
  const arrivals = compileArrivals(scenario, findings);
  checkObjectives(scenario, findings);
  checkFaults(scenario, findings);
  const ownBook = scenario.priceFile ? compilePriceFile(scenario.priceFile) : nothingOwn;
  const specs = scenario.platforms.length > 0 ? scenario.platforms : [anyMachine];
  const order = specs.map(({ name }) => name).sort();
  const errors: Issue[] = [];
  const platforms: CompiledPlatform[] = [];
  for (const platform of specs) {
    const own = new Findings(scenario.positions);
    const colourIndex = order.indexOf(platform.name);
    const compiled = compilePlatform({
      scenario,
      platform,
      arrivals,
      colourIndex,
      findings: own,
      ownBook: ownBook.ok ? ownBook.value : [],
    });
    errors.push(...own.errors);
    if (compiled) platforms.push(compiled);
  }
  const issues = distinct([...findings.errors, ...(ownBook.ok ? [] : ownBook.issues), ...errors]);
  if (issues.length > 0) return { ok: false, issues: sortIssues(issues) };
  const warnings = distinct([...findings.warnings, ...platforms.flatMap((each) => each.warnings)]);
  const { name, description, seed, objectives } = scenario;
  return {
    ok: true,
    value: { name, description, seed, run: runOf(scenario), objectives, platforms, warnings: findings.warnings },
    warnings: sortIssues(warnings),
  };
}

function runOf({ run }: Scenario): CompiledRun {
  return {
    warmupUs: run.warmupUs,
    durationUs: run.durationUs,
    windowUs: run.windowUs,
    replications: run.replications,
    confidence: run.confidence,
    starts: run.starts,
    monthH: run.monthUs / hourUs,
    representsH: run.representsUs / hourUs,
    restShare: run.rest,
  };
}

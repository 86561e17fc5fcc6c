/**
 * The flags: one table of every flag a command may take, and of those that later versions will take. Its own file
 * because a flag means the same wherever it stands, and because help, checks and suggestions read the same table.
 */

export interface Flag {
  readonly alias?: string;
  /** `text` takes one value, `list` may be repeated, `switch` takes none. */
  readonly takes: 'text' | 'list' | 'switch';
  /** What its value is called in the help. */
  readonly value?: string;
  readonly summary: string;
  /** What holds when it is not given, where that isn't obvious. */
  readonly otherwise?: string;
  /** The only values it takes. */
  readonly words?: readonly string[];
  /** Whether the value is several words with commas between. */
  readonly hasCommas?: boolean;
}

const table = {
  platform: { takes: 'text', value: 'name', summary: 'the platform to simulate', otherwise: 'the first' },
  platforms: { takes: 'text', value: 'a,b', summary: 'which platforms, in which order', otherwise: 'all' },
  seed: { takes: 'text', value: 'text', summary: 'root of every random number', otherwise: 'from the file, else 1' },
  replications: {
    alias: 'n',
    takes: 'text',
    value: 'count',
    summary: 'independent repetitions; the intervals come from these',
    otherwise: 'from the file, else 10',
  },
  duration: {
    takes: 'text',
    value: 'time',
    summary: 'simulated and measured time, as `90m`',
    otherwise: 'from the file',
  },
  warmup: {
    takes: 'text',
    value: 'time',
    summary: 'simulated time before it that is left out',
    otherwise: 'from the file',
  },
  set: { takes: 'list', value: 'path=value', summary: 'overrides any value of the scenario; repeatable' },
  prices: { takes: 'text', value: 'file', summary: 'a price file laid over the price book' },
  region: { takes: 'text', value: 'name', summary: 'only prices of that region' },
  'prices-format': {
    takes: 'text',
    value: 'form',
    summary: 'what goes to stdout',
    otherwise: 'table',
    words: ['table', 'json'],
  },
  baseline: {
    takes: 'text',
    value: 'run-dir',
    summary: 'a stored report to hold the result against; judges every `regression:` objective',
  },
  'abort-on-fail': { takes: 'switch', summary: 'stop when an objective can no longer be met (every platform has one)' },
  chart: {
    takes: 'text',
    value: 'names',
    summary: 'only these charts as pictures; adds png where no picture was asked for',
    otherwise: 'all of them',
  },
  threshold: { takes: 'list', value: 'expr', summary: 'one more objective, as `latency_p99 < 250ms`; repeatable' },
  out: {
    alias: 'o',
    takes: 'text',
    value: 'path',
    summary: 'where to write',
    otherwise: 'reports/ and the path below scenarios/',
  },
  force: { takes: 'switch', summary: 'write beside files of others that are in the folder' },
  format: {
    takes: 'text',
    value: 'form',
    summary: 'what goes to stdout',
    otherwise: 'table',
    words: ['table', 'json', 'ndjson', 'csv', 'markdown', 'junit'],
  },
  json: { takes: 'switch', summary: 'short for --format json' },
  report: {
    takes: 'text',
    value: 'kinds',
    summary: 'which files to write',
    otherwise: 'html,csv,json',
    words: ['html', 'csv', 'json', 'parquet', 'png', 'svg', 'md', 'junit', 'infracost', 'none'],
    hasCommas: true,
  },
  preset: { takes: 'text', value: 'name', summary: 'explains a preset instead of a scenario' },
  vary: { takes: 'list', value: 'path=values', summary: 'what changes: `load=1,2,4` or `load=1..10/1`; repeatable' },
  between: { takes: 'text', value: 'a,b', summary: 'the two platforms that are to cost the same' },
  'vary-one': { takes: 'text', value: 'path', summary: 'what changes: traffic, or any setting', otherwise: 'traffic' },
  'axis-range': {
    takes: 'text',
    value: 'from..to',
    summary: 'how far to look',
    otherwise: '1/s..1000/s of traffic',
  },
  by: { takes: 'text', value: 'share', summary: 'how much each thing is changed, down and up', otherwise: '20%' },
  minimise: { takes: 'text', value: 'metric', summary: 'of which the least is wanted', otherwise: 'cost_month' },
  'until-ci': { takes: 'text', value: 'share', summary: 'adds replications until intervals are that narrow, as `2%`' },
  'max-replications': { takes: 'text', value: 'count', summary: 'the most spent on one candidate', otherwise: '64' },
  horizon: { takes: 'text', value: 'time', summary: 'how far to look ahead, as `12mo`; with --growth' },
  growth: { takes: 'text', value: 'rate', summary: 'growth of all traffic, as `6%/mo`; with --horizon' },
  capacity: { takes: 'switch', summary: 'headroom and bottleneck of every platform, not only of the winner' },
  design: {
    takes: 'text',
    value: 'kind',
    summary: 'every combination, or points spread evenly',
    otherwise: 'grid',
    words: ['grid', 'lhs', 'sobol'],
  },
  samples: { takes: 'text', value: 'count', summary: 'points of a design that is no grid' },
  store: {
    takes: 'text',
    value: 'place',
    summary: 'where finished cells are kept: a folder, or `s3://bucket/prefix`',
    otherwise: '<out>/cells',
  },
  queue: { takes: 'text', value: 'url', summary: 'a Redis that hands cells to other machines, as redis://host:6379' },
  'queue-wait': {
    takes: 'text',
    value: 'time',
    summary: 'how long the queue may be out of reach before giving up',
    otherwise: '60s',
  },
  'queue-lock': {
    takes: 'text',
    value: 'time',
    summary: 'a worker that is silent for so long has lost its cells to others',
    otherwise: '10s',
  },
  resume: { takes: 'switch', summary: 'go on where the same sweep stopped (done anyway: finished cells are kept)' },
  shard: { takes: 'text', value: 'i/n', summary: 'only the i-th of n parts; merge puts them together' },
  'fail-on-miss': { takes: 'switch', summary: 'exit 99 when in some cell every platform misses an objective' },
  yes: { takes: 'switch', summary: 'asks nothing: what is usual is taken, a design of over a million cells is meant' },
  'sweep-format': {
    takes: 'text',
    value: 'form',
    summary: 'what goes to stdout',
    otherwise: 'table',
    words: ['table', 'json', 'ndjson', 'csv', 'markdown', 'junit'],
  },
  'sweep-report': {
    takes: 'text',
    value: 'kinds',
    summary: 'which files to write',
    otherwise: 'html,csv,json',
    words: ['html', 'csv', 'json', 'parquet', 'png', 'svg', 'md', 'junit', 'none'],
    hasCommas: true,
  },
  'search-format': {
    takes: 'text',
    value: 'form',
    summary: 'what goes to stdout',
    otherwise: 'table',
    words: ['table', 'json', 'ndjson', 'csv', 'markdown'],
  },
  'search-report': {
    takes: 'text',
    value: 'kinds',
    summary: 'which files to write',
    otherwise: 'html,csv,json',
    words: ['html', 'csv', 'json', 'parquet', 'png', 'svg', 'md', 'none'],
    hasCommas: true,
  },
  workers: {
    takes: 'text',
    value: 'count',
    summary: 'threads; 0 only with --queue: leave all of it to others',
    otherwise: 'one for each core',
  },
  progress: {
    takes: 'text',
    value: 'form',
    summary: 'progress on stderr; `plain` prints a line each 10 %',
    otherwise: 'auto',
    words: ['auto', 'bar', 'plain', 'none'],
  },
  strict: { takes: 'switch', summary: 'warnings become errors' },
  quiet: { alias: 'q', takes: 'switch', summary: 'nothing on stderr but errors' },
  verbose: { alias: 'v', takes: 'switch', summary: 'more on stderr: timings, and where a bug of ours happened' },
  color: { takes: 'text', value: 'when', summary: 'colours', otherwise: 'auto', words: ['auto', 'always', 'never'] },
  'issue-format': {
    takes: 'text',
    value: 'form',
    summary: 'how issues are written',
    otherwise: 'pretty',
    words: ['pretty', 'json', 'github', 'sarif'],
  },
  request: { takes: 'text', value: 'source/number', summary: 'the visitor to follow, as requests.csv names him' },
  window: { takes: 'text', value: 'from..to', summary: 'what to tell: `12:00..12:05`, or `30m..35m` from clock 0' },
  replication: { takes: 'text', value: 'number', summary: 'which replication', otherwise: '1' },
  requests: { takes: 'switch', summary: 'writes requests.csv: a row for every visitor of the first replication' },
  'github-summary': {
    takes: 'switch',
    summary: 'appends a summary to $GITHUB_STEP_SUMMARY, and annotations',
    otherwise: 'on where that is set',
  },
  'no-github-summary': { takes: 'switch', summary: 'does not, even where that is set' },
  'all-replications': { takes: 'switch', summary: 'timeline.csv and events.csv of every replication, not the first' },
  'detailed-exitcode': { takes: 'switch', summary: 'of two stored reports: exit 10 when something really differs' },
  unpaired: { takes: 'switch', summary: 'of stored reports: compare them although their visitors differ' },
  'explain-scaling': { takes: 'switch', summary: 'a dry run: every scaling decision, and nothing is written' },
  watch: { takes: 'switch', summary: 'runs again whenever the file, or one it names, has changed; says what that did' },
  template: { takes: 'text', value: 'name', summary: 'which one to begin with', otherwise: 'start' },
  list: { takes: 'switch', summary: 'the templates there are' },
  full: { takes: 'switch', summary: 'at full length; some minutes' },
  port: { takes: 'text', value: 'number', summary: 'of 127.0.0.1; 0: any that is free', otherwise: '4173' },
  explain: { takes: 'text', value: 'rule', summary: 'says what a rule checks, without reading a file' },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof table;

export const flags: Readonly<Record<FlagName, Flag>> = table;

/** Flags every command takes, after its own. */
export const everywhere: readonly FlagName[] = ['quiet', 'verbose', 'color'];

/** The name to type: `validate --format` takes other words than `run --format`. */
export function typedName(flag: FlagName): string {
  return flag === 'issue-format' ? 'format' : flag.replace(/^(sweep|search|prices|breakeven|axis)-|-one$/, '');
}

/** Flags and commands that are promised and not built: refused by name, so that nobody thinks they were mistyped. */
export const laterFlags: readonly string[] = [];
export const laterCommands: readonly string[] = [];

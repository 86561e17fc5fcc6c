/**
 * The tour: ten steps, each one sentence of the idea, one thing to do, one thing to see. Its own file because it is
 * text with names of scenarios; what it claims to be seen is checked in numbers by test/playground/tour.test.ts.
 */

export interface TourStep {
  readonly title: string;
  readonly idea: string;
  readonly task: string;
  readonly see: string;
  /** Below scenarios/, without `.yaml`. */
  readonly scenario: string;
  /** Which of its platforms are shown, at most two. */
  readonly platforms: readonly string[];
  /** Simulated seconds a second, of `speeds`. */
  readonly speed: number;
  /** Where the run begins to be watched, simulated seconds. */
  readonly fromS: number;
  /** Whether the curtain is drawn at first. */
  readonly isCurtainClosed?: boolean;
  /** What is unfolded below the stage, because the step is about it. */
  readonly opens?: 'happenings' | 'who-decides';
}

export const speeds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export const tourSteps: readonly TourStep[] = [
  {
    title: 'Containers',
    idea:
      'Each service is packed with all it needs into a container, so the same box runs on any machine, as ' +
      'often as you like.',
    task: 'Press play: a Friday evening at the movie-booking application, five services, each with its own database.',
    see:
      'Every service has its own column of containers and fills on its own; a visitor who books a ticket ' +
      'visits four of the five.',
    scenario: 'movie-booking/compare',
    platforms: ['data-center'],
    speed: 1,
    fromS: 900,
  },
  {
    title: 'Ten of A and fifteen of B',
    idea:
      'You say what you want, ten of A and fifteen of B; the orchestrator finds a machine for each and ' +
      'keeps it so.',
    task: 'Press play, and then pull the slider “Crashes of each instance” to one in 1m.',
    see:
      'Twenty-five containers, again and again: whatever crashes is started anew, and the numbers come back ' +
      'to ten and fifteen.',
    scenario: 'tour/ten-and-fifteen',
    platforms: ['cluster'],
    speed: 5,
    fromS: 0,
  },
  {
    title: 'Auto scaling',
    idea:
      'The scaler compares the load with a target and starts or stops containers; it is always late by what ' +
      'it takes to notice and to start.',
    task: 'Press play at ×50 and watch the steps in “instances”; then move “CPU target of the scaler” to 90%.',
    see:
      'Two containers become more as visitors come, a minute or so behind them, and go again only after ' +
      'five quiet minutes.',
    scenario: 'tour/auto-scaling',
    platforms: ['scaled', 'fixed'],
    speed: 50,
    fromS: 0,
  },
  {
    title: 'Discovery and balancing',
    idea:
      'Discovery tells callers which instances there are, a balancer which of them to take: the one decides who is ' +
      'lost, the other who waits.',
    task:
      'Press play: above the balancer throws dice, below it picks whoever has the fewest requests. At 0:00:40 one ' +
      'instance crashes.',
    see:
      'With dice some cells overflow while others stand empty, and the slowest in a hundred waits twice as long. ' +
      'For three seconds the crashed one is still on the callers’ list: red dots come back.',
    scenario: 'tour/balancing',
    platforms: ['dice', 'fewest'],
    speed: 1,
    fromS: 20,
  },
  {
    title: 'Self-healing',
    idea: 'Containers die; the orchestrator notices, and starts another one with a growing pause between tries.',
    task: 'Press “Next event” until something crashes, then play.',
    see:
      'The crashed cell shows its pause and is back within seconds; below, where somebody must come and ' +
      'restart it, visitors fail for half an hour.',
    scenario: 'tour/self-healing',
    platforms: ['orchestrated', 'by-hand'],
    speed: 10,
    fromS: 290,
    opens: 'happenings',
  },
  {
    title: 'A release without downtime',
    idea:
      'A new version starts beside the old one and takes over instance by instance; stopping everything ' +
      'first is simpler, and everybody notices.',
    task: 'Press play just before the release at five minutes.',
    see:
      'Above, new cells appear and old ones fade, nobody fails; below, all stop at once and hundreds are ' +
      'turned away.',
    scenario: 'tour/release',
    platforms: ['rolling', 'recreate'],
    speed: 5,
    fromS: 295,
  },
  {
    title: 'What server? What OS?',
    idea: 'The higher the platform, the fewer of those questions are yours: with functions not even how many.',
    task: 'Change the platform in the card on the right, from the data center upwards, and read the two lists.',
    see: 'Server, operating system, number and balancing move from “yours to decide” to “the provider’s”.',
    scenario: 'movie-booking/compare',
    platforms: ['data-center', 'lambda'],
    speed: 5,
    fromS: 900,
    opens: 'who-decides',
  },
  {
    title: 'Behind the curtain',
    idea:
      'Serverless has servers; they are behind a curtain, started when a request comes and cleared away ' +
      'when none does.',
    task: 'Play this minute with the curtain closed; then open it and play the same minute again.',
    see:
      'Closed: requests go in, answers come out, a bill. Open: cells that start for a request, stand idle, ' +
      'and go after six minutes.',
    scenario: 'tour/curtain',
    platforms: ['lambda'],
    speed: 2,
    fromS: 0,
    isCurtainClosed: true,
  },
  {
    title: 'Zero requests, zero cost',
    idea:
      'Level 1 has no servers of yours and costs nothing when nobody comes; level 2 pays for each ' +
      'invocation, so time between requests is free, too.',
    task:
      'Play at ×200: an hour of visitors, an hour of nobody, visitors again. Then choose Kubernetes in the upper ' +
      'platform’s card and play once more.',
    see:
      'With nobody there both bills stand still, level 1’s once its instances have gone, and the next visitor ' +
      'waits for a cold start; the cluster’s bill goes on ticking.',
    scenario: 'tour/zero',
    platforms: ['fargate-to-zero', 'lambda'],
    speed: 200,
    fromS: 0,
  },
  {
    title: 'Millions of requests',
    idea:
      'What is cheapest for a thousand requests is not for a hundred million: paying for each beats paying ' +
      'for standing by, until it does not.',
    task: 'Press “Simulate all platforms”, and look at cost against traffic.',
    see: 'Functions are cheapest by far at the left end; somewhere above a million requests a month the lines cross.',
    scenario: 'tour/millions',
    platforms: ['fargate', 'lambda'],
    speed: 100,
    fromS: 0,
  },
];

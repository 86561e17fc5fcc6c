/**
 * The one table of event kinds: what may happen, and who goes first when two things are due at the same instant.
 *
 * An event is 32 bits: its kind in the low six, above them the row or position it concerns. `README.md` says in plain
 * words who schedules each kind and which file handles it; `run.ts` holds the switch from kind to handler.
 */
export const eventKinds = {
  jobDone: 0,
  fiberGoesOn: 1,
  spanArrives: 2,
  answerArrives: 3,
  callAgain: 4,
  visitorTriesAgain: 5,
  messageAgain: 6,
  instanceMoves: 7,
  nodeReady: 8,
  callersLearn: 9,
  callersForget: 10,
  visitorTimesOut: 11,
  callTimesOut: 12,
  limitReached: 13,
  arrival: 14,
  directDone: 15,
  idleSpellEnds: 16,
  waitEnds: 17,
  scalerDecides: 18,
  scrape: 19,
  nodesDecide: 20,
  faultBegins: 21,
  faultEnds: 22,
  crashes: 23,
  releaseBegins: 24,
  rolloutDecides: 25,
  tokenComes: 26,
  drainEnds: 27,
  windowEnds: 28,
  measuringBegins: 29,
  secondEnds: 30,
  quietEnds: 31,
  overflowEnds: 32,
  outliersReturn: 33,
  heldTooLong: 34,
  probeRuns: 35,
  probeEnds: 36,
  lostNodeSeen: 37,
  memoryRunsOut: 38,
  callersReroute: 39,
  evictAgain: 40,
  spotCalls: 41,
  messageArrives: 42,
  messageReturns: 43,
  lineLooks: 44,
  userReturns: 45,
} as const;

/** Ranks of kinds at one instant: finish before ready, before time out, before arrive, before decide, before sample. */
export const ranks = { completion: 0, ready: 1, timeout: 2, arrival: 3, decision: 4, sample: 5 } as const;

const { completion, ready, timeout, arrival, decision, sample } = ranks;

/** Rank by kind. */
export const rankOfKind = Uint8Array.of(
  completion, // jobDone
  completion, // fiberGoesOn
  completion, // spanArrives
  completion, // answerArrives
  completion, // callAgain
  completion, // visitorTriesAgain
  completion, // messageAgain
  ready, // instanceMoves
  ready, // nodeReady
  ready, // callersLearn
  ready, // callersForget
  timeout, // visitorTimesOut
  timeout, // callTimesOut
  timeout, // limitReached
  arrival, // arrival
  completion, // directDone
  decision, // idleSpellEnds
  timeout, // waitEnds
  decision, // scalerDecides
  sample, // scrape
  decision, // nodesDecide
  decision, // faultBegins
  decision, // faultEnds
  decision, // crashes
  decision, // releaseBegins
  decision, // rolloutDecides
  ready, // tokenComes
  decision, // drainEnds
  sample, // windowEnds
  sample, // measuringBegins
  decision, // secondEnds
  decision, // quietEnds
  timeout, // overflowEnds
  decision, // outliersReturn
  timeout, // heldTooLong
  decision, // probeRuns
  decision, // probeEnds
  decision, // lostNodeSeen
  decision, // memoryRunsOut
  ready, // callersReroute
  decision, // evictAgain
  decision, // spotCalls
  completion, // messageArrives
  timeout, // messageReturns
  decision, // lineLooks
  arrival, // userReturns
);
export const kindBits = 6;
export const kindMask = 63;

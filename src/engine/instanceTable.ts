/**
 * Instances, and the machines they compute with: one row an instance (a container, a task, an environment), and one a
 * database whose queries share its cores. A row is free again when the instance has gone, nothing runs on it any
 * more, and no caller still believes in it.
 */
import { grownBytes, grownFloats, grownInts, Table } from '../kernel/table.js';

/** Where an instance is in its life. */
export const instanceStates = {
  /** Wanted, not placed on a node (or not launched) yet. */
  requested: 0,
  placing: 1,
  pulling: 2,
  starting: 3,
  ready: 4,
  draining: 5,
  /** Down after a crash, waiting to start again. */
  crashed: 6,
  gone: 7,
} as const;

/**
 * Places in a row's eight figures of `machine`: side by side, for every event of a machine needs most of them, and
 * among ten thousand machines each column would be a cache line of its own. That of `row` is `(row << 3) | place`.
 */
export const machineFields = {
  vCpu: 0,
  slowness: 1,
  jobCount: 2,
  /** Work done for each job since the machine was last idle. */
  virtualWork: 3,
  cpuSinceUs: 4,
  cpuUsedUs: 5,
  /** Of a dedicated machine: the moments at which jobs began less those at which they ended. */
  jobOriginUs: 6,
  /** When the armed event comes. */
  jobDueUs: 7,
} as const;

export class InstanceTable extends Table {
  service: Int32Array;
  /** Number within its service, in order of creation. */
  number: Int32Array;
  state: Uint8Array;
  version: Int32Array;
  node: Int32Array;
  /** There at clock 0 by provision: kept however idle. */
  isProvisioned: Uint8Array;
  /** Callers know it; and it accepts no more. */
  isKnown: Uint8Array;
  refuses: Uint8Array;
  /** Draining, and the process has been told to end. */
  isTerminating: Uint8Array;
  /** Of an environment: old version, to be removed when its last request ends. */
  isRetired: Uint8Array;
  /** CPU share over the last 10 s was above target: it gets no request by preference. */
  isHot: Uint8Array;
  /** Alive but answering nothing; taken from callers by its readiness probe; to be killed at the end of this start. */
  isHung: Uint8Array;
  isUnready: Uint8Array;
  isDoomed: Uint8Array;
  /** Spans in service, and waiting in its queue (or bound to its start). */
  inService: Int32Array;
  queued: Int32Array;
  queueHead: Int32Array;
  queueTail: Int32Array;
  createdUs: Float64Array;
  startedUs: Float64Array;
  readyChangedUs: Float64Array;
  /** Ticket of the event that moves it to its next phase; of its next random crash; of the end of its idle spell. */
  phaseTicket: Int32Array;
  crashTicket: Int32Array;
  /** Of the moment at which it may be over its memory; requests begun by its process so far. */
  memoryTicket: Int32Array;
  memoryDueUs: Float64Array;
  servedCount: Int32Array;
  discoveryTicket: Int32Array;
  idleTicket: Int32Array;
  idleSinceUs: Float64Array;
  /** The machine's figures, eight a row: `machineFields`; its heap of jobs; the ticket of its armed event. */
  machine: Float64Array;
  jobRoot: Int32Array;
  jobTicket: Int32Array;
  /** What the metrics pipeline saw: CPU used at the last scrape, the last full sample (-1: none), when it was taken. */
  scrapedCpuUs: Float64Array;
  scrapedAtUs: Float64Array;
  sampleMilli: Float64Array;
  /** Neighbours in the service's list of instances (creation order), in its pick list, in its idle list. */
  listNext: Int32Array;
  listPrevious: Int32Array;
  pickNext: Int32Array;
  pickPrevious: Int32Array;
  idleNext: Int32Array;
  idlePrevious: Int32Array;
  isInPick: Uint8Array;
  isInIdle: Uint8Array;

  constructor(capacity = 16) {
    super(capacity);
    const ints = (): Int32Array => new Int32Array(capacity);
    const floats = (): Float64Array => new Float64Array(capacity);
    const bytes = (): Uint8Array => new Uint8Array(capacity);
    this.service = ints();
    this.number = ints();
    this.state = bytes();
    this.version = ints();
    this.node = ints();
    this.isProvisioned = bytes();
    this.isKnown = bytes();
    this.refuses = bytes();
    this.isTerminating = bytes();
    this.isRetired = bytes();
    this.isHot = bytes();
    this.isHung = bytes();
    this.isUnready = bytes();
    this.isDoomed = bytes();
    this.inService = ints();
    this.queued = ints();
    this.queueHead = ints();
    this.queueTail = ints();
    this.createdUs = floats();
    this.startedUs = floats();
    this.readyChangedUs = floats();
    this.phaseTicket = ints();
    this.crashTicket = ints();
    this.memoryTicket = ints();
    this.memoryDueUs = floats();
    this.servedCount = ints();
    this.discoveryTicket = ints();
    this.idleTicket = ints();
    this.idleSinceUs = floats();
    this.machine = new Float64Array(capacity << 3);
    this.jobRoot = ints();
    this.jobTicket = ints();
    this.scrapedCpuUs = floats();
    this.scrapedAtUs = floats();
    this.sampleMilli = floats();
    this.listNext = ints();
    this.listPrevious = ints();
    this.pickNext = ints();
    this.pickPrevious = ints();
    this.idleNext = ints();
    this.idlePrevious = ints();
    this.isInPick = bytes();
    this.isInIdle = bytes();
  }

  /** A fresh row, with an idle machine of `vCpu` vCPUs. */
  takeFresh(service: number, number: number, vCpu: number, nowUs: number): number {
    const row = this.take();
    this.service[row] = service;
    this.number[row] = number;
    this.state[row] = instanceStates.requested;
    this.version[row] = 0;
    this.node[row] = -1;
    this.isProvisioned[row] = 0;
    this.isKnown[row] = 0;
    this.refuses[row] = 0;
    this.isTerminating[row] = 0;
    this.isRetired[row] = 0;
    this.isHot[row] = 0;
    this.isHung[row] = 0;
    this.isUnready[row] = 0;
    this.isDoomed[row] = 0;
    this.inService[row] = 0;
    this.queued[row] = 0;
    this.queueHead[row] = -1;
    this.queueTail[row] = -1;
    this.createdUs[row] = nowUs;
    this.startedUs[row] = nowUs;
    this.readyChangedUs[row] = nowUs;
    this.phaseTicket[row] = -1;
    this.crashTicket[row] = -1;
    this.memoryTicket[row] = -1;
    this.servedCount[row] = 0;
    this.discoveryTicket[row] = -1;
    this.idleTicket[row] = -1;
    this.idleSinceUs[row] = nowUs;
    const at = row << 3;
    this.machine.fill(0, at, at + 8);
    this.machine[at | machineFields.vCpu] = vCpu;
    this.machine[at | machineFields.slowness] = 1;
    this.machine[at | machineFields.cpuSinceUs] = nowUs;
    this.machine[at | machineFields.jobDueUs] = Number.POSITIVE_INFINITY;
    this.jobRoot[row] = -1;
    this.jobTicket[row] = -1;
    this.scrapedCpuUs[row] = 0;
    this.scrapedAtUs[row] = -1;
    this.sampleMilli[row] = -1;
    this.isInPick[row] = 0;
    this.isInIdle[row] = 0;
    return row;
  }

  protected resize(capacity: number): void {
    this.service = grownInts(this.service, capacity);
    this.number = grownInts(this.number, capacity);
    this.state = grownBytes(this.state, capacity);
    this.version = grownInts(this.version, capacity);
    this.node = grownInts(this.node, capacity);
    this.isProvisioned = grownBytes(this.isProvisioned, capacity);
    this.isKnown = grownBytes(this.isKnown, capacity);
    this.refuses = grownBytes(this.refuses, capacity);
    this.isTerminating = grownBytes(this.isTerminating, capacity);
    this.isRetired = grownBytes(this.isRetired, capacity);
    this.isHot = grownBytes(this.isHot, capacity);
    this.isHung = grownBytes(this.isHung, capacity);
    this.isUnready = grownBytes(this.isUnready, capacity);
    this.isDoomed = grownBytes(this.isDoomed, capacity);
    this.inService = grownInts(this.inService, capacity);
    this.queued = grownInts(this.queued, capacity);
    this.queueHead = grownInts(this.queueHead, capacity);
    this.queueTail = grownInts(this.queueTail, capacity);
    this.createdUs = grownFloats(this.createdUs, capacity);
    this.startedUs = grownFloats(this.startedUs, capacity);
    this.readyChangedUs = grownFloats(this.readyChangedUs, capacity);
    this.phaseTicket = grownInts(this.phaseTicket, capacity);
    this.crashTicket = grownInts(this.crashTicket, capacity);
    this.memoryTicket = grownInts(this.memoryTicket, capacity);
    this.memoryDueUs = grownFloats(this.memoryDueUs, capacity);
    this.servedCount = grownInts(this.servedCount, capacity);
    this.discoveryTicket = grownInts(this.discoveryTicket, capacity);
    this.idleTicket = grownInts(this.idleTicket, capacity);
    this.idleSinceUs = grownFloats(this.idleSinceUs, capacity);
    this.machine = grownFloats(this.machine, capacity << 3);
    this.jobRoot = grownInts(this.jobRoot, capacity);
    this.jobTicket = grownInts(this.jobTicket, capacity);
    this.scrapedCpuUs = grownFloats(this.scrapedCpuUs, capacity);
    this.scrapedAtUs = grownFloats(this.scrapedAtUs, capacity);
    this.sampleMilli = grownFloats(this.sampleMilli, capacity);
    this.listNext = grownInts(this.listNext, capacity);
    this.listPrevious = grownInts(this.listPrevious, capacity);
    this.pickNext = grownInts(this.pickNext, capacity);
    this.pickPrevious = grownInts(this.pickPrevious, capacity);
    this.idleNext = grownInts(this.idleNext, capacity);
    this.idlePrevious = grownInts(this.idlePrevious, capacity);
    this.isInPick = grownBytes(this.isInPick, capacity);
    this.isInIdle = grownBytes(this.isInIdle, capacity);
  }
}

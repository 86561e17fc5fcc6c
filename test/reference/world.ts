/**
 * A world of the reference engine: a model, an agenda, and what is in it. `runReference` runs it to its end.
 */
import type { Model } from '../../src/model/contract.js';
import { Agenda } from './agenda.js';
import { Database } from './database.js';
import { Environments } from './environments.js';
import type { Facts } from './facts.js';
import { beginFaults } from './faults.js';
import { beginReleases } from './releases.js';
import { Replicas } from './replicas.js';
import { beginSource } from './visitors.js';

export type Service = Replicas | Environments;

export class World {
  readonly model: Model;
  readonly replicationIndex: number;
  readonly agenda = new Agenda();
  readonly facts: Facts = { visitors: [], spans: [], queries: [], phases: [] };
  readonly databases: readonly Database[];
  readonly services: readonly Service[];
  /** Requests in environments or bound to their start, over all services. */
  accountInFlight = 0;

  constructor(model: Model, replicationIndex: number) {
    this.model = model;
    this.replicationIndex = replicationIndex;
    this.databases = model.databases.map((spec, index) => new Database(this, index, spec));
    this.services = model.services.map(({ dispatch }, index) =>
      dispatch.kind === 'balanced' ? new Replicas(this, index, dispatch) : new Environments(this, index, dispatch),
    );
  }

  /** Whether what begins now is measured. */
  isMeasuring(): boolean {
    return this.agenda.nowUs >= this.model.warmupUs;
  }
}

/** Run one replication of `model` to its end and tell what happened. */
export function runReference(model: Model, replicationIndex = 0): Facts {
  const world = new World(model, replicationIndex);
  for (const service of world.services) service.open();
  beginFaults(world);
  beginReleases(world);
  for (let source = 0; source < model.traffic.length; source++) beginSource(world, source);
  world.agenda.runUntil(model.warmupUs + model.durationUs);
  return world.facts;
}

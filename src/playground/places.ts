/**
 * Where a thing on the stage is, for dots that fly there: a source, a service's instance, a database. Its own file
 * because flights know names, and layouts places.
 */
import { instanceFields, instanceRowLength, type LiveStage, type PlatformFrame } from '../experiment/live.js';
import { cellCentre } from './cells.js';
import type { Band, Layout, Point } from './stageLayout.js';

export interface Scene {
  readonly stage: LiveStage;
  readonly layout: Layout;
  readonly band: Band;
}

type End = LiveStage['edges'][number]['from'] | LiveStage['edges'][number]['to'];

/** The service's rows in the frame: instances come by service. */
export function rowsOf({ instances }: PlatformFrame, service: number): { readonly from: number; readonly to: number } {
  const count = instances.length / instanceRowLength;
  const serviceAt = (row: number): number => instances[row * instanceRowLength + instanceFields.service] ?? 0;
  let from = 0;
  while (from < count && serviceAt(from) < service) from++;
  let to = from;
  while (to < count && serviceAt(to) === service) to++;
  return { from, to };
}

/** Where a dot flies to: the middle of an instance, each of the service's in turn. */
export function middleOf(scene: Scene, platform: PlatformFrame, { kind, name }: End, turn: number): Point | null {
  const { stage, band } = scene;
  if (kind === 'traffic') return sourceAt(scene, name);
  if (kind === 'database') {
    const box = band.databases[stage.databases.findIndex((one) => one.name === name)];
    return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null;
  }
  const service = stage.services.findIndex((one) => one.name === name);
  const column = band.columns[service];
  if (!column) return null;
  const { from, to } = rowsOf(platform, service);
  return to === from
    ? { x: column.x + column.width / 2, y: column.trayY }
    : cellCentre(column.cells, to - from, turn % (to - from));
}

function sourceAt({ stage, layout }: Scene, name: string): Point | null {
  const source = layout.sources[stage.sources.findIndex((one) => one.name === name)];
  return source ?? null;
}

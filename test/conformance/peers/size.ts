/** How much is simulated: enough for a commit, or all of it (`npm run conformance:full`). */
const isFull = process.env['CONFORMANCE_FULL'] === '1';

/** Of each experiment. */
export const replicationCount = isFull ? 10 : 4;
/** Seeds over which errors against measurements are averaged. */
export const seedCount = isFull ? 8 : 2;
/** Requests of a fan-out: branches in all its replications together. */
export const branchCount = isFull ? 40_000_000 : 2_000_000;

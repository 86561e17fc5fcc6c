/**
 * The next whole number up, for counts of instances. Its own file because scalers that divide a measured number by a
 * target all need it: 2.4 / 0.6 of binary numbers is a little above 4, and no platform starts a fifth instance for
 * that. Checked by test/autoscaling/platformScalers.test.ts.
 */

/** A quotient is taken for whole when it is so little above, relative to its size. */
const tolerance = 1e-9;

/** @param quotient >= 0 */
export const wholeUp = (quotient: number): number => Math.ceil(quotient * (1 - tolerance));

/**
 * What the model leaves out: printed with every result. Its own file because the report and `explain` print the same
 * list.
 */
export const notModelled: readonly string[] = [
  'One region per platform: no DNS, no CDN, no traffic between regions.',
  'TCP and TLS handshakes, packet loss and congestion are not simulated; give them as part of a hop.',
  'Garbage collection pauses are not simulated; use a slow fault or a heavy tail.',
  'CFS periods below 100 ms are not simulated.',
  'Noisy neighbours and burstable credits (t3) are not simulated.',
  'Disk input and output take no time.',
  'Taxes are not on any bill.',
];

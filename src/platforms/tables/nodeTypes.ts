/**
 * The machines that can be named as nodes: every type the price book has a price for, with its vCPUs and memory as the
 * provider's instance tables state them (source K10 for its seven families of AWS; the others recalled). Data only.
 * Burstable types earn credits, which are not modelled: a scenario that takes one is warned. `podCount`: pods an EKS
 * node of the type holds, 3 or 4 network interfaces times their addresses (source K7); the memory that its kubelet
 * reserves follows from it.
 */
export interface NodeType {
  /** The price-book id; scenarios write its last part. */
  readonly id: string;
  readonly vCpu: number;
  readonly memoryMb: number;
  readonly isBurstable: boolean;
  readonly podCount: number | null;
}

const node = (id: string, vCpu: number, memoryGib: number, podCount: number | null, isBurstable = false): NodeType => ({
  id,
  vCpu,
  memoryMb: memoryGib * 1024,
  isBurstable,
  podCount,
});

// biome-ignore format: one type a line reads as the table it is.
export const nodeTypes: readonly NodeType[] = [
  node('aws.ec2.t3.micro', 2, 1, 4, true),
  node('aws.ec2.t3.small', 2, 2, 11, true),
  node('aws.ec2.t3.medium', 2, 4, 17, true),
  node('aws.ec2.t3.large', 2, 8, 35, true),
  node('aws.ec2.t3.xlarge', 4, 16, 58, true),
  node('aws.ec2.t4g.small', 2, 2, 11, true),
  node('aws.ec2.t4g.medium', 2, 4, 17, true),
  node('aws.ec2.m5.large', 2, 8, 29),
  node('aws.ec2.m5.xlarge', 4, 16, 58),
  node('aws.ec2.m5.2xlarge', 8, 32, 58),
  node('aws.ec2.m6i.large', 2, 8, 29),
  node('aws.ec2.m6i.xlarge', 4, 16, 58),
  node('aws.ec2.m6i.2xlarge', 8, 32, 58),
  node('aws.ec2.m6g.large', 2, 8, 29),
  node('aws.ec2.m6g.xlarge', 4, 16, 58),
  node('aws.ec2.m7g.medium', 1, 4, 8),
  node('aws.ec2.m7g.large', 2, 8, 29),
  node('aws.ec2.m7g.xlarge', 4, 16, 58),
  node('aws.ec2.m7i.large', 2, 8, 29),
  node('aws.ec2.m7i.xlarge', 4, 16, 58),
  node('aws.ec2.c5.large', 2, 4, 29),
  node('aws.ec2.c5.xlarge', 4, 8, 58),
  node('aws.ec2.c6i.large', 2, 4, 29),
  node('aws.ec2.c6i.xlarge', 4, 8, 58),
  node('aws.ec2.c6i.2xlarge', 8, 16, 58),
  node('aws.ec2.c7g.large', 2, 4, 29),
  node('aws.ec2.c7g.xlarge', 4, 8, 58),
  node('aws.ec2.r5.large', 2, 16, 29),
  node('aws.ec2.r6i.large', 2, 16, 29),
  node('aws.ec2.r6i.xlarge', 4, 32, 58),
  node('gcp.gce.e2-medium', 2, 4, null, true),
  node('gcp.gce.e2-standard-2', 2, 8, null),
  node('gcp.gce.e2-standard-4', 4, 16, null),
  node('gcp.gce.n2-standard-2', 2, 8, null),
  node('gcp.gce.n2-standard-8', 8, 32, null),
  node('gcp.gce.n1-standard-16', 16, 60, null),
  node('az.vm.D2_v2', 2, 7, null),
  node('az.vm.DS2_v2', 2, 7, null),
  node('az.vm.B1s', 1, 1, null, true),
  node('az.vm.D2s_v5', 2, 8, null),
];

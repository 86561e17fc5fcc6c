/**
 * Cold starts as measured: percentiles of the time until a hello-world function is ready, one row per platform,
 * language and memory. Data only; `src/model/starts.ts` picks the row and draws from it.
 *
 * Rows of `aws-lambda` are Lambda's own INIT time (`init`): placing the sandbox and fetching the code come before it.
 * The others are the whole first answer as a client saw it (`client`): nothing must be added to them. Newest version of
 * each runtime, zip, x86-64; of Azure's two operating systems the one the plan starts with for that language (Windows,
 * Python: Linux). The rows of 2021 are the newest public ones found: pessimistic for today. `memoryMb` null: not
 * stated.
 * Not in any public table: App Engine's, which the provider gives in words (source G5, marked `estimated`).
 */
import type { ColdStartTable, FigureStatus } from '../contract.js';

export interface ColdStartRow {
  readonly table: ColdStartTable;
  /** As scenarios write it. */
  readonly language: string;
  readonly version: string;
  readonly memoryMb: number | null;
  readonly measures: 'init' | 'client';
  /** [percent of starts, milliseconds], rising. */
  readonly percentilesMs: readonly (readonly [number, number])[];
  readonly source: string;
  readonly status: FigureStatus;
}

type Percentiles = readonly (readonly [number, number])[];

const row =
  (table: ColdStartTable, measures: 'init' | 'client', source: string, status: FigureStatus) =>
  (language: string, version: string, memoryMb: number | null, percentilesMs: Percentiles): ColdStartRow => ({
    table,
    language,
    version,
    memoryMb,
    measures,
    percentilesMs,
    source,
    status,
  });

const lambda = row('aws-lambda', 'init', 'C1', 'measured');
const azure = row('azure-functions-consumption', 'client', 'C2', 'measured');
const premium = row('azure-functions-premium', 'client', 'C2', 'measured');
const google = row('google-cloud-functions-gen1', 'client', 'C2', 'measured');
const appEngine = row('google-app-engine-standard', 'client', 'G5', 'estimated');

// biome-ignore format: one row a line reads as the table it is.
export const coldStarts: readonly ColdStartRow[] = [
  lambda('dotnet', 'dotnet10', 128, [[50, 256.3], [90, 586.1], [95, 620.9], [99, 698.6], [100, 763.4]]),
  lambda('dotnet', 'dotnet10', 256, [[50, 251], [90, 577.2], [95, 619.7], [99, 710.5], [100, 908.4]]),
  lambda('dotnet', 'dotnet10', 512, [[50, 254.2], [90, 571.2], [95, 625.3], [99, 701.8], [100, 776]]),
  lambda('dotnet', 'dotnet10', 1024, [[50, 259.5], [90, 562.6], [95, 601], [99, 701.7], [100, 922.8]]),
  lambda('go', 'go (prov.al2023)', 128, [[50, 50.1], [90, 53.3], [95, 58.1], [99, 74.4], [100, 85.7]]),
  lambda('go', 'go (prov.al2023)', 256, [[50, 50], [90, 53.9], [95, 57.6], [99, 72], [100, 86.3]]),
  lambda('go', 'go (prov.al2023)', 512, [[50, 50.1], [90, 54.2], [95, 56.8], [99, 65.9], [100, 77.8]]),
  lambda('go', 'go (prov.al2023)', 1024, [[50, 50], [90, 53.6], [95, 56.6], [99, 68.9], [100, 125.6]]),
  lambda('java', 'java25', 128, [[50, 192.1], [90, 303.2], [95, 439.2], [99, 495.8], [100, 616.1]]),
  lambda('java', 'java25', 256, [[50, 191.2], [90, 313.7], [95, 430.8], [99, 493.2], [100, 605.4]]),
  lambda('java', 'java25', 512, [[50, 191.2], [90, 282.7], [95, 422.9], [99, 501.4], [100, 634]]),
  lambda('java', 'java25', 1024, [[50, 191.5], [90, 276], [95, 424.6], [99, 496.4], [100, 664.3]]),
  lambda('javascript', 'nodejs24.x', 128, [[50, 137.9], [90, 166.1], [95, 181.4], [99, 217.4], [100, 306.4]]),
  lambda('javascript', 'nodejs24.x', 256, [[50, 137.3], [90, 158.7], [95, 172.4], [99, 203.2], [100, 259.4]]),
  lambda('javascript', 'nodejs24.x', 512, [[50, 136.2], [90, 160.9], [95, 174.7], [99, 192.5], [100, 238.4]]),
  lambda('javascript', 'nodejs24.x', 1024, [[50, 135.3], [90, 162.2], [95, 175.4], [99, 206.3], [100, 546]]),
  lambda('python', 'python3.14', 128, [[50, 112], [90, 151.2], [95, 219.8], [99, 270.6], [100, 306.2]]),
  lambda('python', 'python3.14', 256, [[50, 112.2], [90, 145.8], [95, 182.3], [99, 265.3], [100, 318.7]]),
  lambda('python', 'python3.14', 512, [[50, 112.4], [90, 144.7], [95, 219.5], [99, 271.2], [100, 424.4]]),
  lambda('python', 'python3.14', 1024, [[50, 110.9], [90, 145.8], [95, 181.4], [99, 252.2], [100, 293.2]]),
  lambda('ruby', 'ruby3.4', 128, [[50, 222.1], [90, 386.1], [95, 402.9], [99, 476.6], [100, 585.3]]),
  lambda('ruby', 'ruby3.4', 256, [[50, 226.4], [90, 384], [95, 408.5], [99, 467], [100, 491.3]]),
  lambda('ruby', 'ruby3.4', 512, [[50, 228.2], [90, 391.7], [95, 427.9], [99, 492.8], [100, 651.7]]),
  lambda('ruby', 'ruby3.4', 1024, [[50, 225.1], [90, 387.5], [95, 405], [99, 452.4], [100, 543.3]]),
  lambda('rust', 'rust (prov.al2023)', 128, [[50, 16], [90, 21.4], [95, 25.9], [99, 51.2], [100, 68.2]]),
  lambda('rust', 'rust (prov.al2023)', 256, [[50, 15.9], [90, 19.2], [95, 23.5], [99, 49.5], [100, 66.5]]),
  lambda('rust', 'rust (prov.al2023)', 512, [[50, 15.9], [90, 21.8], [95, 27.6], [99, 48.9], [100, 68.9]]),
  lambda('rust', 'rust (prov.al2023)', 1024, [[50, 15.9], [90, 21.6], [95, 24.7], [99, 46.7], [100, 56.1]]),
  azure('dotnet', 'C# (Windows)', 1536,
    [[2.5, 668], [16.5, 838.8], [50, 1103.1], [83.5, 9304.3], [97.5, 10607.4], [99, 11137]]),
  azure('java', 'Java (Windows)', 1536,
    [[2.5, 1207.4], [16.5, 1309.1], [50, 7682], [83.5, 14256.9], [97.5, 19568.2], [99, 22012.1]]),
  azure('javascript', 'JavaScript (Windows)', 1536,
    [[2.5, 970], [16.5, 1057.6], [50, 1591.1], [83.5, 9806.4], [97.5, 14178.7], [99, 16261]]),
  azure('python', 'Python (Linux)', 1536,
    [[2.5, 49.7], [16.5, 956.3], [50, 1280.6], [83.5, 3093.1], [97.5, 3901.5], [99, 4253.2]]),
  premium('dotnet', 'C# Premium', 3584,
    [[2.5, 107.7], [16.5, 107.7], [50, 170], [83.5, 232.3], [97.5, 232.3], [99, 232.3]]),
  google('go', 'Go', null, [[2.5, 486.6], [16.5, 519.8], [50, 589.4], [83.5, 710.3], [97.5, 1290.1], [99, 1610.4]]),
  google('javascript', 'JavaScript', null,
    [[2.5, 462.2], [16.5, 523.1], [50, 665.4], [83.5, 863.9], [97.5, 1494.1], [99, 1831.4]]),
  google('javascript', 'JavaScript', 128,
    [[2.5, 305.4], [16.5, 390.2], [50, 508.6], [83.5, 957.7], [97.5, 1856.6], [99, 2374.5]]),
  google('javascript', 'JavaScript', 256,
    [[2.5, 474.7], [16.5, 584.3], [50, 678.4], [83.5, 832.3], [97.5, 1274.2], [99, 1492.6]]),
  google('javascript', 'JavaScript', 512,
    [[2.5, 504.8], [16.5, 571.6], [50, 771.9], [83.5, 907.7], [97.5, 3247.4], [99, 5215.2]]),
  google('javascript', 'JavaScript', 1024,
    [[2.5, 508.2], [16.5, 636.9], [50, 746.1], [83.5, 922.8], [97.5, 2730.9], [99, 4087.2]]),
  google('javascript', 'JavaScript', 2048,
    [[2.5, 511.5], [16.5, 549.8], [50, 680.1], [83.5, 872.4], [97.5, 1100.2], [99, 1199.3]]),
  google('python', 'Python', null,
    [[2.5, 908.2], [16.5, 989.6], [50, 1105.5], [83.5, 1359.9], [97.5, 1761.8], [99, 1939.8]]),
  appEngine('go', 'any', null, [[0, 300], [50, 600], [100, 1000]]),
  appEngine('java', 'any', null, [[0, 1000], [50, 1700], [100, 3000]]),
];

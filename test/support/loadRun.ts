import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../scripts/runProgram.ts";
import type { LoadMeasurement, ManyJobsOptions } from "./manyJobs.ts";
import { storageFolders } from "./nodePorts.ts";
import type { UniquePictureSandbox } from "./uniquePictureSandbox.ts";
import { digestOf } from "./uniquePictures.ts";

/** Result of many jobs that one window buys at once. */
export interface LoadResult extends LoadMeasurement {
  /** Number of tasks that the service accepted, and of pictures that it made. */
  readonly tasks: number;
  readonly bought: number;
  /** Number of different pictures among the saved files. */
  readonly saved: number;
  /** Bytes of all saved files. */
  readonly bytes: number;
  /** Duration of the process in milliseconds. */
  readonly ms: number;
}

/** Buys `jobs` jobs of four pictures at once. `program` is the path of the bundled manyJobs.ts. */
export async function loadRun(
  program: string,
  { sandbox, servedDigests }: UniquePictureSandbox,
  jobs: number,
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), "limn-load-"));
  const before = { tasks: sandbox.ledger.taskCount, served: servedDigests.size };
  try {
    const options: ManyJobsOptions = { folder, url: sandbox.url, key: sandbox.key, jobs, count: 4 };
    const { code, output, ms } = await runProgram(process.execPath, ["--expose-gc", program, JSON.stringify(options)], {
      quiet: true,
    });
    if (code !== 0) {
      throw new Error(`The process that buys many jobs failed:\n${output}`);
    }
    const measurement: LoadMeasurement = JSON.parse(output);
    const { pictures } = storageFolders(folder);
    const names = (await readdir(pictures)).map((name) => join(pictures, name));
    const sizes = await Promise.all(names.map(async (name) => (await stat(name)).size));
    const saved = new Set<string>();
    for (const name of names) {
      saved.add(digestOf(await readFile(name)));
    }
    const served = [...servedDigests].slice(before.served);
    return {
      ...measurement,
      tasks: sandbox.ledger.taskCount - before.tasks,
      bought: served.length,
      saved: served.filter((digest) => saved.has(digest)).length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      ms,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
